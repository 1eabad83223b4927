package org.surmala.io;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Names the folder of a disk that is full, which the system's own message leaves out. */
public final class DiskFullMessage {
  private static final String MESSAGE = "No space left on device";

  private DiskFullMessage() {}

  /**
   * What to throw in place of an exception of a write.
   *
   * @param folder that was written to
   * @return an exception that names the folder when the disk is full; else the one given
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
