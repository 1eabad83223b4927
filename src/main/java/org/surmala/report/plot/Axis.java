package org.surmala.report.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis.
 *
 * @param label quantity with its unit; may be empty
 * @param low value at the start
 * @param high value at the end, above {@code low}
 * @param ticks values with a tick
 * @param decimals digits after the point in the ticks' labels
 */
record Axis(String label, double low, double high, List<Double> ticks, int decimals) {
  private static final double[] STEPS = {1, 2, 5, 10};

  Axis {
    if (!(low < high)) {
      throw new IllegalArgumentException("axis " + label + " from " + low + " to " + high);
    }
    ticks = List.copyOf(ticks);
  }

  /**
   * An axis that covers the values, with about the wanted number of ticks in steps of 1, 2 or 5
   * times a power of ten. Its ends are ticks.
   */
  static Axis covering(String label, double low, double high, int wanted) {
    double from = low;
    double to = high;
    if (!(to - from > Math.abs(to) * 1e-12)) {
      double room = Math.max(Math.abs(to) * 0.1, 0.5);
      from -= room;
      to += room;
    }
    double step = step((to - from) / wanted);
    long first = (long) Math.floor(from / step + 1e-9);
    long last = (long) Math.ceil(to / step - 1e-9);
    return ofSteps(label, step, first, last);
  }

  /** An axis over whole numbers, such as epochs or k, with half a unit of padding at both ends. */
  static Axis ofWholeNumbers(String label, int low, int high, int wanted) {
    int step = (int) Math.max(1, Math.round(step((high - low) / (double) wanted)));
    List<Double> ticks = new ArrayList<>();
    for (int tick = Math.floorDiv(low + step - 1, step) * step; tick <= high; tick += step) {
      ticks.add((double) tick);
    }
    double room = Math.max(0.5, (high - low) * 0.02);
    return new Axis(label, low - room, high + room, ticks, 0);
  }

  private static Axis ofSteps(String label, double step, long first, long last) {
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return new Axis(label, first * step, last * step, ticks, decimals);
  }

  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (rough <= step * power * (1 + 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Relative position of a value between the ends, 0 to 1 inside. */
  double fraction(double value) {
    return (value - low) / (high - low);
  }

  /** The label of a tick, with a true minus sign and grouped thousands. */
  String text(double tick) {
    String digits =
        BigDecimal.valueOf(tick).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    boolean negative = digits.startsWith("-");
    String whole = negative ? digits.substring(1) : digits;
    int point = whole.indexOf('.');
    int end = point < 0 ? whole.length() : point;
    StringBuilder grouped = new StringBuilder(whole);
    for (int i = end - 3; i > 0 && end > 4; i -= 3) {
      grouped.insert(i, '\u2009');
    }
    boolean zero = whole.chars().allMatch(c -> c == '0' || c == '.');
    return negative && !zero ? "−" + grouped : grouped.toString();
  }
}
