package org.surmala.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.schema.FeatureBatch;

/**
 * Epochs over 10⁴, 10⁵ and 10⁶ songs of 200 features, whose batches are made as they are read:
 * prints microseconds for a song in an epoch, by the fitting thread's CPU time, and the heap in
 * use.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class TrainingScaleBench {
  private static final int COLUMNS = 200;
  private static final int BATCH_ROWS = 1_000;

  @Param({"10000", "100000", "1000000"})
  public int songs;

  /** Gathers the songs and fits three epochs, of a million songs two. */
  @Benchmark
  public void fit() throws IOException {
    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
    Representation vae =
        Representations.of(
            "sigma_vae",
            Map.of(
                "epochs", songs < 1_000_000 ? "3" : "2",
                "steps", "1000000000",
                "transform", "none",
                "patience", "0"));
    List<Long> ends = new ArrayList<>();
    long[] most = new long[1];
    long begin = threads.getCurrentThreadCpuTime();
    try (TrainingSet set = TrainingSet.of(this::batches, TrainingSet.MOST_IN_MEMORY)) {
      long gathered = threads.getCurrentThreadCpuTime();
      vae.fit(
          set.table(),
          new Representation.Setting(
              1,
              List.of(),
              1,
              (epoch, epochs, loss, validation) -> {
                ends.add(threads.getCurrentThreadCpuTime());
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                most[0] = Math.max(most[0], runtime.totalMemory() - runtime.freeMemory());
              }));
      int last = ends.size() - 1;
      System.out.printf(
          "%n%d songs: gathered in %.1f s, last epoch %.2f µs a song, heap %d MB%n",
          songs,
          (gathered - begin) / 1e9,
          (ends.get(last) - ends.get(last - 1)) / 1e3 / songs,
          most[0] >> 20);
    }
  }

  private Iterator<FeatureBatch> batches() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < songs;
      }

      @Override
      public FeatureBatch next() {
        Random random = new Random(next);
        List<String> ids = new ArrayList<>();
        ByteBuffer bytes =
            ByteBuffer.allocate(BATCH_ROWS * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BATCH_ROWS; i++) {
          // Ids in no order, as hashes are.
          ids.add(String.format("%032x%032x", random.nextLong(), next + i));
          float common = random.nextFloat();
          for (int j = 0; j < COLUMNS; j++) {
            bytes.putFloat(common * (j % 7) + random.nextFloat());
          }
        }
        next += BATCH_ROWS;
        return FeatureBatch.newBuilder()
            .setSpec("spec")
            .setIds(ids)
            .setDimensions(COLUMNS)
            .setValues(bytes.flip())
            .build();
      }
    };
  }
}
