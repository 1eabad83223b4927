package org.surmala.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The nearest rows of each of some training rows: what says, without any label, which songs ought
 * to stay together. They are found exactly, by Euclidean distance of the preprocessed values or of
 * these in the directions that part songs, among at most {@value #MOST_ROWS} training rows that are
 * spread evenly.
 */
final class Neighbours {
  /** Time grows with the square of this, memory in a line: some seconds and tens of megabytes. */
  static final int MOST_ROWS = 20_000;

  private static final int BLOCK_ROWS = 256;

  private final int columns;
  private final int rows;
  private final float[] values;
  private final int count;

  /** Nearest training rows of each row, {@link #count} of them. */
  private final int[] ofTraining;

  private final int[] ofValidation;

  /**
   * Finds them for the training rows, and among these for the validation rows.
   *
   * @param wanted neighbours of each row; there are fewer where there are not so many other rows
   * @param directions in which distances are measured; null for the values as they are
   */
  Neighbours(Epochs epochs, int columns, int wanted, @Nullable SongDirections directions) {
    this.columns = columns;
    values = epochs.sample(MOST_ROWS);
    rows = values.length / columns;
    count = Math.min(wanted, rows - 1);
    float[] validation = epochs.validation();
    if (directions == null) {
      ofTraining = nearest(values, values, columns, true);
      ofValidation = nearest(validation, values, columns, false);
    } else {
      float[] places = directions.applied(values);
      ofTraining = nearest(places, places, directions.count(), true);
      ofValidation = nearest(directions.applied(validation), places, directions.count(), false);
    }
  }

  /** Copies a training row that chance takes into one place, and a neighbour into another. */
  void draw(Noise random, float[] row, float[] partner) {
    int anchor = random.below(rows);
    copy(anchor, row);
    copy(count == 0 ? anchor : ofTraining[anchor * count + random.below(count)], partner);
  }

  /** Copies a training row that is a neighbour of a validation row. */
  void drawPartner(int validationRow, Noise random, float[] partner) {
    copy(
        count == 0 ? random.below(rows) : ofValidation[validationRow * count + random.below(count)],
        partner);
  }

  private void copy(int row, float[] into) {
    System.arraycopy(values, row * columns, into, 0, columns);
  }

  /** Of each query, the nearest places. */
  private int[] nearest(float[] queries, float[] places, int width, boolean same) {
    int all = queries.length / width;
    int[] nearest = new int[all * count];
    if (count == 0 || all == 0) {
      return nearest;
    }
    FloatKernels kernels = new FloatKernels();
    float[] squares = new float[rows];
    for (int r = 0; r < rows; r++) {
      squares[r] = (float) kernels.sumOfSquares(places, r * width, (r + 1) * width);
    }
    float[] products = new float[BLOCK_ROWS * rows];
    float[] distances = new float[count];
    try (Twin<float[]> others = kernels.twin(places.length);
        Twin<float[]> block = kernels.twin(BLOCK_ROWS * width);
        Twin<float[]> product = kernels.twin(products.length)) {
      others.put(places, 0, places.length);
      for (int first = 0; first < all; first += BLOCK_ROWS) {
        int size = Math.min(BLOCK_ROWS, all - first);
        block.put(queries, first * width, size * width);
        kernels.gemm(false, true, size, rows, width, block, others, product);
        product.get(products, 0, size * rows);
        for (int i = 0; i < size; i++) {
          int query = first + i;
          Arrays.fill(distances, Float.POSITIVE_INFINITY);
          for (int k = 0; k < rows; k++) {
            // |a − b|² less |a|², which is the same for all.
            float distance = squares[k] - 2 * products[i * rows + k];
            if (distance < distances[count - 1] && !(same && k == query)) {
              insert(distance, k, distances, nearest, query * count);
            }
          }
        }
      }
    }
    return nearest;
  }

  /** Into a list that ascends, whose last drops out. */
  private void insert(float distance, int row, float[] distances, int[] nearest, int start) {
    int at = count - 1;
    while (at > 0 && distances[at - 1] > distance) {
      distances[at] = distances[at - 1];
      nearest[start + at] = nearest[start + at - 1];
      at--;
    }
    distances[at] = distance;
    nearest[start + at] = row;
  }
}
