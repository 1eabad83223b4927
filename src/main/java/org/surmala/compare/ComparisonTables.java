package org.surmala.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CsvFile;
import org.surmala.metric.Bootstrap.Interval;

/** A comparison as text: CSV for programs, Markdown of at most 80 columns, and HTML. */
public final class ComparisonTables {
  private static final int NAME_COLUMNS = 14;

  private ComparisonTables() {}

  /** Columns of comparison.csv. */
  public static final List<String> COLUMNS =
      CsvFile.columns(
          "representation,clusterer,k,seeds,ari,ari_deviation,ari_low,ari_high,nmi,"
              + "nmi_deviation,nmi_low,nmi_high,ami,purity,silhouette,logistic,"
              + "nearest_neighbours,chance,baseline,ari_difference,ari_difference_low,"
              + "ari_difference_high,flags,precision_1,precision_10,map");

  /** The text of comparison.csv: RFC 4180 with a header; undefined values are empty. */
  public static String csv(ComparisonSummary summary) {
    StringBuilder csv = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
      printer.printRecord(COLUMNS);
      for (Map<String, @Nullable Object> row : records(summary)) {
        printer.printRecord(row.values());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return csv.toString();
  }

  /** The rows of comparison.csv by column: texts, numbers, and null for undefined values. */
  public static List<Map<String, @Nullable Object>> records(ComparisonSummary summary) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (ComparisonRow row : summary.rows()) {
      Interval difference = row.differenceInterval();
      List<@Nullable Object> values =
          Arrays.asList(
              row.representation(),
              row.clusterer(),
              row.k() == 0 ? null : row.k(),
              summary.grid().seeds().size(),
              row.ari(),
              row.ariDeviation(),
              row.ariInterval().low(),
              row.ariInterval().high(),
              row.nmi(),
              row.nmiDeviation(),
              row.nmiInterval().low(),
              row.nmiInterval().high(),
              row.ami(),
              row.purity(),
              row.silhouette(),
              row.logistic(),
              row.neighbours(),
              row.chance(),
              row.baseline(),
              row.difference(),
              difference == null ? null : difference.low(),
              difference == null ? null : difference.high(),
              summary.mark(row.representation()),
              row.precisionAt1(),
              row.precisionAt10(),
              row.meanAveragePrecision());
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int column = 0; column < COLUMNS.size(); column++) {
        named.put(COLUMNS.get(column), known(values.get(column)));
      }
      records.add(named);
    }
    return records;
  }

  private static @Nullable Object known(@Nullable Object value) {
    return value instanceof Double number && number.isNaN() ? null : value;
  }

  /** The verdict and a table, for a terminal. */
  public static String markdown(ComparisonSummary summary) {
    StringBuilder text = new StringBuilder();
    summary.verdict().forEach(sentence -> text.append("- ").append(sentence).append('\n'));
    text.append('\n');
    String format = "| %-14.14s | %-13.13s | %3s | %-10s | %-9s | %-12s |\n";
    text.append(
        String.format(
            Locale.ROOT, format, "representation", "clusterer", "k", "ARI", "NMI", "ΔARI, 95 %"));
    text.append(
        "| -------------- | ------------- | --: | ---------- | --------- | ------------ |\n");
    for (ComparisonRow row : summary.rows()) {
      Interval difference = row.differenceInterval();
      text.append(
          String.format(
              Locale.ROOT,
              format,
              marked(summary, row, NAME_COLUMNS).replace("|", "\\|"),
              row.clusterer().replace("|", "\\|"),
              k(row),
              spread(row.ari(), row.ariDeviation()),
              spread(row.nmi(), row.nmiDeviation()),
              difference == null
                  ? summary.grid().baselines().contains(row.representation()) ? "baseline" : "–"
                  : String.format(
                      Locale.ROOT, "%s..%s", signed(difference.low()), signed(difference.high()))));
    }
    return text.append(probes(summary)).toString();
  }

  /** The probes of each representation, which are the same in each of its rows. */
  private static String probes(ComparisonSummary summary) {
    StringBuilder text = new StringBuilder();
    String format = "| %-14.14s | %8s | %9s | %9s | %10s | %5s |\n";
    for (String representation : summary.grid().representations()) {
      ComparisonRow row =
          summary.rows().stream()
              .filter(r -> r.representation().equals(representation))
              .findFirst()
              .orElseThrow();
      if (row.logistic() != null && row.neighbours() != null) {
        text.append(
            String.format(
                Locale.ROOT,
                format,
                representation.replace("|", "\\|"),
                rounded(row.logistic()),
                rounded(row.neighbours()),
                precision(row.precisionAt1()),
                precision(row.precisionAt10()),
                precision(row.meanAveragePrecision())));
      }
    }
    return text.isEmpty()
        ? ""
        : "\n"
            + String.format(
                Locale.ROOT,
                format,
                "representation",
                "logistic",
                "5 nearest",
                "prec. @ 1",
                "prec. @ 10",
                "MAP")
            + "| -------------- | -------: | --------: | --------: | ---------: | ----: |\n"
            + text;
  }

  /** An HTML fragment: the verdict as a list, and a table with every score. */
  public static String html(ComparisonSummary summary) {
    StringBuilder html = new StringBuilder("<ul class=\"verdict\">\n");
    summary
        .verdict()
        .forEach(sentence -> html.append("<li>").append(escaped(sentence)).append("</li>\n"));
    html.append(
        "</ul>\n"
            + "<table class=\"comparison\">\n"
            + "<thead><tr><th>representation</th><th>clusterer</th>"
            + "<th>k</th><th>ARI</th><th>95&nbsp;%</th><th>NMI</th><th>95&nbsp;%</th><th>AMI</th><th>purity</th><th>silhouette</th><th>logistic</th><th>5&nbsp;nearest</th><th>precision&nbsp;at&nbsp;1</th><th>at&nbsp;10</th><th>MAP</th><th>chance</th><th>against</th><th>ΔARI</th><th>95&nbsp;%</th></tr></thead>\n"
            + "<tbody>\n");
    for (ComparisonRow row : summary.rows()) {
      Interval difference = row.differenceInterval();
      html.append("<tr>");
      cell(html, marked(summary, row, row.representation().length() + 1));
      cell(html, row.clusterer());
      cell(html, k(row));
      cell(html, spread(row.ari(), row.ariDeviation()));
      cell(html, interval(row.ariInterval()));
      cell(html, spread(row.nmi(), row.nmiDeviation()));
      cell(html, interval(row.nmiInterval()));
      cell(html, rounded(row.ami()));
      cell(html, rounded(row.purity()));
      cell(html, row.silhouette() == null ? "withheld" : rounded(row.silhouette()));
      cell(html, row.logistic() == null ? "–" : rounded(row.logistic()));
      cell(html, row.neighbours() == null ? "–" : rounded(row.neighbours()));
      cell(html, precision(row.precisionAt1()));
      cell(html, precision(row.precisionAt10()));
      cell(html, precision(row.meanAveragePrecision()));
      cell(html, String.format(Locale.ROOT, "%.3f", row.chance()));
      cell(html, row.baseline() == null ? "–" : row.baseline());
      cell(html, row.difference() == null ? "–" : signed(row.difference()));
      cell(
          html,
          difference == null ? "–" : signed(difference.low()) + " to " + signed(difference.high()));
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n").toString();
  }

  /** A representation's name, with a star if it has a caveat. */
  private static String marked(ComparisonSummary summary, ComparisonRow row, int columns) {
    String name = row.representation();
    return summary.mark(name).isEmpty()
        ? name
        : name.substring(0, Math.min(name.length(), columns - 1)) + "*";
  }

  /** The k of a row; empty for a clusterer that finds it. */
  private static String k(ComparisonRow row) {
    return row.k() == 0 ? "–" : Integer.toString(row.k());
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(escaped(text)).append("</td>");
  }

  private static String spread(double mean, double deviation) {
    return rounded(mean) + "±" + rounded(deviation);
  }

  private static String interval(Interval interval) {
    return rounded(interval.low()) + " to " + rounded(interval.high());
  }

  private static String precision(@Nullable Double value) {
    return value == null ? "–" : rounded(value);
  }

  private static String rounded(double value) {
    // Adding zero turns a negative zero into a plain one.
    return String.format(Locale.ROOT, "%.2f", Math.rint(value * 100) / 100 + 0.0);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
