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
 * @param idColumn column that identifies each song
 * @param labelColumn column of the label; null for none
 * @param dropColumns numeric columns that are not features, such as a length in samples
 * @param conditionColumns columns that are not features because conditional models read them
 * @param groupColumn column of groups, which is not a feature: rows with the same value belong
 *     together; null for none
 */
public record FeatureTableOptions(
    String file,
    String idColumn,
    @Nullable String labelColumn,
    List<String> dropColumns,
    List<String> conditionColumns,
    @Nullable String groupColumn)
    implements Serializable {
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
    conditionColumns = List.copyOf(conditionColumns);
  }

  /** Options without columns for conditional models. */
  public FeatureTableOptions(
      String file, String idColumn, @Nullable String labelColumn, List<String> dropColumns) {
    this(file, idColumn, labelColumn, dropColumns, List.of(), null);
  }

  /** The same options with an absolute path, valid for every process of this machine. */
  public FeatureTableOptions withAbsoluteFile() {
    return new FeatureTableOptions(
        PathText.absolute(file), idColumn, labelColumn, dropColumns, conditionColumns, groupColumn);
  }

  /** The same options with this group column. */
  public FeatureTableOptions withGroupColumn(@Nullable String column) {
    return new FeatureTableOptions(
        file, idColumn, labelColumn, dropColumns, conditionColumns, column);
  }

  /** The same options with these columns for conditional models. */
  public FeatureTableOptions withConditionColumns(List<String> columns) {
    return new FeatureTableOptions(file, idColumn, labelColumn, dropColumns, columns, groupColumn);
  }
}
