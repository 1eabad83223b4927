package org.surmala.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.read.FeatureTableOptions;
import picocli.CommandLine.Option;

/** Options for a feature table. */
final class TableOptions {
  @Option(
      names = "--features",
      paramLabel = "TABLE",
      required = true,
      description =
          "A feature table, instead of audio: CSV, .npy or .avro. Numeric columns are features, the"
              + " others are labels. In .npy and .avro files, the arrays are features.")
  private String features = "";

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      required = true,
      description = "Column that identifies each song.")
  private String idColumn = "";

  @Option(names = "--label-column", paramLabel = "NAME", description = "Column of the label.")
  private @Nullable String labelColumn;

  @Option(
      names = "--drop-columns",
      paramLabel = "NAME",
      split = ",",
      description = "Numeric columns that are not features, separated by commas.")
  private List<String> dropColumns = List.of();

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description =
          "Column of groups (artist, album): songs with the same value are never on both sides "
              + "of a probe's split, nor query and answer.")
  private @Nullable String groupColumn;

  SongSource.Table source() {
    return UsageException.unlessRefused(
        () ->
            new SongSource.Table(
                new FeatureTableOptions(features, idColumn, labelColumn, dropColumns)
                    .withGroupColumn(groupColumn)));
  }
}
