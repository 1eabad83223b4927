package org.surmala.dsp;

/**
 * The first coefficients of the orthonormal discrete cosine transform of type II: {@code
 * scipy.fft.dct(type=2, norm="ortho")}. Of log-mel bands it gives the MFCC (Davis and Mermelstein
 * 1980; librosa.feature.mfcc). Not safe for use by several threads.
 */
public final class CosineTransform {
  private final int inputs;
  private final int outputs;
  private final double[] basis;
  private final double[] sums;
  private final double[] differences;

  /** Builds the basis of {@code outputs} coefficients, at most {@code inputs}. */
  public CosineTransform(int inputs, int outputs) {
    if (outputs < 1 || outputs > inputs) {
      throw new IllegalArgumentException(
          "the coefficients must be 1 to " + inputs + ", the number of bands, not " + outputs);
    }
    this.inputs = inputs;
    this.outputs = outputs;
    basis = new double[inputs * outputs];
    sums = new double[inputs / 2];
    differences = new double[inputs / 2];
    for (int k = 0; k < outputs; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / inputs);
      for (int n = 0; n < inputs; n++) {
        basis[k * inputs + n] = scale * Math.cos(Math.PI * k * (2 * n + 1) / (2 * inputs));
      }
    }
  }

  /**
   * Transforms {@code inputs} values at {@code from} into {@code outputs} coefficients at {@code
   * to}.
   */
  public void apply(float[] in, int from, float[] out, int to) {
    // Even coefficients are cosines symmetric about the middle of the bands, odd ones
    // antisymmetric: each needs only half the products.
    int half = inputs / 2;
    for (int n = 0; n < half; n++) {
      double near = in[from + n];
      double far = in[from + inputs - 1 - n];
      sums[n] = near + far;
      differences[n] = near - far;
    }
    boolean odd = inputs % 2 == 1;
    for (int k = 0; k < outputs; k++) {
      double[] folded = k % 2 == 0 ? sums : differences;
      int row = k * inputs;
      double sum0 = odd ? basis[row + half] * in[from + half] : 0;
      double sum1 = 0;
      int n = 0;
      for (; n + 1 < half; n += 2) {
        sum0 += basis[row + n] * folded[n];
        sum1 += basis[row + n + 1] * folded[n + 1];
      }
      if (n < half) {
        sum0 += basis[row + n] * folded[n];
      }
      out[to + k] = (float) (sum0 + sum1);
    }
  }
}
