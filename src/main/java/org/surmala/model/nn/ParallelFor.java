package org.surmala.model.nn;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A small thread pool for the parts of a training step, thousands of times per second. Unlike an
 * executor's, a hand-over takes microseconds and allocates nothing. The result does not depend on
 * which thread runs a part.
 *
 * <p>One thread at a time may call {@link #run}.
 */
public final class ParallelFor implements AutoCloseable {
  /** Iterations of busy waiting before a thread sleeps, some tens of microseconds. */
  private static final int SPINS = 2_000;

  /** Smallest number of operations that is worth distributing to other threads. */
  private static final long WORTH_SHARING = 4_000_000;

  private final Thread[] helpers;
  private final AtomicIntegerArray done;
  private volatile int generation;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private @Nullable IntConsumer part;
  private int parts;

  /** The caller's thread is one of the {@code threads}. */
  public ParallelFor(int threads) {
    helpers = new Thread[threads - 1];
    // Each counter has its own cache line.
    done = new AtomicIntegerArray(16 * threads);
    for (int i = 0; i < helpers.length; i++) {
      int helper = i;
      helpers[i] = new Thread(() -> help(helper), "surmala-fit-" + (i + 1));
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** Runs parts 0 … count - 1, on one thread if the work is too small to distribute. */
  public void run(int count, long operations, IntConsumer work) {
    if (operations < WORTH_SHARING) {
      for (int i = 0; i < count; i++) {
        work.accept(i);
      }
    } else {
      run(count, work);
    }
  }

  /** Runs parts 0 … count - 1, and returns when all have ended. */
  public void run(int count, IntConsumer work) {
    if (helpers.length == 0 || count == 1) {
      for (int i = 0; i < count; i++) {
        work.accept(i);
      }
      return;
    }
    part = work;
    parts = count;
    int turn = generation + 1;
    generation = turn;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    Throwable own = null;
    try {
      share(0, count, work);
    } catch (RuntimeException | Error e) {
      own = e;
    }
    for (int i = 0; i < helpers.length; i++) {
      for (int spins = 0; done.get(16 * i) != turn; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, 20_000);
        }
      }
    }
    Throwable thrown = own != null ? own : failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a part of a training step failed", thrown);
    }
  }

  private void share(int first, int count, IntConsumer work) {
    for (int i = first; i < count; i += helpers.length + 1) {
      work.accept(i);
    }
  }

  private void help(int helper) {
    int seen = 0;
    while (true) {
      for (int spins = 0; generation == seen; spins++) {
        if (closed) {
          return;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen = generation;
      try {
        IntConsumer work = part;
        if (work != null) {
          share(helper + 1, parts, work);
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      done.set(16 * helper, seen);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
