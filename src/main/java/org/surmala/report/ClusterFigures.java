package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.Heading;
import org.surmala.report.plot.Legend;
import org.surmala.report.plot.Palette;
import org.surmala.report.plot.ScatterFigure;
import org.surmala.report.plot.SilhouetteFigure;
import org.surmala.report.plot.StackedBarsFigure;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.MapPoint;

/**
 * Figures of the clusters: maps, sizes and silhouettes. A cluster has the same colour in all of
 * them.
 */
final class ClusterFigures {
  /** Number of clusters with their own colour and shape. */
  static final int MOST_CLUSTERS = 24;

  private static final int MOST_BARS = 30;

  private final ReportData data;
  private final Labels labels;
  private final Labels barLabels;
  private final String source;

  ClusterFigures(ReportOptions options, ReportData data) {
    this.data = data;
    this.labels = Labels.of(data.tally().labels(), Labels.MOST);
    // Bars distinguish labels by colour only.
    this.barLabels = Labels.of(data.tally().labels(), Palette.COLORS.size());
    this.source =
        Terms.of(options.representation())
            + ", "
            + Terms.of(options.clusterer())
            + (data.assignments().isEmpty() ? "" : ", k = " + data.assignments().get(0).getK())
            + ": "
            + data.noun().count(data.tally().songs());
  }

  @Nullable Figure mapByCluster() {
    if (data.assignments().size() < 2) {
      return null;
    }
    Map<Integer, Long> sizes = data.tally().sizes();
    List<Legend.Entry> entries = new ArrayList<>();
    int others = 0;
    for (Map.Entry<Integer, Long> size : sizes.entrySet()) {
      int cluster = size.getKey();
      if (cluster >= 0 && cluster < MOST_CLUSTERS) {
        entries.add(Legend.Entry.mark(data.names().counted(cluster, size.getValue()), cluster));
      } else if (cluster >= MOST_CLUSTERS) {
        others++;
      }
    }
    if (others > 0) {
      entries.add(Legend.Entry.mark(others + " more clusters", -1));
    }
    Long noise = sizes.get(-1);
    if (noise != null) {
      entries.add(Legend.Entry.mark("noise (" + noise + ")", -1));
    }
    return new ScatterFigure(
        new Heading("The collection by cluster", mapNote()),
        new Legend("Cluster (" + data.noun().plural() + ")", entries),
        points(i -> look(data.assignments().get(i).getCluster())),
        clusterLabels());
  }

  @Nullable Figure mapByLanguage() {
    if (data.assignments().size() < 2 || labels.distinct() == 0) {
      return null;
    }
    return new ScatterFigure(
        new Heading("The collection by label", mapNote()),
        labelLegend(labels),
        points(i -> labels.place(data.songs().get(i).song().getLanguage())),
        List.of());
  }

  private Legend labelLegend(Labels labels) {
    List<Legend.Entry> entries = new ArrayList<>();
    for (String name : labels.names()) {
      entries.add(Legend.Entry.mark(name, entries.size()));
    }
    String rest = labels.rest();
    if (rest != null) {
      entries.add(Legend.Entry.mark(rest, -1));
    }
    return new Legend("Label", entries);
  }

  private String mapNote() {
    return source
        + (data.isSample() ? ", " + data.assignments().size() + " of them drawn at random" : "")
        + ". "
        + Terms.of(data.map().method())
        + (data.map().method().equals("umap")
            ? " map: neighbours lie close together; distances between groups and axes have no"
                + " meaning."
            : " map: the first two components.");
  }

  /**
   * Points in drawing order: the rest at the bottom, the others in an order that favours no
   * category.
   */
  private List<ScatterFigure.Point> points(IntUnaryOperator look) {
    List<ScatterFigure.Point> rest = new ArrayList<>();
    List<ScatterFigure.Point> points = new ArrayList<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      MapPoint at = data.map().points().get(i);
      int category = look.applyAsInt(i);
      (category < 0 ? rest : points).add(new ScatterFigure.Point(at.getX(), at.getY(), category));
    }
    rest.addAll(points);
    return rest;
  }

  private List<ScatterFigure.Label> clusterLabels() {
    Map<Integer, List<MapPoint>> members = new TreeMap<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      int cluster = data.assignments().get(i).getCluster();
      if (cluster >= 0 && cluster < MOST_CLUSTERS) {
        members.computeIfAbsent(cluster, c -> new ArrayList<>()).add(data.map().points().get(i));
      }
    }
    List<ScatterFigure.Label> result = new ArrayList<>();
    members.forEach(
        (cluster, points) -> {
          double x = quantile(points.stream().map(MapPoint::getX).toList(), 0.5);
          double y = quantile(points.stream().map(MapPoint::getY).toList(), 0.5);
          double reach =
              quantile(
                  points.stream().map(p -> Math.hypot(p.getX() - x, p.getY() - y)).toList(), 0.9);
          result.add(new ScatterFigure.Label(ClusterNames.letter(cluster), x, y, reach));
        });
    return result;
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) (share * (sorted.size() - 1)));
  }

  private static int look(int cluster) {
    return cluster < MOST_CLUSTERS ? cluster : -1;
  }

  @Nullable Figure clusterSizes() {
    if (data.assignments().isEmpty()) {
      return null;
    }
    Map<Integer, Map<Integer, Integer>> counts = new TreeMap<>();
    for (int cluster : data.tally().sizes().keySet()) {
      Map<Integer, Integer> bar = new TreeMap<>();
      data.tally()
          .labels(cluster)
          .forEach(
              (label, count) ->
                  bar.merge(barLabels.place(label), Math.toIntExact(count), Integer::sum));
      counts.put(cluster, bar);
    }
    Map<Integer, Integer> noise = counts.remove(-1);
    List<StackedBarsFigure.Bar> bars = new ArrayList<>();
    Map<Integer, Integer> rest = new TreeMap<>();
    int more = 0;
    for (Map.Entry<Integer, Map<Integer, Integer>> entry : counts.entrySet()) {
      if (bars.size() < MOST_BARS) {
        bars.add(bar(data.names().full(entry.getKey()), entry.getKey(), entry.getValue()));
      } else {
        entry.getValue().forEach((place, count) -> rest.merge(place, count, Integer::sum));
        more++;
      }
    }
    if (more > 0) {
      bars.add(bar(more + " more", -1, rest));
    }
    if (noise != null) {
      bars.add(bar("noise", -1, noise));
    }
    boolean labelled = barLabels.distinct() > 0;
    return new StackedBarsFigure(
        new Heading(labelled ? "Clusters and labels" : "Cluster sizes", source + "."),
        labelled ? labelLegend(barLabels) : Legend.none(),
        data.noun().heading() + " in the cluster",
        bars);
  }

  private StackedBarsFigure.Bar bar(String name, int cluster, Map<Integer, Integer> counts) {
    List<StackedBarsFigure.Part> parts = new ArrayList<>();
    if (barLabels.distinct() == 0) {
      int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
      parts.add(new StackedBarsFigure.Part(look(cluster), sum));
    } else {
      counts.forEach(
          (place, count) -> {
            if (place >= 0) {
              parts.add(new StackedBarsFigure.Part(place, count));
            }
          });
      Integer unlabelled = counts.get(-1);
      if (unlabelled != null) {
        parts.add(new StackedBarsFigure.Part(-1, unlabelled));
      }
    }
    return new StackedBarsFigure.Bar(name, parts);
  }

  @Nullable Figure silhouette() {
    Map<Integer, List<Double>> bands = new TreeMap<>();
    double sum = 0;
    int count = 0;
    for (ClusterAssignment assignment : data.assignments()) {
      Double silhouette = assignment.getSilhouette();
      if (silhouette != null && !silhouette.isNaN() && assignment.getCluster() >= 0) {
        bands.computeIfAbsent(assignment.getCluster(), c -> new ArrayList<>()).add(silhouette);
        sum += silhouette;
        count++;
      }
    }
    if (bands.size() < 2) {
      return null;
    }
    List<SilhouetteFigure.Band> drawn = new ArrayList<>();
    bands.forEach(
        (cluster, values) -> {
          values.sort(Comparator.reverseOrder());
          drawn.add(new SilhouetteFigure.Band(data.names().full(cluster), look(cluster), values));
        });
    double mean = sum / count;
    return new SilhouetteFigure(
        new Heading(
            "How well " + data.noun().plural() + " fit their clusters",
            source
                + String.format(
                    ". Mean silhouette %.3f (dashed); below 0 a %s is closer to another cluster.",
                    mean, data.noun())),
        "Silhouette of a " + data.noun() + " (−1 to 1)",
        drawn,
        mean);
  }
}
