package org.surmala.compare;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Settings;
import org.surmala.read.FeatureTableOptions;

/**
 * The source of songs with features and labels, readable by every process that sees the same files.
 *
 * @param table feature table; null for the feature store
 * @param data folder of the feature store and of metadata.csv, absolute, ending in a slash
 * @param column label column of metadata.csv; a table's options name its own
 * @param leastOfLabel smallest number of songs per label
 * @param group group column; empty for none
 */
record LabelledSource(
    @Nullable FeatureTableOptions table,
    String data,
    String column,
    int leastOfLabel,
    List<String> conditions,
    String group)
    implements Serializable {
  LabelledSource {
    conditions = List.copyOf(conditions);
  }

  /** Reads the songs. */
  LabelledSongs read(Settings settings) throws IOException {
    List<String> read =
        Stream.concat(conditions.stream(), Stream.of(group).filter(name -> !name.isEmpty()))
            .distinct()
            .toList();
    LabelledSongs songs =
        table == null
            ? LabelledSongsReader.stored(data, settings, column, leastOfLabel, read)
            : LabelledSongsReader.of(table, leastOfLabel, read);
    return songs.inGroups(group);
  }
}
