package org.surmala.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.model.nn.SeededRandom;
import smile.math.matrix.Matrix;

/** Against Smile's dense SVD (LAPACK's gesdd). */
final class TruncatedSvdTest {
  private static final int ROWS = 40;
  private static final int COLUMNS = 60;
  private static final int COUNT = 6;

  /** Sparse noise on a structure of falling strength. */
  private static double[][] matrix() {
    SeededRandom noise = new SeededRandom(2, 0);
    double[][] values = new double[ROWS][COLUMNS];
    for (int topic = 0; topic < 10; topic++) {
      double strength = 10 * Math.pow(0.7, topic);
      double[] left = IntStream.range(0, ROWS).mapToDouble(i -> noise.gaussian()).toArray();
      double[] right = IntStream.range(0, COLUMNS).mapToDouble(i -> noise.gaussian()).toArray();
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          values[r][c] += (r + c) % 3 == 0 ? 0 : strength * left[r] * right[c] / 50;
        }
      }
    }
    return values;
  }

  private static List<SparseRow> sparse(double[][] values) {
    List<SparseRow> rows = new ArrayList<>();
    for (double[] row : values) {
      int[] columns = IntStream.range(0, row.length).filter(c -> (float) row[c] != 0).toArray();
      float[] kept = new float[columns.length];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = (float) row[columns[i]];
      }
      rows.add(new SparseRow(columns, kept));
    }
    return rows;
  }

  @Test
  void givenSparseMatrix_whenDecomposed_thenValuesAndVectorsAreLapacks() {
    double[][] values = matrix();
    TruncatedSvd svd = TruncatedSvd.of(sparse(values), COLUMNS, COUNT, 3);
    Matrix.SVD dense = Matrix.of(values).svd(true, false);
    assertThat(svd.values()).hasSize(COUNT);
    for (int k = 0; k < COUNT; k++) {
      assertThat(svd.values()[k]).isCloseTo(dense.s[k], within(1e-5 * dense.s[0]));
      double along = 0;
      for (int c = 0; c < COLUMNS; c++) {
        along += svd.vectors()[c * COUNT + k] * dense.V.get(c, k);
      }
      assertThat(Math.abs(along)).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void givenTheSameSeed_whenDecomposedTwice_thenVectorsAreTheSame() {
    List<SparseRow> rows = sparse(matrix());
    assertThat(TruncatedSvd.of(rows, COLUMNS, COUNT, 3).vectors())
        .containsExactly(TruncatedSvd.of(rows, COLUMNS, COUNT, 3).vectors());
  }

  @Test
  void givenFewerDirectionsThanAsked_whenDecomposed_thenThoseThereAre() {
    double[][] values = new double[5][COLUMNS];
    for (int r = 0; r < 5; r++) {
      values[r][3] = 3;
      values[r][7] = r % 2;
    }
    TruncatedSvd svd = TruncatedSvd.of(sparse(values), COLUMNS, 4, 1);
    assertThat(svd.values()).hasSize(2);
    // Of the Gram matrix [[45, 6], [6, 2]], whose eigenvalues are 23.5 ± √(21.5² + 6²).
    double apart = Math.hypot(21.5, 6);
    assertThat(svd.values()[0]).isCloseTo(Math.sqrt(23.5 + apart), within(1e-6));
    assertThat(svd.values()[1]).isCloseTo(Math.sqrt(23.5 - apart), within(1e-6));
  }
}
