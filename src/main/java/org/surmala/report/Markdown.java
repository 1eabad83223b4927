package org.surmala.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Estimate;

/** Text in CommonMark with tables. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /** Adds what has been escaped where it needs to be. */
  Markdown append(Object part) {
    text.append(part);
    return this;
  }

  /** Adds a row of a table. */
  void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** With three decimals; a dash where there is none. */
  static String number(@Nullable Double value) {
    return value == null || value.isNaN()
        ? "–"
        : String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }

  /** With its confidence interval, where one is known. */
  static String estimate(Estimate estimate) {
    String value = number(estimate.getValue());
    return estimate.getLow() == null || estimate.getHigh() == null
        ? value
        : value + " [" + number(estimate.getLow()) + ", " + number(estimate.getHigh()) + "]";
  }

  /** Makes text stand for itself: no markup, no table cell, no line break. */
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
