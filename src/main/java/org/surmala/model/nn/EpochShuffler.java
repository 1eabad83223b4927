package org.surmala.model.nn;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.surmala.model.GroupedValidationSplit;
import org.surmala.model.TrainingRows;

/**
 * Returns the training rows in a new order in each pass, with bounded memory. A table that fits
 * into the buffer is shuffled as a whole; of a larger table, blocks of adjacent rows are drawn at
 * random into the buffer and shuffled there.
 *
 * <p>The order depends on the seed, the number of rows and columns, and the validation split. All
 * rows of a song are on the same side of the split.
 */
public final class EpochShuffler {
  /** Values in the buffer: 64 MB. */
  public static final int BUFFER_VALUES = 1 << 24;

  /** Adjacent rows that are read together. */
  static final int BLOCK_ROWS = 256;

  private final TrainingRows table;
  private final SeededRandom random;
  private final int columns;
  private final int[] trainingRows;
  private final float[] validation;
  private final int validationRows;
  private final int bufferRows;
  private final float[] buffer;
  private final int[] blocks;
  private final int[] order;
  private int nextBlock;
  private int filled;
  private int taken;

  /**
   * @param heldOut for each song whether it is held out ({@link GroupedValidationSplit})
   */
  public EpochShuffler(TrainingRows table, boolean[] heldOut, long seed, int bufferValues) {
    this.table = table;
    columns = table.columns();
    random = new SeededRandom(seed, RngStreams.ORDER);
    int[] validationAt = rowsOf(table, heldOut, true);
    trainingRows = rowsOf(table, heldOut, false);
    validationRows = validationAt.length;
    validation = new float[validationRows * columns];
    for (int i = 0; i < validationRows; i++) {
      read(validationAt[i], validation, i);
    }
    int most = Math.max(BLOCK_ROWS, bufferValues / columns / BLOCK_ROWS * BLOCK_ROWS);
    bufferRows = Math.min(most, trainingRows.length);
    buffer = new float[Math.multiplyExact(bufferRows, columns)];
    order = new int[bufferRows];
    blocks = new int[(trainingRows.length + BLOCK_ROWS - 1) / BLOCK_ROWS];
    Arrays.setAll(blocks, i -> i);
    if (whole()) {
      for (int i = 0; i < bufferRows; i++) {
        read(trainingRows[i], buffer, i);
      }
    }
  }

  private static int[] rowsOf(TrainingRows table, boolean[] heldOut, boolean wanted) {
    return IntStream.range(0, table.rows())
        .filter(row -> heldOut[table.songOf(row)] == wanted)
        .toArray();
  }

  public int trainingRows() {
    return trainingRows.length;
  }

  public int validationRows() {
    return validationRows;
  }

  /** Copies a validation row. */
  public void validationRow(int row, float[] into) {
    System.arraycopy(validation, row * columns, into, 0, columns);
  }

  /** All validation rows, row by row; not a copy. */
  public float[] validation() {
    return validation;
  }

  /** At most the given number of training rows, spread evenly, row by row. */
  public float[] sample(int most) {
    int count = Math.min(most, trainingRows.length);
    float[] sample = new float[Math.multiplyExact(count, columns)];
    for (int i = 0; i < count; i++) {
      read(trainingRows[(int) ((long) i * trainingRows.length / count)], sample, i);
    }
    return sample;
  }

  /** Starts a pass. */
  public void begin() {
    nextBlock = 0;
    taken = 0;
    if (whole()) {
      filled = bufferRows;
      shuffleBuffer();
    } else {
      filled = 0;
      random.shuffle(blocks, blocks.length);
    }
  }

  /** Copies the pass's next row. */
  public void next(float[] into) {
    if (taken == filled) {
      fill();
    }
    System.arraycopy(buffer, order[taken++] * columns, into, 0, columns);
  }

  private boolean whole() {
    return bufferRows == trainingRows.length;
  }

  private void fill() {
    filled = 0;
    taken = 0;
    while (nextBlock < blocks.length && filled + BLOCK_ROWS <= bufferRows) {
      int first = blocks[nextBlock++] * BLOCK_ROWS;
      int end = Math.min(first + BLOCK_ROWS, trainingRows.length);
      for (int i = first; i < end; i++) {
        read(trainingRows[i], buffer, filled++);
      }
    }
    shuffleBuffer();
  }

  private void shuffleBuffer() {
    for (int i = 0; i < filled; i++) {
      order[i] = i;
    }
    random.shuffle(order, filled);
  }

  private void read(int tableRow, float[] into, int row) {
    table.read(tableRow, into, row * columns);
  }
}
