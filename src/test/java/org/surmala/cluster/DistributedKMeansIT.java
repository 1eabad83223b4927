package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.io.RecordCoder;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.InternalIndices;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;

/** K-Means in passes, at a size where passes begin to pay, beside K-Means in memory. */
public final class DistributedKMeansIT {
  private static final int DIMENSIONS = 32;
  private static final int BLOCKS = 16;

  @Rule public final transient TestPipeline pipeline = TestPipeline.fromOptions(asInARun());

  /** Without the checks that copy every element: {@link DistributedKMeansTest} has them. */
  private static PipelineOptions asInARun() {
    DirectOptions options = TestPipeline.testingPipelineOptions().as(DirectOptions.class);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return options;
  }

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
      ByteBuffer values =
          ByteBuffer.allocate(rows.length * DIMENSIONS * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
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
    ClusterOptions options = ClusterOptions.DEFAULTS.withKRange(10, 10);
    List<PointBlock> blocks = blocks(points);
    Collections.shuffle(blocks, new Random(1));

    PCollection<KV<String, KMeansState>> fitted =
        pipeline
            .apply("Blocks", Create.of(blocks).withCoder(RecordCoder.of(PointBlock.class)))
            .apply("KMeans", new DistributedKMeans(options));

    int[] inMemory = new KMeans(1, 300).on(points, 1).at(10).labels();
    double least = InternalIndices.of(points, inMemory).inertia();
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
                  ColumnMajorMatrix.of(points), centres, squared, new int[points.length]);
              assertThat(Arrays.stream(squared).sum()).isBetween(0.9 * least, 1.01 * least);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
