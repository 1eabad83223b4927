package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.PointBlock;
import org.surmala.schema.SweepFigures;

public final class DistributedKMeansTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

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
      embeddings.add(new Embedding(ids.get(i), "raw", "v1", vector, null));
    }
    ClusterOptions options =
        ClusterOptions.DEFAULTS
            .withAlgorithms(ClusterAlgorithm.KMEANS)
            .withKRange(2, 3)
            .withRestarts(3)
            .withStabilityRefits(1)
            .withBlocks(3);
    Collections.shuffle(embeddings, new Random(2));

    PCollection<Clustering> found =
        pipeline
            .apply("Embeddings", Create.of(embeddings).withCoder(RecordCoder.of(Embedding.class)))
            .apply("Cluster", Cluster.with(options));

    List<Clustering> inMemory = new ClusterSweep(options).run("raw", "v1", ids, points);
    PAssert.that(found)
        .satisfies(
            clusterings -> {
              List<Clustering> all = new ArrayList<>();
              clusterings.forEach(all::add);
              assertThat(all).hasSize(2);
              all.sort(Comparator.comparing(Clustering::getK));
              for (int i = 0; i < 2; i++) {
                assertThat(all.get(i).getLabels()).isEqualTo(inMemory.get(i).getLabels());
                assertThat(all.get(i).getChosen()).isEqualTo(inMemory.get(i).getChosen());
                // Sums of blocks differ in the last digits from those in memory.
                assertThat(PackedDoubles.doubles(all.get(i).getCentroids()))
                    .containsExactly(
                        PackedDoubles.doubles(inMemory.get(i).getCentroids()), within(1e-9));
                assertAgree(all.get(i).getSweep(), inMemory.get(i).getSweep());
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static void assertAgree(SweepFigures found, SweepFigures expected) {
    assertThat(found.getSilhouette()).isCloseTo(expected.getSilhouette(), within(1e-9));
    assertThat(found.getDaviesBouldin()).isCloseTo(expected.getDaviesBouldin(), within(1e-9));
    assertThat(found.getCalinskiHarabasz() / expected.getCalinskiHarabasz())
        .isCloseTo(1, within(1e-9));
    assertThat(found.getBic() / expected.getBic()).isCloseTo(1, within(1e-9));
    assertThat(found.getGap()).isEqualTo(expected.getGap());
    assertThat(found.getLeastClusterStability()).isEqualTo(expected.getLeastClusterStability());
  }

  /** Bahmani's draw: chances grow with the squared distance. */
  @Test
  public void farPointsAreDrawnMoreOften() {
    double[] row = new double[2];
    for (long seed = 0; seed < 2_000; seed++) {
      double[] drawn = ScalableKMeans.draw(nearAndFar(), new double[1][1], 1, 1, seed);
      row[drawn[1] == 3 ? 1 : 0]++;
    }
    // Nine to one, within three standard deviations.
    assertThat(row[1] / (row[0] + row[1])).isBetween(0.88, 0.92);
  }

  /** Sixteen points, half of them at 1 and half at 3. */
  private static PointBlock nearAndFar() {
    ByteBuffer values = ByteBuffer.allocate(16 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      values.putFloat(i % 2 == 0 ? 1 : 3);
      ids.add("song " + i);
    }
    return new PointBlock("raw", "v1", 0, ids, 1, values.flip());
  }
}
