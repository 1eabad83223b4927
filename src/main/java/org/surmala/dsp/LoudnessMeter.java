package org.surmala.dsp;

/**
 * Integrated loudness of a mono signal by ITU-R BS.1770-4: K-weighting, blocks of 400 ms that
 * overlap by 75 %, an absolute gate at -70 LUFS and a relative gate 10 LU below the loudness of the
 * blocks that passed the first gate.
 *
 * <p>The recommendation gives its two filters for 48 kHz only. They are designed here for any rate
 * by the bilinear transform of the analogue prototypes that B. De Man fitted to them ("Evaluation
 * of implementations of the EBU R128 loudness measurement", AES 145, 2018), as FFmpeg's {@code
 * ebur128} does.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class LoudnessMeter {
  /** Loudness of the absolute gate, LUFS. */
  public static final double ABSOLUTE_GATE_LUFS = -70;

  /** Length of a block in seconds; shorter signals have no loudness. */
  public static final double BLOCK_SECONDS = 0.4;

  /** The lowest rate at which the filters can be designed, Hz. */
  public static final int MIN_RATE = 4_000;

  private static final double RELATIVE_GATE_LU = -10;
  private static final double OFFSET_LU = -0.691;
  private static final int STEPS_PER_SECOND = 10;
  private static final int STEPS_PER_BLOCK = 4;

  private final int sampleRate;
  private final Biquad shelf;
  private final Biquad highPass;

  /** A second-order digital filter; the first coefficient of the denominator is 1. */
  record Biquad(double b0, double b1, double b2, double a1, double a2) {}

  /**
   * @param sampleRate sample rate of the signals, Hz
   * @throws IllegalArgumentException if it is below {@link #MIN_RATE}
   */
  public LoudnessMeter(int sampleRate) {
    if (sampleRate < MIN_RATE) {
      throw new IllegalArgumentException(
          "loudness needs a sample rate of at least " + MIN_RATE + " Hz, and got " + sampleRate);
    }
    this.sampleRate = sampleRate;
    this.shelf = shelf(sampleRate);
    this.highPass = highPass(sampleRate);
  }

  /** The first filter: a high shelf of about 4 dB above 2 kHz, the effect of the head. */
  static Biquad shelf(int sampleRate) {
    double k = Math.tan(Math.PI * 1681.974450955533 / sampleRate);
    double q = 0.7071752369554196;
    double high = Math.pow(10, 3.999843853973347 / 20);
    double band = Math.pow(high, 0.4996667741545416);
    double a0 = 1 + k / q + k * k;
    return new Biquad(
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0);
  }

  /** The second filter: a high-pass below 100 Hz, for the ear's low sensitivity there. */
  static Biquad highPass(int sampleRate) {
    double k = Math.tan(Math.PI * 38.13547087602444 / sampleRate);
    double q = 0.5003270373238773;
    double a0 = 1 + k / q + k * k;
    return new Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0);
  }

  /**
   * The integrated loudness, in LUFS.
   *
   * @param samples finite, full scale 1
   * @return minus infinity if no block of 400 ms passes the absolute gate, as in silence or in a
   *     shorter signal
   */
  public double integrated(float[] samples) {
    double[] blocks = blockPowers(samples);
    double absolute = power(ABSOLUTE_GATE_LUFS);
    double relative = power(loudness(meanAbove(blocks, absolute)) + RELATIVE_GATE_LU);
    return loudness(meanAbove(blocks, Math.max(absolute, relative)));
  }

  /** Mean of the powers at or above the gate; zero if there is none. */
  private static double meanAbove(double[] powers, double gate) {
    double sum = 0;
    int count = 0;
    for (double power : powers) {
      if (power >= gate) {
        sum += power;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double loudness(double power) {
    return OFFSET_LU + 10 * Math.log10(power);
  }

  private static double power(double loudness) {
    return Math.pow(10, (loudness - OFFSET_LU) / 10);
  }

  private double[] blockPowers(float[] samples) {
    double[] steps = stepEnergies(samples);
    double[] blocks = new double[Math.max(0, steps.length - STEPS_PER_BLOCK + 1)];
    for (int i = 0; i < blocks.length; i++) {
      double energy = 0;
      for (int step = i; step < i + STEPS_PER_BLOCK; step++) {
        energy += steps[step];
      }
      blocks[i] = energy / (end(i + STEPS_PER_BLOCK) - end(i));
    }
    return blocks;
  }

  /** Sums of squared weighted samples, for each complete step of 100 ms. */
  private double[] stepEnergies(float[] samples) {
    int count = (int) ((long) samples.length * STEPS_PER_SECOND / sampleRate);
    double[] energies = new double[count];
    double s1 = 0;
    double s2 = 0;
    double h1 = 0;
    double h2 = 0;
    int i = 0;
    for (int step = 0; step < count; step++) {
      double energy = 0;
      int end = end(step + 1);
      for (; i < end; i++) {
        // Both filters in transposed direct form II.
        double x = samples[i];
        double y = shelf.b0 * x + s1;
        s1 = shelf.b1 * x - shelf.a1 * y + s2;
        s2 = shelf.b2 * x - shelf.a2 * y;
        double z = y + h1;
        h1 = highPass.b1 * y - highPass.a1 * z + h2;
        h2 = y - highPass.a2 * z;
        energy += z * z;
      }
      energies[step] = energy;
    }
    return energies;
  }

  /** The end of the given number of steps, in samples. */
  private int end(int steps) {
    return (int) ((long) steps * sampleRate / STEPS_PER_SECOND);
  }
}
