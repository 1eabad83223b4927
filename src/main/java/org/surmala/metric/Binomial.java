package org.surmala.metric;

import java.util.SplittableRandom;

/**
 * Draws from the binomial distribution in time independent of n: by the gaps between successes if
 * few are expected, else by transformed rejection (algorithm BTRS of Hörmann 1993, The generation
 * of binomial random variates).
 */
final class Binomial {
  private static final double FEW = 10;

  private Binomial() {}

  /** Draws the number of successes in n trials of probability p. */
  static long draw(long n, double p, SplittableRandom random) {
    if (n == 0 || p == 0) {
      return 0;
    }
    if (p > 0.5) {
      return n - draw(n, 1 - p, random);
    }
    return n * p < FEW ? byGaps(n, p, random) : byRejection(n, p, random);
  }

  private static long byGaps(long n, double p, SplittableRandom random) {
    double logFailure = Math.log1p(-p);
    double trials = 0;
    long successes = -1;
    do {
      successes++;
      trials += Math.floor(Math.log(1 - random.nextDouble()) / logFailure) + 1;
    } while (trials <= n);
    return successes;
  }

  private static long byRejection(long n, double p, SplittableRandom random) {
    double deviation = Math.sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = n * p + 0.5;
    double squeeze = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double logOdds = Math.log(p / (1 - p));
    long mode = (long) Math.floor((n + 1) * p);
    double atMode = LogFactorial.of(mode) + LogFactorial.of(n - mode);
    while (true) {
      double u = random.nextDouble() - 0.5;
      double v = 1 - random.nextDouble();
      double fromEdge = 0.5 - Math.abs(u);
      double place = Math.floor((2 * a / fromEdge + b) * u + centre);
      if (!(place >= 0 && place <= n)) {
        continue;
      }
      long successes = (long) place;
      if (fromEdge >= 0.07 && v <= squeeze) {
        return successes;
      }
      double logRatio =
          atMode
              - LogFactorial.of(successes)
              - LogFactorial.of(n - successes)
              + (successes - mode) * logOdds;
      if (Math.log(v * alpha / (a / (fromEdge * fromEdge) + b)) <= logRatio) {
        return successes;
      }
    }
  }
}
