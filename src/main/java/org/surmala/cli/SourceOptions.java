package org.surmala.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.SongSource;
import org.surmala.pipeline.UsageException;
import org.surmala.read.FeatureTableOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where songs come from: files of sound, or a finished table of features. */
final class SourceOptions {
  @Option(
      names = "--songs",
      paramLabel = "PATH",
      required = true,
      description =
          "A folder (searched through; its first level of folders is the label), a glob in"
              + " quotes, or a metadata.csv with a filepath column.")
  private @Nullable String songs;

  @ArgGroup(exclusive = false)
  private @Nullable TableOptions table;

  private static final class TableOptions {
    @Option(
        names = "--features",
        paramLabel = "TABLE.csv",
        required = true,
        description =
            "Instead of --songs: a finished table of features. Columns that hold numbers are"
                + " features, others are labels.")
    private String features = "";

    @Option(
        names = "--id-column",
        paramLabel = "NAME",
        required = true,
        description = "Column that tells one song from another.")
    private String idColumn = "";

    @Option(names = "--label-column", paramLabel = "NAME", description = "Column of the label.")
    private @Nullable String labelColumn;

    @Option(
        names = "--drop-columns",
        paramLabel = "NAME",
        split = ",",
        description = "Numeric columns that are no features, separated by commas.")
    private List<String> dropColumns = List.of();
  }

  SongSource source() {
    if (songs != null) {
      return new SongSource.Sound(songs);
    }
    TableOptions given = table;
    if (given == null) {
      throw new IllegalStateException("picocli let a command through without its source");
    }
    try {
      return new SongSource.Table(
          new FeatureTableOptions(
              given.features, given.idColumn, given.labelColumn, given.dropColumns));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
