package org.surmala.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Estimate;

/** Text in CommonMark with tables. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /** Appends text that is already escaped. */
  Markdown append(Object part) {
    text.append(part);
    return this;
  }

  /** Adds a row of a table. */
  void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A number with three decimals; a dash for null. */
  static String number(@Nullable Double value) {
    return value == null || value.isNaN()
        ? "–"
        : String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }

  /** A score with its confidence interval, if there is one. */
  static String estimate(Estimate estimate) {
    return estimate(estimate.getValue(), estimate.getLow(), estimate.getHigh());
  }

  /** A value with its confidence interval, if it has both ends. */
  static String estimate(@Nullable Double value, @Nullable Double low, @Nullable Double high) {
    return low == null || high == null
        ? number(value)
        : number(value) + " [" + number(low) + ", " + number(high) + "]";
  }

  /** Escapes text: no markup, no table cell, no line break. */
  static String escape(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ")
        .replaceAll("([\\\\`*_\\[\\]|~#])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
