package org.surmala.dsp;

/** One stage of resampling. Implementations are immutable and safe for use by several threads. */
interface ResamplerStage {
  /**
   * Computes output samples {@code first} to {@code first + count - 1}, counted so that output
   * sample 0 and input sample 0 are at the same time. Missing input samples are zero.
   *
   * @param input samples
   * @param origin index of input sample 0 in {@code input}
   * @param first index of the first output sample; may be negative
   * @param count number of output samples
   */
  float[] apply(float[] input, int origin, int first, int count);

  /** Largest distance, in input samples, of an input that an output sample depends on. */
  int reach();
}
