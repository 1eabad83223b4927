package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surmala.metric.Trustworthiness;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapPoint;

/** The map: neighbours stay neighbours, and nothing but songs and seed changes it. */
final class SongMapTest {
  private static final int GROUPS = 4;

  /** Gaussian groups in twenty dimensions, song i in group i mod 4. */
  private static List<Embedding> groups(int songs) {
    Random random = new Random(5);
    double[][] centres = new double[GROUPS][20];
    for (double[] centre : centres) {
      for (int d = 0; d < centre.length; d++) {
        centre[d] = 4 * random.nextGaussian();
      }
    }
    List<Embedding> latent = new ArrayList<>();
    for (int i = 0; i < songs; i++) {
      List<Float> vector = new ArrayList<>();
      for (double coordinate : centres[i % GROUPS]) {
        vector.add((float) (coordinate + random.nextGaussian()));
      }
      latent.add(new Embedding(SyntheticRun.id(i), "vae", "v", vector, null));
    }
    return latent;
  }

  @Test
  void givenSeparateGroups_whenMapped_thenTheNearestOnTheMapAreOfTheSameGroup() {
    SongMap map = SongMap.of(groups(200), 1);

    assertThat(map.method()).isEqualTo("umap");
    assertThat(map.points()).extracting(MapPoint::getId).isSorted().hasSize(200);
    for (int i = 0; i < 200; i++) {
      assertThat(nearest(map.points(), i) % GROUPS).isEqualTo(i % GROUPS);
    }
  }

  @Test
  void givenAFarIsland_whenGapsAreClosed_thenItIsNearAndAllElseKeepsItsDistances() {
    Random random = new Random(3);
    double[][] layout = new double[103][];
    double[][] before = new double[103][];
    for (int i = 0; i < layout.length; i++) {
      double y = i < 100 ? i / 99.0 : 50 + 0.01 * (i - 100);
      layout[i] = new double[] {random.nextDouble(), y};
      before[i] = layout[i].clone();
    }

    SongMap.closeGaps(layout);

    for (int i = 0; i < layout.length; i++) {
      assertThat(layout[i][0]).isEqualTo(before[i][0], Offset.offset(1e-12));
      double y = i < 100 ? before[i][1] : 1 + 0.1 * 1.02 + 0.01 * (i - 100);
      assertThat(layout[i][1]).as("song %d", i).isEqualTo(y, Offset.offset(1e-9));
    }
  }

  @Test
  void givenSongsAtTwoPoints_whenGapsAreClosed_thenTheyStay() {
    double[][] layout = {{0, 1}, {0, 1}, {9, 1}, {9, 1}};
    SongMap.closeGaps(layout);
    assertThat(layout).isDeepEqualTo(new double[][] {{0, 1}, {0, 1}, {9, 1}, {9, 1}});
  }

  @Test
  void givenEverySongJudged_whenMapped_thenTrustworthinessIsThatOfTheMetric() {
    List<Embedding> latent = groups(200);
    SongMap map = SongMap.of(latent, 1);
    double[][] rows = new double[200][];
    double[][] places = new double[200][];
    for (int i = 0; i < 200; i++) {
      rows[i] = latent.get(i).getVector().stream().mapToDouble(Float::doubleValue).toArray();
      places[i] = new double[] {map.points().get(i).getX(), map.points().get(i).getY()};
    }

    assertThat(map.trustworthiness()).isNotNull();
    assertThat(map.trustworthiness())
        .isCloseTo(Trustworthiness.of(rows, places, 15), Offset.offset(1e-12));
    assertThat(map.trustworthiness()).isGreaterThan(0.9);
  }

  private static int nearest(List<MapPoint> points, int to) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      double distance =
          Math.hypot(
              points.get(i).getX() - points.get(to).getX(),
              points.get(i).getY() - points.get(to).getY());
      if (i != to && distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  @Test
  void givenOneSeed_whenMappedByOneThreadOrFour_thenTheSamePlaces() throws Exception {
    List<Embedding> latent = groups(150);
    SongMap alone = in(1, () -> SongMap.of(latent, 9));

    assertThat(in(4, () -> SongMap.of(latent, 9))).isEqualTo(alone);
    assertThat(SongMap.of(latent, 10)).isNotEqualTo(alone);
  }

  private static <T> T in(int threads, Callable<T> work) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(work).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void givenFewSongs_whenMapped_thenTheirPrincipalComponents() {
    // On a line in three dimensions: the first component is the distance along it.
    List<Embedding> latent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      latent.add(
          new Embedding(SyntheticRun.id(i), "vae", "v", List.of(2f * i, 2f * i, 1f * i), null));
    }
    SongMap map = SongMap.of(latent, 1);

    assertThat(map.method()).isEqualTo("pca");
    for (int i = 0; i < 5; i++) {
      assertThat(map.points().get(i).getX()).isCloseTo(3.0 * (i - 2), within());
      assertThat(map.points().get(i).getY()).isCloseTo(0, within());
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-6);
  }

  @Test
  void givenNoSongOneOrManyAlike_whenMapped_thenFinitePlaces() {
    assertThat(SongMap.of(List.of(), 1).points()).isEmpty();
    assertThat(SongMap.of(groups(1), 1).points())
        .containsExactly(new MapPoint(SyntheticRun.id(0), 0.0, 0.0));
    List<Embedding> alike = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      alike.add(new Embedding(SyntheticRun.id(i), "vae", "v", List.of(1f, 2f), null));
    }
    assertThat(SongMap.of(alike, 1).points())
        .allMatch(point -> Double.isFinite(point.getX()) && Double.isFinite(point.getY()));
    // Half of them alike: every distance to a neighbour may be zero.
    List<Embedding> half = new ArrayList<>(groups(30));
    half.addAll(
        alike.stream()
            .map(e -> Embedding.newBuilder(e).setVector(groups(1).get(0).getVector()).build())
            .toList());
    assertThat(SongMap.of(half, 1).points())
        .allMatch(point -> Double.isFinite(point.getX()) && Double.isFinite(point.getY()));
  }
}
