package org.surmala.metric;

/**
 * Page's one-sided test for a rise of the mean (Page, Continuous inspection schemes, Biometrika 41,
 * 1954; the cumulative sum of a control chart): {@code S ← max(0, S + min(z, cap) − allowance)},
 * with an alarm when S exceeds the threshold. Values z are standardised by the mean and standard
 * deviation of a reference.
 *
 * <p>For a normal reference the mean number of values between false alarms is about 930 at
 * allowance 0.5 and threshold 5 (Siegmund 1985, both sides halved), and beyond 10⁶ at allowance 1
 * and threshold 8. Values above the cap count as the cap, so that a single outlier is not a drift.
 *
 * @param deviation standard deviation of the reference; if 0, every value counts as the mean
 * @param allowance tolerated standard deviations above the mean, 0 or more
 * @param threshold threshold in standard deviations, above 0
 */
public record CusumDriftDetector(
    double mean, double deviation, double allowance, double threshold) {
  /** Largest standardised value that counts. */
  public static final double CAP = 4;

  public CusumDriftDetector {
    if (!(allowance >= 0) || !(threshold > 0)) {
      throw new IllegalArgumentException(
          "allowance is %s and threshold %s; give 0 or more and above 0"
              .formatted(allowance, threshold));
    }
  }

  /** A detector for a reference of finite values; if it is empty, there is never a drift. */
  public static CusumDriftDetector against(double[] reference, double allowance, double threshold) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < reference.length; i++) {
      double difference = reference[i] - mean;
      mean += difference / (i + 1);
      squares += difference * (reference[i] - mean);
    }
    double deviation = reference.length == 0 ? 0 : Math.sqrt(squares / reference.length);
    return new CusumDriftDetector(mean, deviation, allowance, threshold);
  }

  /** The statistic after one more value; it starts at 0. */
  public double next(double statistic, double value) {
    double z = deviation == 0 ? 0 : Math.min(CAP, (value - mean) / deviation);
    return Math.max(0, statistic + z - allowance);
  }

  /** The statistic as a share of the threshold: an alarm is due above 1. */
  public double share(double statistic) {
    return statistic / threshold;
  }

  /** Whether the statistic indicates a rise of the mean. */
  public boolean alarms(double statistic) {
    return statistic > threshold;
  }
}
