package org.surmala.metric;

import java.util.stream.IntStream;

/** Natural logarithms of whole numbers and of their factorials. */
final class LogFactorial {
  private static final int TABLE_SIZE = 1024;
  private static final double[] LOGS =
      IntStream.range(0, TABLE_SIZE).mapToDouble(Math::log).toArray();
  private static final double[] TABLE = table();
  private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

  private LogFactorial() {}

  /** ln(n) for n ≥ 0, from a table up to 1023; −∞ for 0. */
  static double ofNumber(long n) {
    return n < TABLE_SIZE ? LOGS[(int) n] : Math.log((double) n);
  }

  /**
   * ln(n!) for n ≥ 0, to within a few units in the last place: summed up to 1023, Stirling's series
   * (Abramowitz and Stegun 6.1.41) above.
   */
  static double of(long n) {
    if (n < TABLE_SIZE) {
      return TABLE[(int) n];
    }
    double x = n;
    double inverse = 1 / x;
    double inverse2 = inverse * inverse;
    double series = inverse * (1.0 / 12 - inverse2 * (1.0 / 360 - inverse2 / 1260));
    return (x + 0.5) * Math.log(x) - x + HALF_LOG_2_PI + series;
  }

  private static double[] table() {
    double[] table = new double[TABLE_SIZE];
    double sum = 0;
    double lost = 0;
    for (int n = 2; n < TABLE_SIZE; n++) {
      double term = LOGS[n] - lost;
      double next = sum + term;
      lost = (next - sum) - term;
      sum = next;
      table[n] = sum;
    }
    return table;
  }
}
