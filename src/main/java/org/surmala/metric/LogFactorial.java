package org.surmala.metric;

/** Natural logarithm of a factorial, to within a few units in the last place. */
final class LogFactorial {
  private static final int TABLE_SIZE = 1024;
  private static final double[] TABLE = table();
  private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

  private LogFactorial() {}

  /**
   * ln(n!) for n ≥ 0: summed up to 1023, Stirling's series (Abramowitz and Stegun 6.1.41) above.
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
      double term = Math.log(n) - lost;
      double next = sum + term;
      lost = (next - sum) - term;
      sum = next;
      table[n] = sum;
    }
    return table;
  }
}
