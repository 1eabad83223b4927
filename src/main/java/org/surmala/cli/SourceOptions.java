package org.surmala.cli;

import org.jspecify.annotations.Nullable;
import org.surmala.config.SongSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The source of songs: audio files or a feature table. */
final class SourceOptions {
  @Option(
      names = "--songs",
      paramLabel = "PATH",
      required = true,
      description =
          "A folder (searched recursively; the first level of subfolders is the label), a glob"
              + " in quotes, or a metadata.csv with a filepath column.")
  private @Nullable String songs;

  @ArgGroup(exclusive = false)
  private @Nullable TableOptions table;

  SongSource source() {
    if (songs != null) {
      return SongSource.of(songs);
    }
    TableOptions given = table;
    if (given == null) {
      throw new IllegalStateException("picocli let a command through without its source");
    }
    return given.source();
  }
}
