package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.metric.Separation;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;

public final class DistributedKMeansTest {
  private static final int DIMENSIONS = 32;
  private static final int BLOCKS = 16;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  /** Groups of unequal size that overlap, in a plane of most variance and noise around it. */
  private static double[][] points(int songs, int groups, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] centres = new double[groups][DIMENSIONS];
    for (double[] centre : centres) {
      Arrays.setAll(centre, d -> 1.5 * random.nextGaussian());
    }
    double[][] points = new double[songs][DIMENSIONS];
    for (double[] point : points) {
      double lot = random.nextDouble();
      double[] centre = centres[(int) (groups * lot * lot)];
      // float32 is what travels.
      Arrays.setAll(point, d -> (float) (centre[d] + random.nextGaussian()));
    }
    return points;
  }

  private static List<PointBlock> blocks(double[][] points) {
    List<PointBlock> blocks = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      int block = b;
      int[] rows = IntStream.range(0, points.length).filter(i -> i % BLOCKS == block).toArray();
      java.nio.ByteBuffer values =
          java.nio.ByteBuffer.allocate(rows.length * DIMENSIONS * Float.BYTES)
              .order(java.nio.ByteOrder.LITTLE_ENDIAN);
      for (int row : rows) {
        for (double value : points[row]) {
          values.putFloat((float) value);
        }
      }
      blocks.add(
          new PointBlock(
              "raw",
              "v1",
              b,
              Arrays.stream(rows).mapToObj(i -> String.format("%07d", i)).toList(),
              DIMENSIONS,
              values.flip()));
    }
    return blocks;
  }

  @Test
  public void inertiaIsWithinOnePercentOfThatInMemory() {
    double[][] points = points(100_000, 12, 3);
    ClusterOptions options = ClusterOptions.DEFAULTS.withK(10);
    List<PointBlock> blocks = blocks(points);
    Collections.shuffle(blocks, new Random(1));

    PCollection<KV<String, KMeansState>> fitted =
        pipeline
            .apply("Blocks", Create.of(blocks).withCoder(AvroCoder.of(PointBlock.class)))
            .apply("KMeans", new DistributedKMeans(options));

    int[] inMemory = new KMeans(1, 300).on(points, 1).at(10).labels();
    double least = Separation.of(points, inMemory).inertia();
    PAssert.that(fitted)
        .satisfies(
            states -> {
              List<KV<String, KMeansState>> all = new ArrayList<>();
              states.forEach(all::add);
              assertThat(all).hasSize(1);
              assertThat(all.get(0).getKey()).isEqualTo("raw\nv1");
              double[][] centres =
                  Objects.requireNonNull(DistributedKMeans.byK(all.get(0).getValue()).get(10));
              double[] squared = new double[points.length];
              ScalableKMeans.nearest(
                  org.surmala.metric.Columns.of(points), centres, squared, new int[points.length]);
              assertThat(Arrays.stream(squared).sum()).isBetween(0.9 * least, 1.01 * least);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** The whole transform, over every k, on groups that cannot be missed; whatever the order. */
  @Test
  public void clustersAsInMemoryWhereGroupsAreClear() {
    int songs = 600;
    SplittableRandom random = new SplittableRandom(5);
    List<String> ids = IntStream.range(0, songs).mapToObj(i -> String.format("%04d", i)).toList();
    double[][] points = new double[songs][3];
    List<Embedding> embeddings = new ArrayList<>();
    for (int i = 0; i < songs; i++) {
      double centre = 20 * (i % 7 == 0 ? 2 : i % 2);
      Arrays.setAll(points[i], d -> (float) (centre + random.nextGaussian()));
      List<Float> vector = Arrays.stream(points[i]).mapToObj(v -> (float) v).toList();
      embeddings.add(new Embedding(ids.get(i), "raw", "v1", vector));
    }
    ClusterOptions options =
        ClusterOptions.DEFAULTS
            .withAlgorithms(ClusterAlgorithm.KMEANS)
            .withKRange(2, 3)
            .withRestarts(3)
            .withStabilityRefits(1)
            .withDistributedFrom(500);
    Collections.shuffle(embeddings, new Random(2));

    PCollection<Clustering> found =
        pipeline
            .apply("Embeddings", Create.of(embeddings).withCoder(AvroCoder.of(Embedding.class)))
            .apply("Cluster", Cluster.with(options).expecting(songs));

    List<Clustering> inMemory = new ClusterSweep(options).run("raw", "v1", ids, points);
    PAssert.that(found)
        .satisfies(
            clusterings -> {
              List<Clustering> all = new ArrayList<>();
              clusterings.forEach(all::add);
              assertThat(all).hasSize(2);
              all.sort(java.util.Comparator.comparing(Clustering::getK));
              for (int i = 0; i < 2; i++) {
                assertThat(all.get(i).getLabels()).isEqualTo(inMemory.get(i).getLabels());
                assertThat(all.get(i).getChosen()).isEqualTo(inMemory.get(i).getChosen());
                assertThat(all.get(i).getCentroids()).isEqualTo(inMemory.get(i).getCentroids());
                assertThat(all.get(i).getSweep()).isEqualTo(inMemory.get(i).getSweep());
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** Bahmani's draw: chances grow with the squared distance. */
  @Test
  public void farPointsAreDrawnMoreOften() {
    double[] row = new double[2];
    for (long seed = 0; seed < 2_000; seed++) {
      double[] drawn = ScalableKMeans.draw(nearAndFar(), new double[1][DIMENSIONS], 1, 1, seed);
      row[drawn[1] == 3 ? 1 : 0]++;
    }
    // Nine to one, within three standard deviations.
    assertThat(row[1] / (row[0] + row[1])).isBetween(0.88, 0.92);
  }

  private static PointBlock nearAndFar() {
    double[][] points = new double[BLOCKS * 2][DIMENSIONS];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = i < BLOCKS ? 1 : 3;
    }
    return blocks(points).get(0);
  }
}
