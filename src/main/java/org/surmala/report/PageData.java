package org.surmala.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.io.PathText;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Estimate;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.MapPoint;
import org.surmala.schema.Model;
import org.surmala.schema.NearDuplicate;
import org.surmala.schema.Neighbour;
import org.surmala.schema.Probe;
import org.surmala.schema.SongNeighbours;
import org.surmala.words.Noun;

/**
 * The data of the interactive map as JSON: songs column by column, clusters, scores, curves,
 * coverage and manifest. Numbers are rounded to screen precision.
 */
final class PageData {
  /** Above so many songs, the page shows a sample, and says so. */
  static final int MOST_SONGS = 20_000;

  private static final int NEAREST = 5;
  private static final int MOST_TRAITS = 5;
  private static final int MOST_COPIES = 200;
  private static final int MOST_FAILURES = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReportOptions options;
  private final ReportData data;
  private final int[] chosen;
  private final Map<Integer, ClusterProfile> profiles = new HashMap<>();

  /** Where on the page a song is, by its id. */
  private final Map<String, Integer> places = new HashMap<>();

  private final ObjectNode page = JSON.createObjectNode();

  private PageData(ReportOptions options, ReportData data) {
    this.options = options;
    this.data = data;
    int n = data.assignments().size();
    this.chosen = n <= MOST_SONGS ? IntStream.range(0, n).toArray() : sample(n, options.seed());
    for (int c = 0; c < chosen.length; c++) {
      places.put(data.assignments().get(chosen[c]).getId(), c);
    }
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
    result.songs();
    result.clusters();
    result.metrics();
    result.sweep();
    result.findings();
    result.model();
    result.coverage();
    result.manifest();
    return result.page;
  }

  private static int[] sample(int n, long seed) {
    int[] order = IntStream.range(0, n).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < MOST_SONGS; i++) {
      int j = i + random.nextInt(n - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return IntStream.of(order).limit(MOST_SONGS).sorted().toArray();
  }

  /**
   * Where the segments are, as a URL relative to the page where both are on the local file system.
   */
  static String audioFolder(ReportOptions options) {
    return PathText.relativeUri(options.shown(), options.data() + "processed/");
  }

  private void cautions(List<String> notes) {
    ArrayNode cautions = page.putArray("cautions");
    Verdict.cautions(options, data).forEach(cautions::add);
    notes.forEach(cautions::add);
    if (chosen.length < data.assignments().size()) {
      cautions.add(
          "The map shows "
              + chosen.length
              + " "
              + data.noun().plural()
              + " drawn at random from "
              + data.assignments().size()
              + "; the tables have all.");
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

  private void songs() {
    ObjectNode songs = page.putObject("songs");
    ArrayNode columns = page.putArray("columns");
    column(columns, "cluster", "cluster", "category");
    text(songs, "id", i -> data.assignments().get(i).getId());
    text(songs, "path", i -> data.songs().get(i).song().getFilepath());
    text(songs, "title", i -> data.songs().get(i).song().getTitle());
    if (text(songs, "language", i -> data.songs().get(i).song().getLanguage())) {
      column(columns, "language", "label", "category");
    }
    if (text(songs, "artist", i -> data.songs().get(i).song().getArtist())) {
      column(columns, "artist", "artist", "category");
    }
    ArrayNode clusters = songs.putArray("cluster");
    for (int i : chosen) {
      clusters.add(data.assignments().get(i).getCluster());
    }
    numbers(songs, "x", 4, i -> data.map().points().get(i).getX());
    numbers(songs, "y", 4, i -> data.map().points().get(i).getY());
    numbers(songs, "distance", 3, i -> data.assignments().get(i).getDistance());
    column(columns, "distance", "distance to the cluster's centre", "number");
    numbers(songs, "novelty", 3, i -> data.assignments().get(i).getNovelty());
    column(columns, "novelty", "novelty", "number");
    if (numbers(songs, "silhouette", 3, i -> data.assignments().get(i).getSilhouette())) {
      column(columns, "silhouette", "silhouette", "number");
    }
    if (data.noun() == Noun.SONG) {
      sound(songs, columns);
    }
    nearest(songs.putArray("near"));
  }

  private void sound(ObjectNode songs, ArrayNode columns) {
    numbers(songs, "loudness", 1, i -> data.songs().get(i).loudnessLufs());
    column(columns, "loudness", "loudness (LUFS)", "number");
    numbers(songs, "duration", 0, i -> data.songs().get(i).info().getDurationSeconds());
    column(columns, "duration", "length (s)", "number");
    text(songs, "codec", i -> data.songs().get(i).info().getCodec());
    column(columns, "codec", "codec", "category");
    text(songs, "rate", i -> Integer.toString(data.songs().get(i).info().getSampleRate()));
    column(columns, "rate", "sample rate (Hz)", "category");
  }

  private static void column(ArrayNode columns, String key, String label, String kind) {
    columns.addObject().put("key", key).put("label", label).put("kind", kind);
  }

  private interface Text {
    @Nullable String of(int song);
  }

  private interface Figure {
    @Nullable Double of(int song);
  }

  /** Adds a column; gives whether any song has a value in it. */
  private boolean text(ObjectNode songs, String key, Text value) {
    ArrayNode array = songs.putArray(key);
    boolean any = false;
    for (int i : chosen) {
      String text = value.of(i);
      array.add(text);
      any |= text != null;
    }
    return any;
  }

  private boolean numbers(ObjectNode songs, String key, int digits, Figure value) {
    ArrayNode array = songs.putArray(key);
    boolean any = false;
    for (int i : chosen) {
      Double number = value.of(i);
      boolean known = number != null && Double.isFinite(number);
      array.add(known ? round(number, digits) : null);
      any |= known;
    }
    return any;
  }

  private static @Nullable Double round(@Nullable Double value, int digits) {
    if (value == null || !Double.isFinite(value)) {
      return null;
    }
    double unit = Math.pow(10, digits);
    return Math.rint(value * unit) / unit;
  }

  private void nearest(ArrayNode near) {
    List<SongNeighbours> known = data.neighbours();
    if (known != null) {
      Map<String, SongNeighbours> byId = new HashMap<>();
      known.forEach(song -> byId.put(song.getId(), song));
      for (int i : chosen) {
        SongNeighbours song = byId.get(data.assignments().get(i).getId());
        put(
            near.addArray(),
            song == null
                ? List.of()
                : song.getNeighbours().stream().map(Neighbour::getId).limit(NEAREST).toList());
      }
      return;
    }
    int k = Math.min(NEAREST, chosen.length - 1);
    if (k < 1) {
      IntStream.of(chosen).forEach(i -> near.addArray());
      return;
    }
    double[][] rows =
        IntStream.of(chosen)
            .mapToObj(i -> SongMap.row(data.embeddings().get(i)))
            .toArray(double[][]::new);
    for (Neighbours neighbours :
        NearestNeighbours.of(rows).nearest(rows, k, NearestNeighbours.Pairing.OTHERS)) {
      ArrayNode list = near.addArray();
      IntStream.of(neighbours.points()).forEach(list::add);
    }
  }

  private void clusters() {
    ClusterNames.profiles(options, data.findings())
        .forEach(profile -> profiles.put(profile.getCluster(), profile));
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int c = 0; c < chosen.length; c++) {
      members
          .computeIfAbsent(
              data.assignments().get(chosen[c]).getCluster(), cluster -> new ArrayList<>())
          .add(c);
    }
    // Noise is not a cluster and comes last.
    List<Integer> noise = members.remove(-1);
    ArrayNode clusters = page.putArray("clusters");
    members.forEach((cluster, songs) -> cluster(clusters.addObject(), cluster, songs));
    if (noise != null) {
      cluster(clusters.addObject(), -1, noise);
    }
  }

  private void cluster(ObjectNode node, int cluster, List<Integer> members) {
    node.put("id", cluster)
        .put("mark", ClusterNames.letter(cluster))
        .put("name", data.names().full(cluster))
        .put("size", members.size());
    List<MapPoint> points = members.stream().map(c -> data.map().points().get(chosen[c])).toList();
    node.put("x", round(median(points.stream().map(MapPoint::getX).toList()), 4));
    node.put("y", round(median(points.stream().map(MapPoint::getY).toList()), 4));
    Map<@Nullable String, Integer> counts = new LinkedHashMap<>();
    for (int c : members) {
      counts.merge(data.songs().get(chosen[c]).song().getLanguage(), 1, Integer::sum);
    }
    ArrayNode languages = node.putArray("languages");
    counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<@Nullable String, Integer> e) -> -e.getValue())
                .thenComparing(e -> String.valueOf(e.getKey())))
        .forEach(e -> languages.addArray().add(e.getKey()).add(e.getValue()));
    ArrayNode typical = node.putArray("typical");
    ArrayNode borderline = node.putArray("borderline");
    ArrayNode traits = node.putArray("traits");
    ClusterProfile profile = profiles.get(cluster);
    if (profile == null) {
      return;
    }
    node.put("stability", round(profile.getStability(), 4));
    put(typical, profile.getRepresentatives());
    // In a small cluster they are the same songs in another order.
    if (members.size() > profile.getRepresentatives().size()) {
      put(borderline, profile.getBorderline());
    }
    profile.getTraits().stream()
        .limit(MOST_TRAITS)
        .forEach(t -> traits.addArray().add(t.getFeature()).add(round(t.getEffect(), 2)));
  }

  /** Adds the places of those songs that the page shows. */
  private void put(ArrayNode list, List<String> ids) {
    ids.stream().map(places::get).filter(Objects::nonNull).forEach(list::add);
  }

  /** What k was chosen by, of the run's own representation. */
  private void sweep() {
    ArrayNode criteria = page.putArray("criteria");
    for (Sweep criterion : Sweep.values()) {
      criteria
          .addObject()
          .put("key", criterion.key())
          .put("title", criterion.title())
          .put("direction", criterion.direction());
    }
    ArrayNode sweep = page.putArray("sweep");
    for (Clustering clustering : Sweep.clusterings(options, data)) {
      ObjectNode row =
          sweep
              .addObject()
              .put("clusterer", Terms.of(clustering.getClusterer()))
              .put("k", clustering.getK())
              .put("chosen", clustering.getChosen())
              .put("reason", clustering.getReason());
      for (Sweep criterion : Sweep.values()) {
        row.put(criterion.key(), round(criterion.of(clustering), 4));
      }
    }
  }

  private void findings() {
    ArrayNode confounds = page.putArray("confounds");
    for (Confound c : Verdict.confounds(options, data)) {
      confounds
          .addObject()
          .put("property", c.getProperty())
          .put("songs", c.getSongs())
          .put("accuracy", round(c.getBalancedAccuracy(), 4))
          .put("chance", round(c.getChance(), 4))
          .put("ami", round(c.getClusterAmi(), 4))
          .put("alarming", c.getAlarming());
    }
    ArrayNode probes = page.putArray("probes");
    for (Findings found : data.findings()) {
      Probe probe = found.getProbe();
      probes
          .addObject()
          .put("representation", Terms.of(found.getRepresentation()))
          .put("songs", probe.getSongs())
          .put("labels", probe.getLabels())
          .put("logistic", round(probe.getLogistic(), 4))
          .put("neighbours", round(probe.getNearestNeighbours(), 4))
          .put("chance", round(probe.getChance(), 4));
    }
    List<NearDuplicate> pairs = FindingTables.nearDuplicates(data.findings());
    page.put("copiesNote", FindingTables.pairs(pairs.size(), data.noun()));
    ArrayNode copies = page.putArray("copies");
    for (NearDuplicate pair : pairs) {
      Integer first = places.get(pair.getFirst());
      Integer second = places.get(pair.getSecond());
      if (first != null && second != null && copies.size() < MOST_COPIES) {
        copies.addArray().add(first).add(second).add(round(pair.getRelativeDistance(), 3));
      }
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private void metrics() {
    ArrayNode metrics = page.putArray("metrics");
    List<ClusteringMetrics> compared = ComparedRows.of(options, data.metrics());
    for (ClusteringMetrics m : data.metrics()) {
      ObjectNode row = metrics.addObject();
      row.put("representation", Terms.of(m.getRepresentation()));
      row.put("clusterer", Terms.of(m.getClusterer()));
      row.put("k", m.getK());
      row.put("chosen", m.getChosen());
      row.put("compared", compared.contains(m));
      row.put("primary", Verdict.isPrimary(options, m));
      row.put("silhouette", round(m.getSilhouette(), 4));
      row.put("daviesBouldin", round(m.getDaviesBouldin(), 4));
      estimate(row, "nmi", m.getNmi());
      estimate(row, "ari", m.getAri());
      estimate(row, "ami", m.getAmi());
      estimate(row, "purity", m.getPurity());
      row.put("majority", round(m.getMajorityRate().getValue(), 4));
      row.put("stability", round(m.getStability(), 4));
      row.put("active", m.getActiveDimensions());
      row.put("flags", Verdict.flags(m.getFlags()));
    }
  }

  private static void estimate(ObjectNode row, String key, Estimate estimate) {
    row.putObject(key)
        .put("value", round(estimate.getValue(), 4))
        .put("low", round(estimate.getLow(), 4))
        .put("high", round(estimate.getHigh(), 4));
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
        Terms.of(model.getName())
            + ": "
            + Terms.count(model.getInputDimensions(), "feature")
            + " to "
            + Terms.count(model.getLatentDimensions(), "latent dimension")
            + (probabilistic ? ", " + model.getActiveDimensions() + " of them active" : "")
            + ". Fitted to "
            + data.noun().count(model.getProvenance().getSongs())
            + " with seed "
            + model.getProvenance().getSeed()
            + ".");
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
    Map<String, Integer> counts = new TreeMap<>();
    ArrayNode failures = coverage.putArray("failures");
    for (Failure failure : data.failures()) {
      String stage = failure.getStage().name().toLowerCase(Locale.ROOT);
      counts.merge(stage + "\t" + failure.getCode(), 1, Integer::sum);
      if (failures.size() < MOST_FAILURES) {
        failures
            .addObject()
            .put("filepath", failure.getFilepath())
            .put("stage", stage)
            .put("code", failure.getCode())
            .put("message", failure.getMessage());
      }
    }
    ArrayNode codes = coverage.putArray("codes");
    counts.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue()))
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
}
