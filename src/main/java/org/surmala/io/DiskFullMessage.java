package org.surmala.io;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Adds the folder to the message about a full disk, which the system's message omits. */
public final class DiskFullMessage {
  private static final String MESSAGE = "No space left on device";

  private DiskFullMessage() {}

  /**
   * The exception to throw for a failed write.
   *
   * @param folder the folder that was written to
   * @return an exception that names the folder if the disk is full; else the given one
   */
  public static IOException named(String folder, IOException e) {
    if (!MESSAGE.equals(e.getMessage())) {
      return e;
    }
    FileSystemException named =
        new FileSystemException(
            folder, null, MESSAGE + "; free some space there, or use another folder");
    named.initCause(e);
    return named;
  }
}
