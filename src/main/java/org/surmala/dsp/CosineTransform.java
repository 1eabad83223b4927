package org.surmala.dsp;

/**
 * Discrete cosine transform of type II, orthonormal, the first coefficients only: {@code
 * scipy.fft.dct(type=2, norm="ortho")}. Of log-mel bands it gives the MFCC (Davis and Mermelstein
 * 1980; librosa.feature.mfcc).
 */
public final class CosineTransform {
  private final int inputs;
  private final int outputs;
  private final double[] basis;

  /**
   * Builds the basis.
   *
   * @param inputs values that are transformed
   * @param outputs coefficients that are wanted, at most {@code inputs}
   */
  public CosineTransform(int inputs, int outputs) {
    if (outputs < 1 || outputs > inputs) {
      throw new IllegalArgumentException(
          "the coefficients must be 1 to " + inputs + ", the number of bands, not " + outputs);
    }
    this.inputs = inputs;
    this.outputs = outputs;
    basis = new double[inputs * outputs];
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
    for (int k = 0; k < outputs; k++) {
      double sum = 0;
      int row = k * inputs;
      for (int n = 0; n < inputs; n++) {
        sum += basis[row + n] * in[from + n];
      }
      out[to + k] = (float) sum;
    }
  }
}
