package org.surmala.read;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.io.PathText;

/**
 * A feature table with one row per song.
 *
 * @param file a CSV file in UTF-8 with a header line, a matrix of NumPy ({@code .npy}) or Avro
 *     records with arrays ({@code .avro}), on any Beam file system
 * @param idColumn column that tells one song from another
 * @param labelColumn column of the label; null when there is none
 * @param dropColumns numeric columns that are no features, such as a length in samples
 * @param toldColumns columns that are no features because a conditional model is told them
 * @param groupColumn column whose rows with one value belong together, and that is no feature; null
 *     when there is none
 */
public record FeatureTableOptions(
    String file,
    String idColumn,
    @Nullable String labelColumn,
    List<String> dropColumns,
    List<String> toldColumns,
    @Nullable String groupColumn)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public FeatureTableOptions {
    if (file.isBlank()) {
      throw new IllegalArgumentException("--features is empty; give a CSV, .npy or .avro file");
    }
    if (idColumn.isBlank()) {
      throw new IllegalArgumentException(
          "--id-column is empty; name the column that identifies each song");
    }
    if (idColumn.equals(labelColumn)) {
      throw new IllegalArgumentException(
          "--label-column is '" + labelColumn + "', the same as --id-column; give another column");
    }
    dropColumns = List.copyOf(dropColumns);
    toldColumns = List.copyOf(toldColumns);
  }

  /** Options where no model is told a column. */
  public FeatureTableOptions(
      String file, String idColumn, @Nullable String labelColumn, List<String> dropColumns) {
    this(file, idColumn, labelColumn, dropColumns, List.of(), null);
  }

  /** The same file, by a path that every process of this machine understands. */
  public FeatureTableOptions withAbsoluteFile() {
    return new FeatureTableOptions(
        PathText.absolute(file), idColumn, labelColumn, dropColumns, toldColumns, groupColumn);
  }

  /** The same, with this column of groups. */
  public FeatureTableOptions withGroupColumn(@Nullable String column) {
    return new FeatureTableOptions(file, idColumn, labelColumn, dropColumns, toldColumns, column);
  }

  /** The same, where models are told these columns. */
  public FeatureTableOptions withToldColumns(List<String> columns) {
    return new FeatureTableOptions(file, idColumn, labelColumn, dropColumns, columns, groupColumn);
  }
}
