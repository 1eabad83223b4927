package org.surmala.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with what else a trainer may know of its rows.
 *
 * @param lyrics one for each row, null where a song has none; null for the table's own
 * @param labels likewise
 */
public record AnnotatedTable(
    TrainingRows table,
    int bands,
    @Nullable List<String> lyrics,
    @Nullable List<@Nullable String> labels)
    implements TrainingRows {
  /** A row of zeros for each text; null where a song has none. */
  public static TrainingRows of(int columns, List<String> lyrics) {
    return of(TrainingRows.of(columns, new float[columns * lyrics.size()]), lyrics);
  }

  /** The table with lyrics, one for each of its rows. */
  public static TrainingRows of(TrainingRows table, List<String> lyrics) {
    return new AnnotatedTable(table, table.bands(), lyrics, null);
  }

  /** The table with labels, one for each of its rows. */
  public static TrainingRows labelled(TrainingRows table, List<@Nullable String> labels) {
    return new AnnotatedTable(table, table.bands(), null, labels);
  }

  /** The table whose rows are images of so many bands. */
  public static TrainingRows images(TrainingRows table, int bands) {
    return new AnnotatedTable(table, bands, null, null);
  }

  @Override
  public int rows() {
    return table.rows();
  }

  @Override
  public int columns() {
    return table.columns();
  }

  @Override
  public int songOf(int row) {
    return table.songOf(row);
  }

  @Override
  public void read(int row, float[] into, int offset) {
    table.read(row, into, offset);
  }

  @Override
  public @Nullable String lyrics(int row) {
    return lyrics == null ? table.lyrics(row) : lyrics.get(row);
  }

  @Override
  public @Nullable String label(int row) {
    return labels == null ? table.label(row) : labels.get(row);
  }
}
