package org.surmala.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.model.FittedModel;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.SeededRandom;
import org.surmala.schema.Provenance;
import smile.clustering.KMeans;
import smile.math.MathEx;
import smile.validation.metric.AdjustedRandIndex;

/**
 * Songs of six kinds. The kind is in the first columns, and stays the same from window to window;
 * the others change as a song goes on, and differ from song to song by chance alone.
 */
final class WithinSongLdaTest {
  private static final int SONGS = 300;
  private static final int KINDS = 6;
  private static final int TOLD = 4;
  private static final int COLUMNS = 24;
  private static final int WINDOWS = 5;
  private static final PreprocessOptions PLAIN =
      PreprocessOptions.read(new OptionReader("pca", Map.of("transform", "none")));

  /** A song's vector is the mean of its windows. */
  private static final class Songs implements TrainingRows {
    private final List<List<float[]>> windows = new ArrayList<>();
    private final float[] values;

    Songs(int songs, long seed) {
      SeededRandom random = new SeededRandom(seed, 0);
      double[][] kinds = new double[KINDS][TOLD];
      for (double[] kind : kinds) {
        Arrays.setAll(kind, j -> random.gaussian());
      }
      values = new float[songs * COLUMNS];
      for (int song = 0; song < songs; song++) {
        List<float[]> own = new ArrayList<>();
        for (int s = 0; s < WINDOWS; s++) {
          float[] row = new float[COLUMNS];
          for (int j = 0; j < COLUMNS; j++) {
            row[j] =
                (float)
                    (j < TOLD
                        ? kinds[song % KINDS][j] + 0.3 * random.gaussian()
                        : 2 * random.gaussian());
            values[song * COLUMNS + j] += row[j] / WINDOWS;
          }
          own.add(row);
        }
        windows.add(own);
      }
    }

    @Override
    public int rows() {
      return windows.size();
    }

    @Override
    public int columns() {
      return COLUMNS;
    }

    @Override
    public void read(int row, float[] into, int offset) {
      System.arraycopy(values, row * COLUMNS, into, offset, COLUMNS);
    }

    @Override
    public List<float[]> windows(int row) {
      return windows.get(row);
    }
  }

  private static float[] prepared(TrainingRows songs) {
    Preprocessor preprocessor = Preprocessor.fit(songs, PLAIN, List.of());
    float[] prepared = new float[songs.rows() * COLUMNS];
    float[] row = new float[COLUMNS];
    for (int r = 0; r < songs.rows(); r++) {
      songs.read(r, row, 0);
      preprocessor.apply(row, prepared, r * COLUMNS);
    }
    return prepared;
  }

  private static WithinSongLda directions(TrainingRows songs) {
    return WithinSongLda.of(songs, PLAIN, List.of(), prepared(songs)).orElseThrow();
  }

  /** By the definition: within songs the directions are independent with variance 1. */
  @Test
  void directionsSolveTheGeneralisedEigenproblem() {
    Songs songs = new Songs(SONGS, 1);
    WithinSongLda directions = directions(songs);
    assertThat(directions.count()).isEqualTo(COLUMNS);
    float[] unit = new float[COLUMNS * COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
      unit[j * COLUMNS + j] = 1;
    }
    float[] matrix = directions.applied(unit);
    double[][] within = quadratic(matrix, withinSongs(songs));
    double[][] between = quadratic(matrix, covariance(prepared(songs)));
    for (int a = 0; a < COLUMNS; a++) {
      for (int b = 0; b < COLUMNS; b++) {
        assertThat(within[a][b]).isEqualTo(a == b ? 1 : 0, within(1e-5));
        if (a != b) {
          assertThat(between[a][b]).isEqualTo(0, within(1e-4));
        }
      }
      assertThat(between[a][a])
          .isLessThanOrEqualTo(between[Math.max(0, a - 1)][Math.max(0, a - 1)]);
    }
    // Kinds vary in four directions at most; what is left differs by chance.
    assertThat(between[0][0]).isGreaterThan(5 * between[TOLD][TOLD]);
  }

  @Test
  void neighboursAreOfTheSameKind() {
    Songs songs = new Songs(SONGS, 2);
    float[] prepared = prepared(songs);
    WithinSongLda directions = directions(songs);
    double plain = sameKind(prepared, COLUMNS);
    double turned = sameKind(directions.applied(prepared), directions.count());
    assertThat(plain).isLessThan(0.7);
    assertThat(turned).isGreaterThan(0.95);
  }

  @Test
  void fewSongsHaveNoDirections() {
    Songs few = new Songs(WithinSongLda.LEAST_SONGS - 1, 3);
    assertThat(WithinSongLda.of(few, PLAIN, List.of(), prepared(few))).isEmpty();
    Songs enough = new Songs(WithinSongLda.LEAST_SONGS, 3);
    assertThat(WithinSongLda.of(enough, PLAIN, List.of(), prepared(enough))).isPresent();
  }

  /** Without windows a component of variance λ becomes one of λ / (λ + 3 · mean variance). */
  @Test
  void withoutWindowsRepeatedColumnsCountLess() {
    float[] values = new float[SONGS * 3];
    SeededRandom random = new SeededRandom(4, 0);
    for (int song = 0; song < SONGS; song++) {
      values[song * 3] = (float) random.gaussian();
      values[song * 3 + 1] = values[song * 3];
      values[song * 3 + 2] = (float) random.gaussian();
    }
    TrainingRows table = TrainingRows.of(3, values);
    float[] prepared = new float[values.length];
    Preprocessor preprocessor = Preprocessor.fit(table, PLAIN, List.of());
    for (int song = 0; song < SONGS; song++) {
      preprocessor.apply(Arrays.copyOfRange(values, song * 3, song * 3 + 3), prepared, song * 3);
    }
    double r = 0;
    for (int song = 0; song < SONGS; song++) {
      r += prepared[song * 3] * (double) prepared[song * 3 + 2] / SONGS;
    }
    // The covariance [1 1 r; 1 1 r; r r 1] has the eigenvalues 3/2 ± √(1/4 + 2r²) and 0.
    double root = Math.sqrt(0.25 + 2 * r * r);
    WithinSongLda directions = WithinSongLda.of(table, PLAIN, List.of(), prepared).orElseThrow();
    float[] turned = directions.applied(prepared);
    double[] expected = {(1.5 + root) / (4.5 + root), (1.5 - root) / (4.5 - root), 0};
    for (int k = 0; k < 3; k++) {
      double variance = 0;
      for (int song = 0; song < SONGS; song++) {
        variance += turned[song * 3 + k] * (double) turned[song * 3 + k] / SONGS;
      }
      assertThat(variance).isEqualTo(expected[k], within(1e-5));
    }
  }

  @Test
  void aModelThatIsReadBackHasTheSameDirections() {
    Songs songs = new Songs(SONGS, 5);
    Representation representation = Representations.of("neighbour_vae", Map.of("epochs", "2"));
    FittedModel model = representation.fit(songs, Representation.Setting.of(1));
    float[] row = new float[COLUMNS];
    songs.read(7, row, 0);
    Provenance provenance =
        new Provenance("", SONGS, "", 1L, new TreeMap<>(representation.options()), Map.of());
    FittedModel again = Representations.load(model.toModel("m", provenance));
    assertThat(model.directions(row)).hasSize(COLUMNS);
    assertThat(again.directions(row)).containsExactly(model.directions(row));
    assertThat(again.embed(row)).containsExactly(model.embed(row));
  }

  @Test
  void theRepresentationIsTheDirectionsAndLeadsBack() {
    Songs songs = new Songs(SONGS, 6);
    Representation representation =
        Representations.of("song_lda", Map.of("transform", "none", "clip", "0"));
    FittedModel model = representation.fit(songs, Representation.Setting.of(1));
    float[] prepared = prepared(songs);
    float[] coordinates = directions(songs).applied(prepared);
    Provenance provenance =
        new Provenance("", SONGS, "", 1L, new TreeMap<>(representation.options()), Map.of());
    FittedModel again = Representations.load(model.toModel("m", provenance));
    float[] row = new float[COLUMNS];
    for (int song = 0; song < 20; song++) {
      songs.read(song, row, 0);
      float[] embedding = model.embed(row);
      assertThat(embedding)
          .containsExactly(
              Arrays.copyOfRange(coordinates, song * COLUMNS, (song + 1) * COLUMNS), offset(1e-4f));
      // As many directions as columns: nothing is lost.
      assertThat(model.decode(embedding)).containsExactly(model.preprocess(row), offset(1e-3f));
      assertThat(again.embed(row)).containsExactly(embedding);
      assertThat(again.decode(embedding)).containsExactly(model.decode(embedding));
    }
  }

  @Test
  void theRepresentationHasAtMostTheDirectionsThatAreWanted() {
    FittedModel model =
        Representations.of("song_lda", Map.of("latent", "5"))
            .fit(new Songs(20, 6), Representation.Setting.of(1));
    assertThat(model.latentDimensions()).isEqualTo(5);
    assertThat(model.decode(new float[5])).hasSize(COLUMNS).containsOnly(0);
  }

  @Test
  void theModelFindsKindsThatItDoesNotFindWithoutThem() {
    for (long seed = 1; seed <= 3; seed++) {
      Songs songs = new Songs(SONGS, seed);
      double with = agreement(songs, seed, "true");
      double without = agreement(songs, seed, "false");
      assertThat(with).as("seed %d", seed).isGreaterThan(0.8).isGreaterThan(without + 0.2);
    }
  }

  /** ARI of the kinds with K-Means clusters of the places. */
  private static double agreement(Songs songs, long seed, String songDirections) {
    FittedModel model =
        Representations.of(
                "neighbour_vae",
                Map.of("song_directions", songDirections, "epochs", "60", "transform", "none"))
            .fit(songs, Representation.Setting.of(seed));
    double[][] places = new double[SONGS][];
    float[] row = new float[COLUMNS];
    for (int r = 0; r < SONGS; r++) {
      songs.read(r, row, 0);
      float[] place = model.embed(row);
      places[r] = IntStream.range(0, place.length).mapToDouble(j -> place[j]).toArray();
    }
    MathEx.setSeed(seed);
    KMeans best = KMeans.fit(places, KINDS);
    for (int restart = 1; restart < 20; restart++) {
      KMeans found = KMeans.fit(places, KINDS);
      best = found.distortion < best.distortion ? found : best;
    }
    int[] kinds = IntStream.range(0, SONGS).map(song -> song % KINDS).toArray();
    return AdjustedRandIndex.of(kinds, best.y);
  }

  /** Share of the nearest others that are of a song's kind, by brute force. */
  private static double sameKind(float[] places, int width) {
    int same = 0;
    for (int i = 0; i < SONGS; i++) {
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < SONGS; k++) {
        double distance = 0;
        for (int j = 0; j < width; j++) {
          double difference = places[i * width + j] - places[k * width + j];
          distance += difference * difference;
        }
        if (k != i && distance < least) {
          least = distance;
          nearest = k;
        }
      }
      same += nearest % KINDS == i % KINDS ? 1 : 0;
    }
    return same / (double) SONGS;
  }

  private static double[][] withinSongs(Songs songs) {
    int n = SONGS * WINDOWS;
    double[] mean = new double[COLUMNS];
    double[] squares = new double[COLUMNS];
    for (List<float[]> own : songs.windows) {
      for (float[] row : own) {
        for (int j = 0; j < COLUMNS; j++) {
          mean[j] += row[j] / (double) n;
          squares[j] += row[j] * (double) row[j] / n;
        }
      }
    }
    double[][] within = new double[COLUMNS][COLUMNS];
    for (List<float[]> own : songs.windows) {
      for (float[] row : own) {
        double[] difference = new double[COLUMNS];
        for (int j = 0; j < COLUMNS; j++) {
          double mine = 0;
          for (float[] other : own) {
            mine += other[j] / (double) WINDOWS;
          }
          difference[j] = (row[j] - mine) / Math.sqrt(squares[j] - mean[j] * mean[j]);
        }
        for (int a = 0; a < COLUMNS; a++) {
          for (int b = 0; b < COLUMNS; b++) {
            within[a][b] += difference[a] * difference[b] / (n - SONGS);
          }
        }
      }
    }
    double trace = IntStream.range(0, COLUMNS).mapToDouble(j -> within[j][j]).sum();
    for (int j = 0; j < COLUMNS; j++) {
      within[j][j] += 0.1 * trace / COLUMNS;
    }
    return within;
  }

  private static double[][] covariance(float[] rows) {
    int n = rows.length / COLUMNS;
    double[][] covariance = new double[COLUMNS][COLUMNS];
    // Prepared rows have the mean 0.
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < COLUMNS; a++) {
        for (int b = 0; b < COLUMNS; b++) {
          covariance[a][b] += rows[i * COLUMNS + a] * (double) rows[i * COLUMNS + b] / n;
        }
      }
    }
    return covariance;
  }

  /** MᵀAM of a matrix whose rows are the columns' coordinates. */
  private static double[][] quadratic(float[] m, double[][] a) {
    double[][] result = new double[COLUMNS][COLUMNS];
    for (int p = 0; p < COLUMNS; p++) {
      for (int q = 0; q < COLUMNS; q++) {
        for (int i = 0; i < COLUMNS; i++) {
          for (int j = 0; j < COLUMNS; j++) {
            result[p][q] += m[i * COLUMNS + p] * a[i][j] * m[j * COLUMNS + q];
          }
        }
      }
    }
    return result;
  }
}
