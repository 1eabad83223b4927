package org.surmala.compare;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
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
 * @param group column whose songs with one value belong together; empty for none
 */
record LabelledSource(
    @Nullable FeatureTableOptions table,
    String data,
    String column,
    int leastOfLabel,
    List<String> told,
    String group)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  LabelledSource {
    told = List.copyOf(told);
  }

  /** Reads the songs. */
  LabelledSongs read(Settings settings) throws IOException {
    List<String> read =
        Stream.concat(told.stream(), Stream.of(group).filter(name -> !name.isEmpty()))
            .distinct()
            .toList();
    LabelledSongs songs =
        table == null
            ? LabelledSongsReader.stored(data, settings, column, leastOfLabel, read)
            : LabelledSongsReader.of(table, leastOfLabel, read);
    return songs.inGroups(group);
  }
}
