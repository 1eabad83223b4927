package org.surmala.nn;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one rule for OpenBLAS in this process: it gets one thread. With more it splits a product
 * differently, and rounds differently, for each number of threads; a fit's threads each call it for
 * their own rows instead.
 */
final class Blas {
  static {
    // ND4J sets the number of threads when it starts, so it must have started before.
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    openblas.blas_set_num_threads(1);
  }

  private Blas() {}

  /** Holds from the first call on. */
  static void useOneThread() {
    // The static initialiser has done it.
  }
}
