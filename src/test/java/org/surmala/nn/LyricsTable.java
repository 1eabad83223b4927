package org.surmala.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables whose songs have lyrics or labels. */
final class LyricsTable {
  private LyricsTable() {}

  /** A row of zeros for each text; null where a song has none. */
  static Table of(int columns, List<String> lyrics) {
    return of(Table.of(columns, new float[columns * lyrics.size()]), lyrics);
  }

  /** The table with lyrics, one for each of its rows. */
  static Table of(Table table, List<String> lyrics) {
    return new Annotated(table, lyrics, null);
  }

  /** The table with labels, one for each of its rows; null where a song has none. */
  static Table labelled(Table table, List<@Nullable String> labels) {
    return new Annotated(table, null, labels);
  }

  private record Annotated(
      Table table, @Nullable List<String> lyrics, @Nullable List<@Nullable String> labels)
      implements Table {
    @Override
    public int rows() {
      return table.rows();
    }

    @Override
    public int columns() {
      return table.columns();
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
}
