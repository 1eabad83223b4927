package org.surmala.metric;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one rule for OpenBLAS in this process: it gets one thread. With more it splits a product
 * differently, and rounds differently, for each number of threads; a fit's threads each call it for
 * their own rows instead.
 */
public final class BlasThreads {
  static {
    // ND4J keeps the loader that the thread has when it starts, and so do its own threads. On a
    // cluster that is one job's, closed with the job, while ND4J may outlive it.
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(Nd4j.class.getClassLoader());
    try {
      // ND4J sets the number of threads when it starts, so it must have started before.
      Nd4j.getMemoryManager().togglePeriodicGc(false);
      openblas.blas_set_num_threads(1);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  private BlasThreads() {}

  /** Holds from the first call on. */
  public static void useOneThread() {
    // The static initialiser has done it.
  }
}
