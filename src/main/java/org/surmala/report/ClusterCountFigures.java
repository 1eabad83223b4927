package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.Heading;
import org.surmala.report.plot.Legend;
import org.surmala.report.plot.LinesFigure;
import org.surmala.report.plot.Palette;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;

/** Figures of the scores of each k. */
record ClusterCountFigures(ReportOptions options, ReportData data) {
  /** A swept k; its value is null if it was not measured. */
  private record Tried(int k, @Nullable Double value, boolean chosen) {}

  @Nullable Figure sweep() {
    Map<String, Map<String, List<ClusteringMetrics>>> byRepresentation = new TreeMap<>();
    for (ClusteringMetrics row : data.metrics()) {
      byRepresentation
          .computeIfAbsent(row.getRepresentation(), r -> new TreeMap<>())
          .computeIfAbsent(row.getClusterer(), c -> new ArrayList<>())
          .add(row);
    }
    List<String> clusterers =
        List.copyOf(
            new TreeSet<>(data.metrics().stream().map(ClusteringMetrics::getClusterer).toList()));
    List<LinesFigure.Plot> plots = new ArrayList<>();
    TreeSet<String> shown = new TreeSet<>();
    byRepresentation.forEach(
        (representation, rows) -> {
          List<LinesFigure.Curve> curves = new ArrayList<>();
          rows.forEach(
              (clusterer, points) -> {
                LinesFigure.Curve curve =
                    curve(
                        clusterers.indexOf(clusterer),
                        points.stream()
                            .map(
                                row ->
                                    new Tried(row.getK(), row.getSilhouette(), row.getChosen())));
                if (curve != null) {
                  curves.add(curve);
                  shown.add(clusterer);
                }
              });
          if (!curves.isEmpty()) {
            plots.add(
                new LinesFigure.Plot(
                    Terms.capital(Terms.of(representation)),
                    "Number of clusters k",
                    "Mean silhouette",
                    curves));
          }
        });
    if (plots.isEmpty()) {
      return null;
    }
    List<Legend.Entry> entries = new ArrayList<>();
    for (String clusterer : shown) {
      int place = clusterers.indexOf(clusterer);
      entries.add(new Legend.Entry(Terms.of(clusterer), place, true, Palette.dash(place)));
    }
    return new LinesFigure(
        new Heading(
            "Number of clusters",
            "Mean silhouette for each k; rings mark the chosen k. Compare values within a plot"
                + " only."),
        new Legend("Clusterer", entries),
        plots);
  }

  /** All criteria for k, for the primary representation. */
  @Nullable Figure criteria() {
    List<Clustering> swept = Sweep.clusterings(options, data);
    List<String> clusterers =
        List.copyOf(new TreeSet<>(swept.stream().map(Clustering::getClusterer).toList()));
    TreeSet<Integer> shown = new TreeSet<>();
    List<LinesFigure.Plot> plots = new ArrayList<>();
    for (Sweep criterion : Sweep.values()) {
      List<LinesFigure.Curve> curves = new ArrayList<>();
      for (int place = 0; place < clusterers.size(); place++) {
        String clusterer = clusterers.get(place);
        LinesFigure.Curve curve =
            curve(
                place,
                swept.stream()
                    .filter(c -> c.getClusterer().equals(clusterer))
                    .map(c -> new Tried(c.getK(), criterion.of(c), c.getChosen())));
        if (curve != null) {
          curves.add(curve);
          shown.add(place);
        }
      }
      if (!curves.isEmpty()) {
        plots.add(
            new LinesFigure.Plot(
                criterion.title(), "Number of clusters k", criterion.direction(), curves));
      }
    }
    if (plots.isEmpty()) {
      return null;
    }
    String reason =
        swept.stream()
            .filter(c -> c.getChosen() && c.getClusterer().equals(options.clusterer()))
            .map(c -> Terms.of(c.getClusterer()) + " has k = " + c.getK() + ": " + c.getReason())
            .findFirst()
            .orElse("No k was chosen for the primary clusterer");
    return new LinesFigure(
        new Heading(
            "Number of clusters, by each criterion",
            "%s; rings mark the chosen k. %s."
                .formatted(Terms.capital(Terms.of(options.representation())), reason)),
        new Legend(
            "Clusterer",
            shown.stream()
                .map(p -> new Legend.Entry(Terms.of(clusterers.get(p)), p, true, Palette.dash(p)))
                .toList()),
        plots);
  }

  /** The curve of one clusterer over k; null with fewer than two values. */
  private static LinesFigure.@Nullable Curve curve(int place, Stream<Tried> tried) {
    List<Integer> ks = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    tried
        .sorted(Comparator.comparing(Tried::k))
        .forEach(
            t -> {
              Double value = t.value;
              if (value != null && !value.isNaN() && !ks.contains(t.k)) {
                ks.add(t.k);
                values.add(value);
                if (t.chosen) {
                  chosen.add(t.k);
                }
              }
            });
    return ks.size() < 2
        ? null
        : new LinesFigure.Curve(place, Palette.dash(place), ks, values, chosen);
  }
}
