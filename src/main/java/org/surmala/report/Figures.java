package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.model.FittedModel;
import org.surmala.model.Representations;
import org.surmala.report.plot.ColumnsFigure;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.Heading;
import org.surmala.report.plot.HeatmapFigure;
import org.surmala.report.plot.Legend;
import org.surmala.report.plot.LinesFigure;
import org.surmala.report.plot.Palette;
import org.surmala.report.plot.ScatterFigure;
import org.surmala.report.plot.SilhouetteFigure;
import org.surmala.report.plot.StackedBarsFigure;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.MapPoint;
import org.surmala.schema.Model;

/** Which figures a run gives, by the names of their files. A cluster has one colour in all. */
final class Figures {
  /** Every name that a figure can have. */
  static final List<String> NAMES =
      List.of(
          "map_by_cluster",
          "map_by_language",
          "cluster_sizes",
          "silhouette",
          "k_sweep",
          "k_criteria",
          "dendrogram",
          "loss_curves",
          "kl_per_dimension",
          "latent_traversals",
          "reconstructions");

  /** The representation whose places are the preprocessed features themselves. */
  static final String FEATURES = "raw";

  /** Clusters with a look of their own. */
  private static final int MOST_CLUSTERS = 24;

  private static final int MOST_BARS = 30;
  private static final double ACTIVE_DEVIATION = 0.1;
  private static final int MOST_TRAVERSED = 16;
  private static final int MOST_RECONSTRUCTED = 6;
  private static final List<List<Double>> DASHES =
      List.of(List.of(), List.of(5.0, 3.0), List.of(1.5, 2.0), List.of(7.0, 2.0, 1.5, 2.0));

  private final ReportOptions options;
  private final ReportData data;
  private final Labels labels;
  private final Labels barLabels;
  private final String source;

  private Figures(ReportOptions options, ReportData data) {
    this.options = options;
    this.data = data;
    List<@Nullable String> languages = new ArrayList<>();
    data.songs().forEach(song -> languages.add(song.song().getLanguage()));
    this.labels = Labels.of(languages, Labels.MOST);
    // Bars have no shapes to tell labels apart by.
    this.barLabels = Labels.of(languages, Palette.COLORS.size());
    this.source =
        Terms.of(options.representation())
            + ", "
            + Terms.of(options.clusterer())
            + (data.assignments().isEmpty() ? "" : ", k = " + data.assignments().get(0).getK())
            + ": "
            + data.noun().count(data.assignments().size());
  }

  /** The figures for which there is enough data. */
  static Map<String, Figure> of(ReportOptions options, ReportData data) {
    Figures figures = new Figures(options, data);
    Map<String, Figure> result = new LinkedHashMap<>();
    put(result, "map_by_cluster", figures.mapByCluster());
    put(result, "map_by_language", figures.mapByLanguage());
    put(result, "cluster_sizes", figures.clusterSizes());
    put(result, "silhouette", figures.silhouette());
    put(result, "k_sweep", figures.sweep());
    put(result, "k_criteria", figures.criteria());
    put(result, "dendrogram", figures.dendrogram());
    put(result, "loss_curves", figures.lossCurves());
    put(result, "kl_per_dimension", figures.klPerDimension());
    put(result, "latent_traversals", figures.traversals());
    put(result, "reconstructions", figures.reconstructions());
    return result;
  }

  private static void put(Map<String, Figure> figures, String name, @Nullable Figure figure) {
    if (figure != null) {
      figures.put(name, figure);
    }
  }

  private @Nullable Figure mapByCluster() {
    if (data.assignments().size() < 2) {
      return null;
    }
    Map<Integer, Integer> sizes = sizes();
    List<Legend.Entry> entries = new ArrayList<>();
    int others = 0;
    for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
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
    Integer noise = sizes.get(-1);
    if (noise != null) {
      entries.add(Legend.Entry.mark("noise (" + noise + ")", -1));
    }
    return new ScatterFigure(
        new Heading("The collection by cluster", mapNote()),
        new Legend("Cluster (" + data.noun().plural() + ")", entries),
        points(i -> look(data.assignments().get(i).getCluster())),
        clusterLabels());
  }

  private @Nullable Figure mapByLanguage() {
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
        + ". "
        + Terms.of(data.map().method())
        + (data.map().method().equals("umap")
            ? " map: neighbours lie together; distances between groups, and axes, mean nothing."
            : " map: its first two components.");
  }

  private interface Look {
    int of(int song);
  }

  /** Points with the rest undermost, and the others in an order that favours no category. */
  private List<ScatterFigure.Point> points(Look look) {
    List<ScatterFigure.Point> rest = new ArrayList<>();
    List<ScatterFigure.Point> points = new ArrayList<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      MapPoint at = data.map().points().get(i);
      int category = look.of(i);
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

  /** Songs in each cluster, by its number; noise is -1. */
  private Map<Integer, Integer> sizes() {
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (ClusterAssignment assignment : data.assignments()) {
      sizes.merge(assignment.getCluster(), 1, Integer::sum);
    }
    return sizes;
  }

  private @Nullable Figure clusterSizes() {
    if (data.assignments().isEmpty()) {
      return null;
    }
    Map<Integer, Map<Integer, Integer>> counts = new TreeMap<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      int place = barLabels.place(data.songs().get(i).song().getLanguage());
      counts
          .computeIfAbsent(data.assignments().get(i).getCluster(), c -> new TreeMap<>())
          .merge(place, 1, Integer::sum);
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
        new Heading(labelled ? "Clusters and labels" : "Sizes of the clusters", source + "."),
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

  private @Nullable Figure silhouette() {
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
                    ". Mean silhouette %.3f (dashed); below 0 a %s lies nearer to another"
                        + " cluster.",
                    mean, data.noun())),
        "Silhouette of a " + data.noun() + " (−1 to 1)",
        drawn,
        mean);
  }

  private @Nullable Figure sweep() {
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
                LinesFigure.Curve curve = sweep(points, clusterers.indexOf(clusterer));
                if (curve != null) {
                  curves.add(curve);
                  shown.add(clusterer);
                }
              });
          if (!curves.isEmpty()) {
            plots.add(
                new LinesFigure.Plot(
                    capital(Terms.of(representation)),
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
      entries.add(new Legend.Entry(Terms.of(clusterer), place, true, dash(place)));
    }
    return new LinesFigure(
        new Heading(
            "How many clusters",
            "Mean silhouette for each k; rings mark the chosen k. Compare k within a plot, not"
                + " plots with one another."),
        new Legend("Clusterer", entries),
        plots);
  }

  private static List<Double> dash(int place) {
    return DASHES.get(place % DASHES.size());
  }

  /** Every criterion that k could be chosen by, for the run's own representation. */
  private @Nullable Figure criteria() {
    List<Clustering> swept = Sweep.clusterings(options, data);
    List<String> clusterers =
        List.copyOf(new TreeSet<>(swept.stream().map(Clustering::getClusterer).toList()));
    TreeSet<Integer> shown = new TreeSet<>();
    List<LinesFigure.Plot> plots = new ArrayList<>();
    for (Sweep criterion : Sweep.values()) {
      List<LinesFigure.Curve> curves = new ArrayList<>();
      for (int place = 0; place < clusterers.size(); place++) {
        LinesFigure.Curve curve = criterion(criterion, swept, clusterers.get(place), place);
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
            .orElse("No k was chosen for the run's own clusterer");
    return new LinesFigure(
        new Heading(
            "How many clusters, by every criterion",
            capital(Terms.of(options.representation()))
                + "; rings mark the chosen k. "
                + reason
                + "."),
        new Legend(
            "Clusterer",
            shown.stream()
                .map(p -> new Legend.Entry(Terms.of(clusterers.get(p)), p, true, dash(p)))
                .toList()),
        plots);
  }

  private static LinesFigure.@Nullable Curve criterion(
      Sweep criterion, List<Clustering> swept, String clusterer, int place) {
    List<Integer> ks = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    swept.stream()
        .filter(c -> c.getClusterer().equals(clusterer))
        .sorted(Comparator.comparing(Clustering::getK))
        .forEach(
            c -> {
              Double value = criterion.of(c);
              if (value != null && !value.isNaN() && !ks.contains(c.getK())) {
                ks.add(c.getK());
                values.add(value);
                if (c.getChosen()) {
                  chosen.add(c.getK());
                }
              }
            });
    return ks.size() < 2 ? null : new LinesFigure.Curve(place, dash(place), ks, values, chosen);
  }

  private static LinesFigure.@Nullable Curve sweep(List<ClusteringMetrics> rows, int place) {
    List<ClusteringMetrics> sorted =
        rows.stream().sorted(Comparator.comparing(ClusteringMetrics::getK)).toList();
    List<Integer> ks = new ArrayList<>();
    List<Double> silhouettes = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    for (ClusteringMetrics row : sorted) {
      Double silhouette = row.getSilhouette();
      if (silhouette == null || silhouette.isNaN() || ks.contains(row.getK())) {
        continue;
      }
      ks.add(row.getK());
      silhouettes.add(silhouette);
      if (row.getChosen()) {
        chosen.add(row.getK());
      }
    }
    return ks.size() < 2
        ? null
        : new LinesFigure.Curve(place, dash(place), ks, silhouettes, chosen);
  }

  private @Nullable Figure dendrogram() {
    Clustering best = null;
    for (Clustering clustering : data.clusterings()) {
      if (clustering.getMerges().isEmpty()
          || !clustering.getRepresentation().equals(options.representation())) {
        continue;
      }
      boolean better =
          best == null
              || (clustering.getClusterer().equals(options.clusterer())
                  && !best.getClusterer().equals(options.clusterer()))
              || (clustering.getChosen() && !best.getChosen());
      if (better) {
        best = clustering;
      }
    }
    return best == null ? null : DendrogramTree.of(best, data);
  }

  private @Nullable Figure lossCurves() {
    Model model = data.model();
    if (model == null || model.getHistory().size() < 2) {
      return null;
    }
    List<EpochLoss> history = model.getHistory();
    List<Integer> epochs = history.stream().map(EpochLoss::getEpoch).toList();
    List<LinesFigure.Curve> losses = new ArrayList<>();
    List<Legend.Entry> entries = new ArrayList<>();
    losses.add(curve(0, epochs, history.stream().map(EpochLoss::getTotal).toList()));
    entries.add(new Legend.Entry("total", 0, true, dash(0)));
    List<Double> kl = history.stream().map(EpochLoss::getKl).toList();
    boolean probabilistic = kl.stream().anyMatch(value -> value != 0);
    if (probabilistic) {
      losses.add(curve(1, epochs, history.stream().map(EpochLoss::getReconstruction).toList()));
      entries.add(new Legend.Entry("reconstruction", 1, true, dash(1)));
      // As weighted in the loss: with the KL of the other plot, the total would not be the sum.
      losses.add(
          curve(
              4, epochs, history.stream().map(e -> e.getTotal() - e.getReconstruction()).toList()));
      String rest =
          model.getKind().startsWith("neighbour")
              ? "weighted KL and neighbour loss"
              : "weighted KL";
      entries.add(new Legend.Entry(rest, 4, true, dash(4)));
    }
    if (history.stream().anyMatch(epoch -> epoch.getValidation() != null)) {
      losses.add(
          curve(
              2,
              epochs,
              history.stream()
                  .map(e -> Objects.requireNonNullElse(e.getValidation(), Double.NaN))
                  .toList()));
      entries.add(new Legend.Entry("validation", 2, true, dash(2)));
    }
    String unit = probabilistic ? " (nats per " + data.noun() + ")" : "";
    List<LinesFigure.Plot> plots = new ArrayList<>();
    plots.add(new LinesFigure.Plot("Loss", "Epoch", "Loss" + unit, losses));
    if (probabilistic) {
      plots.add(
          new LinesFigure.Plot(
              "KL divergence",
              "Epoch",
              "KL to the prior (nats per " + data.noun() + ")",
              List.of(curve(3, epochs, kl))));
      entries.add(new Legend.Entry("KL", 3, true, dash(3)));
    }
    return new LinesFigure(
        new Heading(
            "How the " + Terms.of(model.getName()) + " was fitted",
            data.noun().count(model.getProvenance().getSongs())
                + ", "
                + Terms.count(history.size(), "epoch")
                + ", seed "
                + model.getProvenance().getSeed()
                + "."),
        new Legend("Curve", entries),
        plots);
  }

  private static LinesFigure.Curve curve(int place, List<Integer> x, List<Double> y) {
    return new LinesFigure.Curve(place, dash(place), x, y, List.of());
  }

  private @Nullable Figure klPerDimension() {
    Model model = data.model();
    if (model == null || model.getKlPerDimension().isEmpty()) {
      return null;
    }
    List<Double> kl = model.getKlPerDimension();
    double[] deviations = deviations(kl.size());
    List<Integer> categories = new ArrayList<>();
    for (int d = 0; d < kl.size(); d++) {
      categories.add(deviations[d] > ACTIVE_DEVIATION ? 0 : -1);
    }
    int active = model.getActiveDimensions();
    return new ColumnsFigure(
        new Heading(
            "What each latent dimension carries",
            Terms.of(model.getName())
                + ": "
                + active
                + " of "
                + kl.size()
                + " dimensions are active (the posterior mean's standard deviation is above 0.1)."
                + (active < 2 ? " The latent has collapsed." : "")),
        new Legend(
            "Dimension", List.of(Legend.Entry.mark("active", 0), Legend.Entry.mark("idle", -1))),
        "Latent dimension",
        "KL to the prior (nats)",
        kl,
        categories);
  }

  /**
   * What the model would hear if a song moved along one latent dimension: the decoder's output two
   * standard deviations above the mean of all songs, less that two below.
   */
  private @Nullable Figure traversals() {
    Model model = data.model();
    if (model == null
        || model.getKind().equals("raw")
        || model.getTensors().isEmpty()
        || data.embeddings().size() < 2) {
      return null;
    }
    FittedModel fitted = Representations.load(model);
    if (fitted.intake().hasPatches()) {
      // A pixel of a patch has no name to stand beside its change.
      return null;
    }
    int dimensions = fitted.latentDimensions();
    double[] deviations = deviations(dimensions);
    float[] centre = new float[dimensions];
    for (Embedding embedding : data.embeddings()) {
      for (int d = 0; d < dimensions; d++) {
        centre[d] += embedding.getVector().get(d) / data.embeddings().size();
      }
    }
    List<Integer> widest =
        IntStream.range(0, dimensions)
            .boxed()
            .filter(d -> deviations[d] > ACTIVE_DEVIATION)
            .sorted(Comparator.comparing((Integer d) -> -deviations[d]))
            .limit(MOST_TRAVERSED)
            .toList();
    if (widest.isEmpty()) {
      return null;
    }
    List<List<Double>> changes = new ArrayList<>();
    for (int d : widest) {
      float[] above = centre.clone();
      float[] below = centre.clone();
      above[d] += (float) (2 * deviations[d]);
      below[d] -= (float) (2 * deviations[d]);
      float[] high = fitted.decode(above);
      float[] low = fitted.decode(below);
      List<Double> change = new ArrayList<>();
      for (int f = 0; f < high.length; f++) {
        change.add((double) high[f] - low[f]);
      }
      changes.add(change);
    }
    return new HeatmapFigure(
        new Heading(
            "What moving along each latent dimension changes",
            Terms.of(model.getName())
                + ": the decoder 2 standard deviations above the mean "
                + data.noun()
                + ", less 2 below; the "
                + widest.size()
                + " widest of "
                + dimensions
                + " dimensions."),
        widest.stream().map(d -> "dimension " + d).toList(),
        columnsLabel(changes),
        columnGroups(changes),
        "Change of the feature after preprocessing",
        changes);
  }

  /**
   * What the model keeps of a song: the features of the most typical song of each of the largest
   * clusters, and under them what the decoder makes of the song's place.
   */
  private @Nullable Figure reconstructions() {
    Model model = data.model();
    if (model == null || model.getKind().equals(FEATURES) || model.getTensors().isEmpty()) {
      return null;
    }
    FittedModel fitted = Representations.load(model);
    Map<String, Embedding> features = byId(data.features());
    Map<String, Embedding> places = byId(data.embeddings());
    List<String> names = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    for (ClusterAssignment typical : typicalSongs()) {
      Embedding heard = features.get(typical.getId());
      Embedding place = places.get(typical.getId());
      if (heard == null || place == null) {
        continue;
      }
      float[] decoded = fitted.decode(floats(place.getVector()));
      if (decoded.length != heard.getVector().size()) {
        // Of patches, or of lyrics too: nothing of the raw features stands beside it.
        return null;
      }
      String name = ClusterNames.letter(typical.getCluster());
      names.add(name + ", features");
      values.add(doubles(floats(heard.getVector())));
      names.add(name + ", decoded");
      values.add(doubles(decoded));
    }
    if (names.isEmpty()) {
      return null;
    }
    return new HeatmapFigure(
        new Heading(
            "What is kept of a " + data.noun(),
            Terms.of(model.getName())
                + ": a typical "
                + data.noun()
                + " of each large cluster. R² "
                + explained(model)
                + (model.getCondition() == null
                    ? "."
                    : "; decoded without what the model is told of it.")),
        names,
        columnsLabel(values),
        columnGroups(values),
        "Feature after preprocessing",
        values);
  }

  /** The group of each column; none where the columns are not those of the feature list. */
  private List<String> columnGroups(List<List<Double>> rows) {
    List<String> groups = options.featureGroups();
    return groups.size() == rows.get(0).size() ? groups : List.of();
  }

  private String columnsLabel(List<List<Double>> rows) {
    int columns = rows.get(0).size();
    return columnGroups(rows).isEmpty()
        ? "Column of the features, 0 to " + (columns - 1)
        : columns + " features by group";
  }

  /** The song nearest to the centre of each cluster, the largest clusters first. */
  private List<ClusterAssignment> typicalSongs() {
    Map<Integer, ClusterAssignment> typical = new TreeMap<>();
    for (ClusterAssignment assignment : data.assignments()) {
      if (assignment.getCluster() >= 0) {
        typical.merge(
            assignment.getCluster(),
            assignment,
            (a, b) -> b.getDistance() < a.getDistance() ? b : a);
      }
    }
    return typical.values().stream().limit(MOST_RECONSTRUCTED).toList();
  }

  private static String explained(Model model) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(model.getGroupR2())
        .forEach((group, r2) -> parts.add(String.format(Locale.ROOT, "%s %.2f", group, r2)));
    Double all = model.getReconstructionR2();
    return (all == null ? "unknown" : String.format(Locale.ROOT, "%.2f", all))
        + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
  }

  private static Map<String, Embedding> byId(List<Embedding> embeddings) {
    Map<String, Embedding> byId = new TreeMap<>();
    embeddings.forEach(embedding -> byId.put(embedding.getId(), embedding));
    return byId;
  }

  private static float[] floats(List<Float> vector) {
    float[] values = new float[vector.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.get(i);
    }
    return values;
  }

  private static List<Double> doubles(float[] values) {
    List<Double> doubles = new ArrayList<>();
    for (float value : values) {
      doubles.add((double) value);
    }
    return doubles;
  }

  private double[] deviations(int dimensions) {
    double[] sum = new double[dimensions];
    double[] squares = new double[dimensions];
    int n = data.embeddings().size();
    for (Embedding embedding : data.embeddings()) {
      for (int d = 0; d < dimensions; d++) {
        double value = embedding.getVector().get(d);
        sum[d] += value;
        squares[d] += value * value;
      }
    }
    double[] deviations = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      double mean = n == 0 ? 0 : sum[d] / n;
      deviations[d] = n == 0 ? 0 : Math.sqrt(Math.max(0, squares[d] / n - mean * mean));
    }
    return deviations;
  }

  private static String capital(String text) {
    return text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
        + text.substring(text.offsetByCodePoints(0, 1));
  }
}
