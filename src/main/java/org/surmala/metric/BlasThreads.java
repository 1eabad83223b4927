package org.surmala.metric;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Restricts OpenBLAS to one thread in this process. With several threads it splits, and so rounds,
 * a product differently for each number of threads; instead, each thread of a fit calls it for its
 * own rows.
 */
public final class BlasThreads {
  static {
    // ND4J and its threads keep the context class loader of the starting thread. On a cluster that
    // is the loader of a job, which is closed with the job, while ND4J may outlive it.
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(Nd4j.class.getClassLoader());
    try {
      // ND4J sets the number of threads at its start, so start it first.
      Nd4j.getMemoryManager().togglePeriodicGc(false);
      openblas.blas_set_num_threads(1);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  private BlasThreads() {}

  /** Restricts OpenBLAS, from the first call on. */
  public static void useOneThread() {
    // Done by the static initialiser.
  }
}
