package org.surmala.runner;

import java.lang.reflect.Field;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.PipelineResult;

/**
 * A task that makes the driver of the Direct Runner pause between polls.
 *
 * <p>The driver asks every step for due timers, then puts itself at the end of the queue of the
 * threads that run the bundles. As long as one of these threads is free, it polls without a pause
 * and occupies a processor. This task does the same but only sleeps, so the free thread sleeps
 * between two polls. It does not sleep if bundles wait in the queue.
 */
final class DriverPause implements Runnable {
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ThreadPoolExecutor pool;
  private final int count;
  private final Runnable sleep;

  private DriverPause(ThreadPoolExecutor pool, int count, Runnable sleep) {
    this.pool = pool;
    this.count = count;
    this.sleep = sleep;
  }

  /**
   * Adds pauses of up to {@code count} threads to a pipeline that was started on the Direct Runner.
   */
  static void add(PipelineResult started, int count) {
    Object executor = field(started, "executor");
    add(
        (ThreadPoolExecutor) field(executor, "executorService"),
        count,
        () -> LockSupport.parkNanos(NANOS));
  }

  static void add(ThreadPoolExecutor pool, int count, Runnable sleep) {
    for (int i = 0; i < count; i++) {
      new DriverPause(pool, count, sleep).enqueue();
    }
  }

  /** Beam has no public access to the threads of the Direct Runner. */
  private static Object field(Object owner, String name) {
    try {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of Beam has another Direct Runner", e);
    }
  }

  @Override
  public void run() {
    // Besides the other pauses, the queue holds the driver unless it is running.
    if (pool.getQueue().size() <= count) {
      sleep.run();
    }
    enqueue();
  }

  private void enqueue() {
    try {
      pool.execute(this);
    } catch (RejectedExecutionException e) {
      // The pipeline has ended.
    }
  }
}
