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
    String value = number(estimate.getValue());
    return estimate.getLow() == null || estimate.getHigh() == null
        ? value
        : value + " [" + number(estimate.getLow()) + ", " + number(estimate.getHigh()) + "]";
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
