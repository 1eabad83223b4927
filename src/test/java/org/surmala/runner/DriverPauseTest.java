package org.surmala.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;

final class DriverPauseTest {
  @Test
  void givenIdleThread_whenDriverPolls_thenThreadSleepsBetweenPolls() throws Exception {
    List<String> done = new ArrayList<>();
    ThreadPoolExecutor pool = oneThread();
    pool.execute(
        () -> {
          DriverPause.add(pool, 1, () -> done.add("sleep"));
          pool.execute(new Driver(pool, done, 3));
        });

    assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
    assertEquals(List.of("sleep", "poll", "sleep", "poll", "sleep", "poll"), done.subList(0, 6));
  }

  @Test
  void givenWaitingBundles_whenDriverPolls_thenNoThreadSleeps() throws Exception {
    List<String> done = new ArrayList<>();
    ThreadPoolExecutor pool = oneThread();
    pool.execute(
        () -> {
          DriverPause.add(pool, 1, () -> done.add("sleep"));
          pool.execute(() -> done.add("bundle"));
          pool.execute(new Driver(pool, done, 1));
        });

    assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
    assertEquals(List.of("bundle", "poll"), done.subList(0, 2));
  }

  @Test
  void givenPipelineOfDirectRunner_whenPausesAreAdded_thenItEnds() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setBlockOnRun(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Numbers", Create.of(1, 2, 3));

    PipelineResult started = pipeline.run();
    DriverPause.add(started, 2);

    assertEquals(PipelineResult.State.DONE, started.waitUntilFinish());
  }

  private static ThreadPoolExecutor oneThread() {
    return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  }

  /** Polls and puts itself at the end of the queue, as the Direct Runner's does. */
  private record Driver(ThreadPoolExecutor pool, List<String> done, int turns) implements Runnable {
    @Override
    public void run() {
      done.add("poll");
      if (turns > 1) {
        pool.execute(new Driver(pool, done, turns - 1));
      } else {
        pool.shutdown();
      }
    }
  }
}
