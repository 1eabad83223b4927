package org.surmala.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of tempi, in beats per minute.
 *
 * @param low slowest tempo, inclusive
 * @param high fastest tempo, inclusive
 */
public record TempoRange(double low, double high) {
  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*\\.\\.\\s*(\\d+(?:\\.\\d+)?)\\s*");

  /**
   * Parses {@code 90..120}.
   *
   * @throws IllegalArgumentException if it is not a range, or its first tempo is above its last
   */
  public static TempoRange parse(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a range of tempi; write it as 90..120");
    }
    TempoRange range =
        new TempoRange(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
    if (range.low > range.high) {
      throw new IllegalArgumentException(
          "'" + text + "' is empty: its first tempo is above its last; swap them");
    }
    return range;
  }

  /** Whether a tempo is in the range; false for an unknown one. */
  boolean has(@Nullable Double bpm) {
    return bpm != null && bpm >= low && bpm <= high;
  }
}
