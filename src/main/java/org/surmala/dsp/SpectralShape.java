package org.surmala.dsp;

/**
 * The shape of one spectrum in four numbers: centroid, bandwidth, roll-off and flatness, as
 * librosa's functions of those names with their defaults. For one thread at a time.
 */
public final class SpectralShape {
  /** Share of the magnitude that lies below the roll-off. */
  public static final double ROLL_OFF = 0.85;

  /** Factors of the geometric mean that are multiplied before a logarithm is taken. */
  private static final int FACTORS = 8;

  private final double binWidth;
  private double centroid;
  private double bandwidth;
  private double rollOff;
  private double flatness;

  /**
   * Prepares for spectra of one kind.
   *
   * @param sampleRate Hz
   * @param fftSize samples in the frames
   */
  public SpectralShape(int sampleRate, int fftSize) {
    binWidth = (double) sampleRate / fftSize;
  }

  /**
   * Measures one frame.
   *
   * @param power |X|² of each bin
   * @param magnitude |X| of each bin
   */
  public void measure(double[] power, double[] magnitude) {
    int bins = magnitude.length;
    double sum = 0;
    double moment = 0;
    for (int k = 0; k < bins; k++) {
      sum += magnitude[k];
      moment += k * magnitude[k];
    }
    if (sum < Float.MIN_NORMAL) {
      centroid = 0;
      bandwidth = 0;
      rollOff = 0;
    } else {
      double middle = moment / sum;
      double spread = 0;
      for (int k = 0; k < bins; k++) {
        spread += (k - middle) * (k - middle) * magnitude[k];
      }
      centroid = middle * binWidth;
      bandwidth = Math.sqrt(spread / sum) * binWidth;
      double wanted = ROLL_OFF * sum;
      double below = magnitude[0];
      int bin = 0;
      while (below < wanted && bin < bins - 1) {
        bin++;
        below += magnitude[bin];
      }
      rollOff = bin * binWidth;
    }
    flatness = flatness(power);
  }

  private static double flatness(double[] power) {
    double sum = 0;
    double logarithms = 0;
    double product = 1;
    for (int k = 0; k < power.length; k++) {
      double p = Math.max(Decibels.FLOOR, power[k]);
      sum += p;
      product *= p;
      // Eight factors between 1e-10 and 1e30 neither overflow nor vanish.
      if (k % FACTORS == FACTORS - 1) {
        logarithms += Math.log(product);
        product = 1;
      }
    }
    logarithms += Math.log(product);
    return Math.exp(logarithms / power.length) / (sum / power.length);
  }

  /** Centre of mass of the magnitudes, Hz; 0 in silence ({@code spectral_centroid}). */
  public double centroid() {
    return centroid;
  }

  /** Standard deviation around the centroid, Hz; 0 in silence ({@code spectral_bandwidth}). */
  public double bandwidth() {
    return bandwidth;
  }

  /**
   * Frequency with 85 % of the magnitude at or below it, Hz; 0 in silence ({@code
   * spectral_rolloff}).
   */
  public double rollOff() {
    return rollOff;
  }

  /**
   * Geometric over arithmetic mean of the power, each bin at least 1e-10: near 0 for a tone, 1 for
   * white noise and for silence ({@code spectral_flatness}).
   */
  public double flatness() {
    return flatness;
  }
}
