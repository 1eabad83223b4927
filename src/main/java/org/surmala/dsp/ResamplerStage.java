package org.surmala.dsp;

/**
 * One change of the sample rate. Implementations are immutable and safe for use by many threads.
 */
interface ResamplerStage {
  /**
   * Computes output samples {@code first} to {@code first + count - 1}, counted so that output
   * sample 0 and input sample 0 are at the same time. Input samples that are not given are zero.
   *
   * @param input samples
   * @param origin where input sample 0 is in {@code input}
   * @param first index of the first wanted output sample; may be negative
   * @param count how many are wanted
   */
  float[] apply(float[] input, int origin, int first, int count);

  /** How many input samples to either side an output sample depends on at most. */
  int reach();
}
