package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;

/** Figures of the fitted model: training, latent dimensions and decoder output. */
record ModelFigures(ReportOptions options, ReportData data) {
  /** The representation whose embeddings are the preprocessed features themselves. */
  static final String FEATURES = "raw";

  private static final double ACTIVE_DEVIATION = 0.1;
  private static final int MOST_TRAVERSED = 16;
  private static final int MOST_RECONSTRUCTED = 6;

  @Nullable Figure lossCurves() {
    Model model = data.model();
    if (model == null || model.getHistory().size() < 2) {
      return null;
    }
    List<EpochLoss> history = model.getHistory();
    List<Integer> epochs = history.stream().map(EpochLoss::getEpoch).toList();
    List<LinesFigure.Curve> losses = new ArrayList<>();
    List<Legend.Entry> entries = new ArrayList<>();
    losses.add(curve(0, epochs, history.stream().map(EpochLoss::getTotal).toList()));
    entries.add(new Legend.Entry("total", 0, true, Palette.dash(0)));
    List<Double> kl = history.stream().map(EpochLoss::getKl).toList();
    boolean probabilistic = kl.stream().anyMatch(value -> value != 0);
    if (probabilistic) {
      losses.add(curve(1, epochs, history.stream().map(EpochLoss::getReconstruction).toList()));
      entries.add(new Legend.Entry("reconstruction", 1, true, Palette.dash(1)));
      // The KL as weighted in the loss, so that the curves sum to the total.
      losses.add(
          curve(
              4, epochs, history.stream().map(e -> e.getTotal() - e.getReconstruction()).toList()));
      String rest =
          model.getKind().startsWith("neighbour")
              ? "weighted KL and neighbour loss"
              : "weighted KL";
      entries.add(new Legend.Entry(rest, 4, true, Palette.dash(4)));
    }
    if (history.stream().anyMatch(epoch -> epoch.getValidation() != null)) {
      losses.add(
          curve(
              2,
              epochs,
              history.stream()
                  .map(e -> Objects.requireNonNullElse(e.getValidation(), Double.NaN))
                  .toList()));
      entries.add(new Legend.Entry("validation", 2, true, Palette.dash(2)));
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
      entries.add(new Legend.Entry("KL", 3, true, Palette.dash(3)));
    }
    return new LinesFigure(
        new Heading(
            "Training of the " + Terms.of(model.getName()),
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
    return new LinesFigure.Curve(place, Palette.dash(place), x, y, List.of());
  }

  @Nullable Figure klPerDimension() {
    Model model = data.model();
    if (model == null || model.getKlPerDimension().isEmpty()) {
      return null;
    }
    List<Double> kl = model.getKlPerDimension();
    int active = model.getActiveDimensions();
    // An idle dimension has the prior as its posterior, so the active ones have most divergence.
    Set<Integer> widest =
        IntStream.range(0, kl.size())
            .boxed()
            .sorted(Comparator.comparing((Integer d) -> -kl.get(d)))
            .limit(active)
            .collect(Collectors.toSet());
    List<Integer> categories =
        IntStream.range(0, kl.size()).mapToObj(d -> widest.contains(d) ? 0 : -1).toList();
    return new ColumnsFigure(
        new Heading(
            "KL divergence of each latent dimension",
            Terms.of(model.getName())
                + ": "
                + active
                + " of "
                + kl.size()
                + " dimensions are active (the posterior mean's standard deviation is above 0.1)."
                + (active < 2 ? " The latent space has collapsed." : "")),
        new Legend(
            "Dimension", List.of(Legend.Entry.mark("active", 0), Legend.Entry.mark("idle", -1))),
        "Latent dimension",
        "KL to the prior (nats)",
        kl,
        categories);
  }

  /**
   * Latent traversals: the decoder's output two standard deviations above the mean of one latent
   * dimension, minus the output two below.
   */
  @Nullable Figure traversals() {
    Model model = data.model();
    if (model == null
        || model.getKind().equals("raw")
        || model.getTensors().isEmpty()
        || data.embeddings().size() < 2) {
      return null;
    }
    FittedModel fitted = Representations.load(model);
    if (fitted.inputSpec().hasPatches()) {
      // Pixels of a patch have no names for the rows.
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
            "Features along each latent dimension",
            ("%s: decoder output 2 standard deviations above the mean %s, minus 2 below;"
                    + " the %s widest of %s dimensions.")
                .formatted(Terms.of(model.getName()), data.noun(), widest.size(), dimensions)),
        widest.stream().map(d -> "dimension " + d).toList(),
        columnsLabel(changes),
        columnGroups(changes),
        "Change of the feature after preprocessing",
        changes);
  }

  /**
   * Reconstructions: the features of the most typical song of each of the largest clusters, and
   * below them the decoder's output for that song.
   */
  @Nullable Figure reconstructions() {
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
      Embedding original = features.get(typical.getId());
      Embedding place = places.get(typical.getId());
      if (original == null || place == null) {
        continue;
      }
      float[] decoded = fitted.decode(floats(place.getVector()));
      if (decoded.length != original.getVector().size()) {
        // Models of patches or lyrics have no raw features to compare with.
        return null;
      }
      String name = ClusterNames.letter(typical.getCluster());
      names.add(name + ", features");
      values.add(doubles(floats(original.getVector())));
      names.add(name + ", reconstruction");
      values.add(doubles(decoded));
    }
    if (names.isEmpty()) {
      return null;
    }
    return new HeatmapFigure(
        new Heading(
            "Reconstruction of a " + data.noun(),
            Terms.of(model.getName())
                + ": a typical "
                + data.noun()
                + " of each large cluster. R² "
                + explained(model)
                + (model.getCondition() == null
                    ? "."
                    : "; decoded without the condition of the model.")),
        names,
        columnsLabel(values),
        columnGroups(values),
        "Feature after preprocessing",
        values);
  }

  /** The group of each column; none if the columns are not those of the feature list. */
  private List<String> columnGroups(List<List<Double>> rows) {
    List<String> groups = options.featureGroups();
    return groups.size() == rows.get(0).size() ? groups : List.of();
  }

  private String columnsLabel(List<List<Double>> rows) {
    int columns = rows.get(0).size();
    return columnGroups(rows).isEmpty()
        ? "Feature column, 0 to " + (columns - 1)
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
}
