package org.surmala.io;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Remote file systems, which Maven profiles add to the build. */
public final class RemoteFiles {
  private static final Set<String> PROFILES = Set.of("gs", "s3", "hdfs");

  private static final Pattern SCHEME =
      Pattern.compile("(?!file:)[a-zA-Z][a-zA-Z0-9+.-]+://.*", Pattern.DOTALL);

  private RemoteFiles() {}

  /** Whether a path or URI is on a remote file system. */
  public static boolean isRemote(String place) {
    return SCHEME.matcher(place).matches();
  }

  /**
   * Checks that this build has the file system of a URI. Before a pipeline is prepared, file
   * systems are configured by their defaults, such as environment variables.
   *
   * @throws IOException if it does not; the message names the profile to build with
   */
  public static void require(String uri) throws IOException {
    if (!has(uri)) {
      FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }
    if (!has(uri)) {
      String scheme = uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT);
      throw new IOException(
          "'"
              + uri
              + (PROFILES.contains(scheme)
                  ? "': this build cannot read "
                      + scheme
                      + "://; build with: mvn -q -B -Dlauncher -DskipTests -P"
                      + scheme
                      + " package"
                  : "': there is no file system for "
                      + scheme
                      + "://; give a path, or a URI of gs, s3 or hdfs"));
    }
  }

  private static boolean has(String uri) {
    try {
      FileSystems.matchNewResource(uri, uri.endsWith("/"));
      return true;
    } catch (IllegalArgumentException | IllegalStateException unknown) {
      return false;
    }
  }
}
