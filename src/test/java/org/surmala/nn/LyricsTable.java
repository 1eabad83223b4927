package org.surmala.nn;

import java.util.List;

/** Tables whose songs have lyrics. */
final class LyricsTable {
  private LyricsTable() {}

  /** A row of zeros for each text; null where a song has none. */
  static Table of(int columns, List<String> lyrics) {
    return of(Table.of(columns, new float[columns * lyrics.size()]), lyrics);
  }

  /** The table with lyrics, one for each of its rows. */
  static Table of(Table table, List<String> lyrics) {
    return new Table() {
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
      public String lyrics(int row) {
        return lyrics.get(row);
      }
    };
  }
}
