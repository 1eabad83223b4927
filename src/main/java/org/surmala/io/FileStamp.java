package org.surmala.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Path, size and modification time of a listed file.
 *
 * @param uri a path of this machine, or a resource of a Beam file system
 * @param size bytes
 * @param modified modification time, milliseconds since 1970
 */
public record FileStamp(String uri, long size, long modified) {
  /** The stamp of a listed file. */
  public static FileStamp of(SongFile file) {
    return new FileStamp(file.getUri(), file.getSize(), file.getModified());
  }

  /** The stamp of an identified song. */
  public static FileStamp of(SongRef song) {
    return new FileStamp(song.getUri(), song.getSize(), song.getModified());
  }

  /**
   * Checks that the file has not changed since it was listed, so that the bytes read in between
   * belong to its id. Only files of this machine are checked: object stores replace objects
   * atomically.
   *
   * @throws SongException if it is gone, or its size or modification time has changed
   */
  public void requireUnchanged() throws SongException {
    if (RemoteFiles.isRemote(uri)) {
      return;
    }
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(PathText.toPath(uri), BasicFileAttributes.class);
    } catch (IOException gone) {
      throw vanished(gone);
    }
    if (now.size() != size || now.lastModifiedTime().toMillis() != modified) {
      throw new SongException(
          FailureCode.VANISHED,
          "changed while it was being read"
              + (now.size() == size ? "" : ", from " + size + " to " + now.size() + " bytes")
              + "; run again when it is whole");
    }
  }

  /** The exception for a listed file that is gone. */
  public static SongException vanished(IOException cause) {
    return new SongException(
        FailureCode.VANISHED, "gone between listing and reading; run again", cause);
  }
}
