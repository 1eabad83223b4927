package org.surmala.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.io.PathText;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.FailureCount;
import org.surmala.schema.Model;
import org.surmala.schema.Stage;

/**
 * The data of the interactive map as JSON: songs column by column, clusters, scores, curves,
 * coverage and manifest. Numbers are rounded to screen precision.
 */
final class PageData {
  static final int MOST_FAILURES = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReportOptions options;
  private final ReportData data;
  private final PageSongs shown;
  private final ObjectNode page = JSON.createObjectNode();

  private PageData(ReportOptions options, ReportData data) {
    this.options = options;
    this.data = data;
    this.shown = new PageSongs(options, data.shown());
  }

  static ObjectNode of(ReportOptions options, ReportData data, List<String> notes) {
    PageData result = new PageData(options, data);
    result.page.put("noun", data.noun().toString());
    result.page.put("nouns", data.noun().plural());
    result.page.put("audio", audioFolder(options));
    result.page.put("alarm", Verdict.alarm(options, data).orElse(null));
    result.page.put("verdict", Verdict.of(options, data));
    result.cautions(notes);
    result.page.put("representation", Terms.of(options.representation()));
    result.page.put("mapNote", result.mapNote());
    result.shown.write(result.page);
    new PageClusters(options, data.shown(), result.shown).write(result.page);
    new PageScores(options, data, result.shown, result.page).write();
    result.model();
    result.coverage();
    result.manifest();
    return result.page;
  }

  /** URL of the segments, relative to the page if both are on the local file system. */
  static String audioFolder(ReportOptions options) {
    return PathText.relativeUri(options.shown(), options.data() + "processed/");
  }

  private void cautions(List<String> notes) {
    ArrayNode cautions = page.putArray("cautions");
    Verdict.cautions(options, data).forEach(cautions::add);
    notes.forEach(cautions::add);
    if (shown.count() < data.tally().songs()) {
      cautions.add(
          "The map shows %s %s drawn at random %sfrom %s; the tables have all."
              .formatted(
                  shown.count(),
                  data.noun().plural(),
                  data.isSample() ? "by cluster " : "",
                  data.tally().songs()));
    }
  }

  private String mapNote() {
    Double trust = data.map().trustworthiness();
    return Terms.of(data.map().method())
        + " of the "
        + Terms.of(options.representation())
        + (trust == null
            ? "."
            : String.format(
                Locale.ROOT,
                ", trustworthiness %.2f: the degree to which neighbours on the map are neighbours"
                    + " in the latent space (1 is perfect, 0.5 is chance).",
                trust))
        + (data.map().method().equals("umap")
            ? " Distances between groups and directions have no meaning."
            : "");
  }

  private void model() {
    Model model = data.model();
    if (model == null) {
      page.putNull("model");
      return;
    }
    ObjectNode node = page.putObject("model");
    boolean probabilistic = !model.getKlPerDimension().isEmpty();
    node.put(
        "note",
        "%s: %s to %s%s. Fitted to %s with seed %s."
            .formatted(
                Terms.of(model.getName()),
                Terms.count(model.getInputDimensions(), "feature"),
                Terms.count(model.getLatentDimensions(), "latent dimension"),
                probabilistic ? ", " + model.getActiveDimensions() + " of them active" : "",
                data.noun().count(model.getProvenance().getSongs()),
                model.getProvenance().getSeed()));
    ArrayNode history = node.putArray("history");
    for (EpochLoss epoch : model.getHistory()) {
      history
          .addObject()
          .put("epoch", epoch.getEpoch())
          .put("total", round(epoch.getTotal(), 5))
          .put("reconstruction", round(epoch.getReconstruction(), 5))
          .put("kl", round(epoch.getKl(), 5))
          .put("validation", round(epoch.getValidation(), 5));
    }
    ArrayNode kl = node.putArray("kl");
    model.getKlPerDimension().forEach(value -> kl.add(round(value, 5)));
  }

  private void coverage() {
    ObjectNode coverage = page.putObject("coverage");
    coverage.put("balance", CoverageSentence.of(data));
    ArrayNode failures = coverage.putArray("failures");
    data.failures().stream()
        .limit(MOST_FAILURES)
        .forEach(
            failure ->
                failures
                    .addObject()
                    .put("filepath", failure.getFilepath())
                    .put("stage", stage(failure.getStage()))
                    .put("code", failure.getCode())
                    .put("message", failure.getMessage()));
    Map<String, Long> counts = new TreeMap<>();
    for (FailureCount kind : data.tally().failures()) {
      counts.merge(stage(kind.getStage()) + "\t" + kind.getCode(), kind.getFailures(), Long::sum);
    }
    ArrayNode codes = coverage.putArray("codes");
    counts.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Long> e) -> -e.getValue()))
        .forEach(
            e -> {
              String[] parts = e.getKey().split("\t", 2);
              codes
                  .addObject()
                  .put("stage", parts[0])
                  .put("code", parts[1])
                  .put("count", e.getValue());
            });
  }

  private static String stage(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private void manifest() {
    String manifest = data.manifest();
    if (manifest != null) {
      try {
        page.set("manifest", JSON.readTree(manifest));
        return;
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("run.json is not JSON: " + e.getMessage(), e);
      }
    }
    ObjectNode known = page.putObject("manifest");
    known.put("representation", options.representation());
    known.put("clusterer", options.clusterer());
    known.put("seed", options.seed());
    Model model = data.model();
    if (model != null) {
      known.put("features", model.getProvenance().getFeatureSpec());
      known.put("data_sha256", model.getProvenance().getDataHash());
      ObjectNode settings = known.putObject("model_options");
      new TreeMap<>(model.getProvenance().getOptions()).forEach(settings::put);
      ObjectNode libraries = known.putObject("libraries");
      new TreeMap<>(model.getProvenance().getLibraries()).forEach(libraries::put);
    }
  }

  static @Nullable Double round(@Nullable Double value, int digits) {
    if (value == null || !Double.isFinite(value)) {
      return null;
    }
    double unit = Math.pow(10, digits);
    return Math.rint(value * unit) / unit;
  }
}
