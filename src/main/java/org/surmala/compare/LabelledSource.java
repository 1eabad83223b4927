package org.surmala.compare;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Settings;
import org.surmala.read.FeatureTableOptions;

/**
 * Where songs with features and a label are read, by any process that sees the same files.
 *
 * @param table of features; null for the feature store
 * @param data folder of the feature store and of metadata.csv, absolute, ending in a slash
 * @param column of metadata.csv that is the label; of a table, its options name it
 * @param leastOfLabel songs that a label needs to be kept
 * @param told columns that models are told
 */
record LabelledSource(
    @Nullable FeatureTableOptions table,
    String data,
    String column,
    int leastOfLabel,
    List<String> told)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  LabelledSource {
    told = List.copyOf(told);
  }

  /** Reads the songs. */
  LabelledSongs read(Settings settings) throws IOException {
    return table == null
        ? LabelledSongsReader.stored(data, settings, column, leastOfLabel, told)
        : LabelledSongsReader.of(table, leastOfLabel, told);
  }
}
