package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.io.SongLot;
import org.surmala.metric.InternalIndices;
import org.surmala.metric.Silhouette;
import org.surmala.schema.BlockAnswer;
import org.surmala.schema.Centres;
import org.surmala.schema.Clustering;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;
import org.surmala.schema.Population;
import org.surmala.schema.SweepFigures;
import org.surmala.schema.SweepState;

final class SampledSweepTest {
  private static final int BLOCKS = 4;
  private static final double[][] TWO = {{0, 0}, {6, 0}};
  private static final double[][] THREE = {{6, 0}, {0, 0}, {0, 6}};

  /**
   * Three groups of falling size around {@link #THREE}, whose float coordinates overlap a little.
   */
  private static double[][] points(int songs) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] points = new double[songs][2];
    for (int i = 0; i < songs; i++) {
      double[] centre = THREE[i % 6 < 3 ? 1 : i % 6 < 5 ? 2 : 0];
      Arrays.setAll(points[i], d -> (float) (centre[d] + random.nextGaussian()));
    }
    return points;
  }

  private static List<String> ids(int songs) {
    return IntStream.range(0, songs).mapToObj(i -> String.format("song %06d", i)).toList();
  }

  private static PointBlock block(int number, int[] rows, List<String> ids, double[][] points) {
    ByteBuffer values =
        ByteBuffer.allocate(rows.length * 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row : rows) {
      values.putFloat((float) points[row][0]).putFloat((float) points[row][1]);
    }
    List<String> own = Arrays.stream(rows).mapToObj(ids::get).toList();
    return new PointBlock("raw", "v1", number, own, 2, values.flip());
  }

  private static List<PointBlock> blocks(double[][] points) {
    List<String> ids = ids(points.length);
    List<PointBlock> blocks = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      int number = b;
      int[] rows = IntStream.range(0, points.length).filter(i -> i % BLOCKS == number).toArray();
      blocks.add(block(number, rows, ids, points));
    }
    return blocks;
  }

  private static KMeansState kMeans(int songs) {
    return KMeansState.newBuilder()
        .setDimensions(2)
        .setCandidates(ByteBuffer.allocate(0))
        .setCentres(
            List.of(
                new Centres(2, PackedDoubles.doubles(TWO)),
                new Centres(3, PackedDoubles.doubles(THREE))))
        .setSongs(songs)
        .build();
  }

  private static ClusterOptions options(ClusterAlgorithm... algorithms) {
    return ClusterOptions.DEFAULTS
        .withAlgorithms(algorithms)
        .withKRange(2, 3)
        .withStabilityRefits(2);
  }

  /** What the passes do, one after another. */
  private static List<Clustering> swept(ClusterOptions options, double[][] points) {
    List<PointBlock> blocks = blocks(points);
    double share = (double) ClusterSweep.MOST_EXACT / points.length;
    PointBlock sample =
        FitSampleFn.joined(blocks.stream().map(b -> SampleBlockFn.drawn(b, share)).toList());
    SampledSweep sweep = new SampledSweep(options);
    SweepState fitted = sweep.fit(sample, kMeans(points.length), null);
    SweepState counted =
        BlockSums.counted(fitted, blocks.stream().map(b -> BlockSums.counts(b, fitted)).toList());
    int[] queries = sweep.queries(counted);
    List<double[]> distances = new ArrayList<>();
    for (PointBlock block : blocks) {
      List<double[]> own = BlockSums.distances(block, counted, queries);
      for (int q = 0; q < own.size(); q++) {
        if (distances.size() < own.size()) {
          distances.add(own.get(q));
        } else {
          distances.set(q, ScalableKMeans.join(List.of(distances.get(q), own.get(q))));
        }
      }
    }
    SweepState measured = sweep.withSilhouettes(counted, distances);
    List<BlockAnswer> spreads = blocks.stream().map(b -> BlockSums.spreads(b, measured)).toList();
    return sweep.chosen(measured, ScalableKMeans.join(BlockPass.numbers(spreads))).getClusterings();
  }

  /** Numbers by size are those of {@link #points}. */
  private static int[] nearest(double[][] points, double[][] centres) {
    NearestCentroidPredictor rule = new NearestCentroidPredictor(centres);
    return RelabelBySize.bySize(Arrays.stream(points).mapToInt(rule::assign).toArray());
  }

  private static Population population(Clustering clustering) {
    return Objects.requireNonNull(clustering.getPopulation());
  }

  private static SweepFigures figures(Clustering clustering) {
    return Objects.requireNonNull(clustering.getSweep());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "200000, 0", "200001, 13", "1000000, 62", "100000000, 6104"})
  void givenSongs_whenDivided_thenLargeCollectionsAloneHaveBlocks(long songs, int blocks) {
    assertThat(ClusterOptions.blocksFor(songs)).isEqualTo(blocks);
  }

  @Test
  void givenMoreSongsThanTheSample_whenSwept_thenFiguresAreThoseOfAllSongs() {
    double[][] points = points(24_000);

    List<Clustering> found = swept(options(ClusterAlgorithm.KMEANS), points);

    assertThat(found).extracting(Clustering::getK).containsExactly(2, 3);
    for (Clustering clustering : found) {
      int[] labels = nearest(points, clustering.getK() == 2 ? TWO : THREE);
      double[][] centroids = RelabelBySize.centroids(points, labels);
      InternalIndices all = InternalIndices.of(points, labels);
      assertThat(PackedDoubles.doubles(clustering.getCentroids()))
          .containsExactly(
              Arrays.stream(centroids).flatMapToDouble(Arrays::stream).toArray(), within(1e-9));
      assertThat(figures(clustering).getDaviesBouldin())
          .isCloseTo(all.daviesBouldin(), within(1e-9));
      assertThat(figures(clustering).getCalinskiHarabasz() / all.calinskiHarabasz())
          .isCloseTo(1, within(1e-9));
      int[] sizes = new int[clustering.getK()];
      Arrays.stream(labels).forEach(label -> sizes[label]++);
      assertThat(population(clustering).getSizes())
          .isEqualTo(Arrays.stream(sizes).boxed().toList());
      assertThat(population(clustering).getSongs()).isEqualTo(24_000);
    }
  }

  @Test
  void givenMoreSongsThanTheSample_whenSwept_thenTheSilhouetteIsAnIntervalAroundThatOfAllSongs() {
    double[][] points = points(24_000);

    Clustering three = swept(options(ClusterAlgorithm.KMEANS), points).get(1);

    double mean = Silhouette.mean(points, nearest(points, THREE));
    assertThat(mean)
        .isBetween(figures(three).getSilhouetteLow(), figures(three).getSilhouetteHigh());
    assertThat(figures(three).getSilhouetteHigh() - figures(three).getSilhouetteLow())
        .isBetween(0.001, 0.03);
  }

  @Test
  void givenMoreSongsThanTheSample_whenSwept_thenTheClusteringNamesTheSongsWithTheHighestLots() {
    double[][] points = points(24_000);

    Clustering three = swept(options(ClusterAlgorithm.KMEANS), points).get(1);

    List<String> ids = ids(points.length);
    List<String> drawn = ids.stream().filter(id -> SongLot.share(id) < 20_000.0 / 24_000).toList();
    assertThat(three.getIds()).isEqualTo(drawn).hasSizeBetween(19_000, 21_000);
    int[] labels = nearest(points, THREE);
    assertThat(PackedDoubles.ints(three.getLabels()))
        .isEqualTo(drawn.stream().mapToInt(id -> labels[ids.indexOf(id)]).toArray());
  }

  @Test
  void givenFewSongs_whenSwept_thenAllFiguresAreThoseOfASweepInMemory() {
    double[][] points = points(600);
    ClusterOptions options =
        options(ClusterAlgorithm.KMEANS, ClusterAlgorithm.WARD, ClusterAlgorithm.DBSCAN);

    List<Clustering> found = swept(options, points);

    List<Clustering> inMemory = new ClusterSweep(options).run("raw", "v1", ids(600), points);
    assertThat(found).hasSameSizeAs(inMemory);
    Clustering dbscan = found.get(found.size() - 1);
    Clustering expected = inMemory.get(found.size() - 1);
    assertThat(dbscan.getReason()).isEqualTo(expected.getReason());
    assertThat(dbscan.getLabels()).isEqualTo(expected.getLabels());
    assertThat(dbscan.getDistances()).isEqualTo(expected.getDistances());
    assertThat(dbscan.getNovelties()).isEqualTo(expected.getNovelties());
    assertThat(figures(dbscan).getSilhouette())
        .isCloseTo(figures(expected).getSilhouette(), within(1e-9));
    assertThat(figures(dbscan).getDaviesBouldin())
        .isCloseTo(figures(expected).getDaviesBouldin(), within(1e-9));
    assertThat(figures(dbscan).getBic()).isCloseTo(figures(expected).getBic(), within(1e-6));
    int noise = 600 - population(dbscan).getSizes().stream().mapToInt(Integer::intValue).sum();
    assertThat(noise)
        .isEqualTo(
            (int)
                Arrays.stream(PackedDoubles.ints(expected.getLabels())).filter(l -> l < 0).count())
        .isPositive();
  }

  @Test
  void givenTwoSongs_whenSwept_thenThereIsNoClustering() {
    assertThat(swept(options(ClusterAlgorithm.KMEANS), points(2))).isEmpty();
  }

  @Test
  void givenAClusterWithoutSongs_whenCounted_thenItHasNoNumber() {
    double[][] points = points(90);
    SampledSweep sweep = new SampledSweep(options(ClusterAlgorithm.KMEANS));
    double[][] centres = {{500, 500}, {0, 0}, {6, 0}};
    KMeansState state =
        KMeansState.newBuilder(kMeans(90))
            .setCentres(List.of(new Centres(3, PackedDoubles.doubles(centres))))
            .build();
    List<PointBlock> blocks = blocks(points);
    SweepState fitted = sweep.fit(FitSampleFn.joined(blocks), state, null);

    List<BlockAnswer> counts = blocks.stream().map(b -> BlockSums.counts(b, fitted)).toList();
    Clustering counted = BlockSums.counted(fitted, counts).getClusterings().get(0);

    assertThat(counted.getK()).isEqualTo(2);
    assertThat(PackedDoubles.ints(counted.getLabels())).isEqualTo(nearest(points, TWO));
    assertThat(PackedDoubles.doubles(counted.getClusterStabilities())).hasSize(2);
  }

  @Test
  void givenSongs_whenCounted_thenDeviationsAreThoseOfAll() {
    double[][] points = points(601);
    List<PointBlock> blocks = new ArrayList<>(blocks(points));
    SampledSweep sweep = new SampledSweep(options(ClusterAlgorithm.KMEANS));
    SweepState fitted = sweep.fit(FitSampleFn.joined(blocks), kMeans(601), null);
    Collections.shuffle(blocks, new Random(3));

    List<BlockAnswer> counts = blocks.stream().map(b -> BlockSums.counts(b, fitted)).toList();
    Clustering counted = BlockSums.counted(fitted, counts).getClusterings().get(0);

    double[] deviations = new double[2];
    for (int d = 0; d < 2; d++) {
      int column = d;
      double mean = Arrays.stream(points).mapToDouble(p -> p[column]).average().orElseThrow();
      deviations[d] =
          Math.sqrt(
              Arrays.stream(points)
                  .mapToDouble(p -> (p[column] - mean) * (p[column] - mean))
                  .average()
                  .orElseThrow());
    }
    assertThat(PackedDoubles.doubles(population(counted).getDeviations()))
        .containsExactly(deviations, within(1e-9));
  }
}
