package org.surmala.model.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.Covariance;
import org.surmala.metric.PrincipalComponents;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Song directions: the directions with the largest variance between songs relative to the variance
 * within songs. This is linear discriminant analysis (Fisher 1936) with songs as classes, as used
 * for speakers (within-class covariance normalisation: Hatch, Kajarekar and Stolcke 2006). It uses
 * no label. A property that varies within every song, such as chroma from bar to bar, has little
 * weight in these directions.
 *
 * <p>The within-song covariance is computed from window vectors, which are standardised separately,
 * because short windows vary more than songs. A tenth of its mean variance is added to each
 * dimension, so that dimensions with almost no variance do not dominate.
 *
 * <p>Without windows, the covariance of the songs replaces it, with three times its mean variance
 * added: correlated features then have less weight.
 */
public final class WithinSongLda {
  /** Minimum number of songs: with fewer, plain features find better neighbours. */
  static final int LEAST_SONGS = 200;

  private static final int MOST_DIRECTIONS = 32;
  private static final double RIDGE = 0.1;
  private static final double RIDGE_WITHOUT_WINDOWS = 3;
  private static final String TENSOR = "song_directions";

  private final int columns;
  private final int count;

  /** columns × count, row by row. */
  private final float[] values;

  private WithinSongLda(int columns, int count, float[] values) {
    this.columns = columns;
    this.count = count;
    this.values = values;
  }

  /**
   * Computes the directions.
   *
   * @param table songs, some with windows
   * @param options preprocessing options, for windows as for songs
   * @param groups feature groups of the columns, or empty
   * @param songs preprocessed song vectors, row by row
   * @return at most 32 directions; empty if there are fewer than 200 songs
   */
  public static Optional<WithinSongLda> of(
      TrainingRows table, PreprocessOptions options, List<String> groups, float[] songs) {
    return table.rows() < LEAST_SONGS
        ? Optional.empty()
        : Optional.of(of(table, options, groups, songs, MOST_DIRECTIONS));
  }

  /** Computes the directions for any number of songs. */
  static WithinSongLda of(
      TrainingRows table, PreprocessOptions options, List<String> groups, float[] songs, int most) {
    int columns = table.columns();
    Covariance covariance = new Covariance(columns);
    for (int start = 0; start < songs.length; start += columns) {
      covariance.add(songs, start);
    }
    Matrix between = covariance.matrix();
    Matrix within = within(table, options, groups);
    if (within == null) {
      within = withRidge(covariance.matrix(), RIDGE_WITHOUT_WINDOWS);
    }
    Matrix whitening = whitening(within);
    Matrix whitened = symmetric(whitening.tm(between).mm(whitening));
    PrincipalComponents components = PrincipalComponents.of(new double[columns], whitened);
    int count = Math.min(most, columns);
    float[] values = new float[columns * count];
    for (int k = 0; k < count; k++) {
      double[] direction = whitening.mv(components.axis(k));
      for (int j = 0; j < columns; j++) {
        values[j * count + k] = (float) direction[j];
      }
    }
    return new WithinSongLda(columns, count, values);
  }

  /** Loads the directions that {@link #tensor} saved; null if the model has none. */
  public static @Nullable WithinSongLda load(Model model) {
    return model.getTensors().stream()
        .filter(tensor -> tensor.getName().equals(TENSOR))
        .findFirst()
        .map(
            tensor ->
                new WithinSongLda(
                    tensor.getShape().get(0),
                    tensor.getShape().get(1),
                    Tensors.values(model, TENSOR)))
        .orElse(null);
  }

  /** The directions, columns × count. */
  public Tensor tensor() {
    return Tensors.tensor(TENSOR, values, columns, count);
  }

  /** Number of directions. */
  public int count() {
    return count;
  }

  /**
   * Projects rows on the directions.
   *
   * @param rows preprocessed, row by row
   * @return the same number of rows of {@link #count} coordinates
   */
  public float[] applied(float[] rows) {
    int n = rows.length / columns;
    float[] coordinates = new float[n * count];
    double[] sums = new double[count];
    for (int i = 0; i < n; i++) {
      Arrays.fill(sums, 0);
      for (int j = 0; j < columns; j++) {
        double value = rows[i * columns + j];
        for (int k = 0; k < count; k++) {
          sums[k] += value * values[j * count + k];
        }
      }
      for (int k = 0; k < count; k++) {
        coordinates[i * count + k] = (float) sums[k];
      }
    }
    return coordinates;
  }

  /** The directions, count × columns, row by row. */
  float[] rows() {
    float[] rows = new float[values.length];
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < count; k++) {
        rows[k * columns + j] = values[j * count + k];
      }
    }
    return rows;
  }

  /** The pseudoinverse, count × columns, row by row: it maps coordinates back to rows. */
  float[] inverse() {
    Matrix directions = new Matrix(columns, count);
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < count; k++) {
        directions.set(j, k, values[j * count + k]);
      }
    }
    Matrix pseudoinverse = directions.svd(true, true).pinv();
    float[] inverse = new float[values.length];
    for (int k = 0; k < count; k++) {
      for (int j = 0; j < columns; j++) {
        inverse[k * columns + j] = (float) pseudoinverse.get(k, j);
      }
    }
    return inverse;
  }

  /**
   * Covariance of windows around their songs' means, with the ridge; null if fewer than 200 songs
   * have two windows or more.
   */
  private static @Nullable Matrix within(
      TrainingRows table, PreprocessOptions options, List<String> groups) {
    int columns = table.columns();
    List<List<float[]>> songs = new ArrayList<>();
    int rows = 0;
    for (int row = 0; row < table.rows(); row++) {
      List<float[]> own = table.windows(row);
      if (own.size() > 1) {
        songs.add(own);
        rows += own.size();
      }
    }
    if (songs.size() < LEAST_SONGS) {
      return null;
    }
    float[] all = new float[Math.multiplyExact(rows, columns)];
    int at = 0;
    for (List<float[]> windows : songs) {
      for (float[] window : windows) {
        System.arraycopy(window, 0, all, columns * at++, columns);
      }
    }
    Preprocessor preprocessor = Preprocessor.fit(TrainingRows.of(columns, all), options, groups);
    Covariance differences = new Covariance(columns);
    double[] mean = new double[columns];
    for (List<float[]> windows : songs) {
      float[][] prepared = new float[windows.size()][columns];
      Arrays.fill(mean, 0);
      for (int s = 0; s < prepared.length; s++) {
        preprocessor.apply(windows.get(s), prepared[s], 0);
        for (int j = 0; j < columns; j++) {
          mean[j] += prepared[s][j] / (double) prepared.length;
        }
      }
      for (float[] row : prepared) {
        double[] difference = new double[columns];
        Arrays.setAll(difference, j -> row[j] - mean[j]);
        differences.add(difference);
      }
    }
    return withRidge(differences.over(rows - songs.size()), RIDGE);
  }

  /** Adds a multiple of the mean variance to each variance. */
  private static Matrix withRidge(Matrix covariance, double ridge) {
    int columns = covariance.ncol();
    double trace = 0;
    for (int j = 0; j < columns; j++) {
      trace += covariance.get(j, j);
    }
    for (int j = 0; j < columns; j++) {
      covariance.add(j, j, ridge * trace / columns);
    }
    return covariance;
  }

  private static Matrix whitening(Matrix covariance) {
    int columns = covariance.ncol();
    PrincipalComponents components = PrincipalComponents.of(new double[columns], covariance);
    double[] variances = components.variances();
    Matrix whitening = new Matrix(columns, columns);
    for (int k = 0; k < columns; k++) {
      double[] axis = components.axis(k);
      for (int j = 0; j < columns; j++) {
        whitening.set(j, k, axis[j] / Math.sqrt(variances[k]));
      }
    }
    return whitening;
  }

  /** The matrix made exactly symmetric, without rounding errors. */
  private static Matrix symmetric(Matrix matrix) {
    Matrix symmetric = new Matrix(matrix.nrow(), matrix.ncol());
    for (int i = 0; i < matrix.nrow(); i++) {
      for (int j = 0; j < matrix.ncol(); j++) {
        symmetric.set(i, j, (matrix.get(i, j) + matrix.get(j, i)) / 2);
      }
    }
    return symmetric.uplo(UPLO.LOWER);
  }
}
