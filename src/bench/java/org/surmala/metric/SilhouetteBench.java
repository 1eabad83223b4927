package org.surmala.metric;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Silhouette of 10,000 × 32, beside a plain loop over one tenth of the pairs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(1)
@State(Scope.Benchmark)
public class SilhouetteBench {
  private static final int SONGS = 10_000;
  private static final int DIMENSIONS = 32;

  private final double[][] points = new double[SONGS][DIMENSIONS];
  private final int[] labels = new int[SONGS];

  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SONGS; i++) {
      labels[i] = i % 10;
      for (int d = 0; d < DIMENSIONS; d++) {
        points[i][d] = labels[i] + random.nextGaussian();
      }
    }
  }

  @Benchmark
  public double silhouette() {
    return Silhouette.mean(points, labels);
  }

  @Benchmark
  public double plainLoopOverATenth() {
    double total = 0;
    for (int i = 0; i < SONGS; i += 10) {
      for (double[] other : points) {
        double sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
          double difference = points[i][d] - other[d];
          sum += difference * difference;
        }
        total += Math.sqrt(sum);
      }
    }
    return total;
  }
}
