package org.surmala.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subset of the rows of a table. */
final class RowSubset implements TrainingRows {
  private final TrainingRows table;
  private final int[] rows;

  /**
   * @param rows row numbers, ascending, with at least one row of every song
   */
  RowSubset(TrainingRows table, int[] rows) {
    this.table = table;
    this.rows = rows;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public int columns() {
    return table.columns();
  }

  @Override
  public int bands() {
    return table.bands();
  }

  @Override
  public int songOf(int row) {
    return table.songOf(rows[row]);
  }

  @Override
  public @Nullable String lyrics(int row) {
    return table.lyrics(rows[row]);
  }

  @Override
  public @Nullable String label(int row) {
    return table.label(rows[row]);
  }

  @Override
  public List<float[]> windows(int row) {
    return table.windows(rows[row]);
  }

  @Override
  public void read(int row, float[] into, int offset) {
    table.read(rows[row], into, offset);
  }
}
