package org.surmala.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * A file as it was listed.
 *
 * @param uri a path of this machine, or a resource of a Beam file system
 * @param size bytes
 * @param modified when it was last changed, milliseconds since 1970
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
   * Checks that the file is still as it was when it was listed, so that what was read of it in
   * between is what its identity says. Only files of this machine are looked at: a store of objects
   * replaces an object whole.
   *
   * @throws SongException when it is gone, or of another size or time of change
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

  /** Says that a listed file is gone. */
  public static SongException vanished(IOException cause) {
    return new SongException(
        FailureCode.VANISHED, "gone between listing and reading; run again", cause);
  }
}
