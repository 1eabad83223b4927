package org.surmala.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/** Operations on local folders. */
public final class LocalFolder {
  private LocalFolder() {}

  /** Deletes a folder recursively, but no target of a link; a missing folder is not an error. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      PathUtils.delete(folder);
    }
  }
}
