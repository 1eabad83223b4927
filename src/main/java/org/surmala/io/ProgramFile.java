package org.surmala.io;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The jar, or the folder of classes, of the running program. */
public final class ProgramFile {
  private ProgramFile() {}

  /** Its path. */
  public static Path path() {
    try {
      return Path.of(ProgramFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Identity of the build, by size and time of the jar, so that results of an earlier build are not
   * reused. Empty for a folder of classes, which has no identity.
   *
   * @throws IOException if the jar is gone
   */
  public static Optional<String> build() throws IOException {
    Path program = path();
    return Files.isDirectory(program)
        ? Optional.empty()
        : Optional.of(Files.size(program) + " " + Files.getLastModifiedTime(program).toMillis());
  }
}
