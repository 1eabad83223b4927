package org.surmala.config;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.cluster.ClusterOptions;
import org.surmala.cluster.Criterion;
import org.surmala.cluster.GroupOptions;
import org.surmala.evaluate.EvaluateOptions;
import org.surmala.featurize.FeatureDimension;
import org.surmala.featurize.SongAudio;
import org.surmala.io.PathText;
import org.surmala.io.Shards;
import org.surmala.model.InputSpec;
import org.surmala.model.Representations;
import org.surmala.read.Catalog;
import org.surmala.read.FeatureTable;
import org.surmala.read.ReadOptions;
import org.surmala.read.TitlePattern;
import org.surmala.report.ReportOptions;
import org.surmala.report.SongParts;
import org.surmala.report.plot.FigureStyle;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.store.FeatureStore;
import org.surmala.train.ModelSpec;
import org.surmala.train.TrainOptions;

/**
 * The validated configuration of a pipeline.
 *
 * @param run name of the run in its scores: the same for equal options, whatever the songs
 * @param table feature table instead of songs; null for none
 * @param processed folder of the segments, ending in a slash
 * @param dimensionNames names of the dimensions, in order
 * @param maxSeconds length above which a song is left out; infinite for none
 * @param maxFailedShare share of failed songs above which a run counts as failed
 * @param notes notes for readers of the scores, one line each
 * @param continued chosen clusterings whose clusters keep their numbers
 */
public record PipelineConfig(
    String run,
    long seed,
    ReadOptions read,
    @Nullable FeatureTable table,
    FeatureStore store,
    AudioOptions audio,
    String processed,
    List<String> dimensionNames,
    TrainOptions train,
    ClusterOptions cluster,
    EvaluateOptions evaluate,
    PrimaryClusteringFilter primary,
    ReportOptions report,
    double maxSeconds,
    double maxFailedShare,
    List<String> notes,
    List<Clustering> continued)
    implements Serializable {
  /** Smallest number of songs that can be clustered. */
  public static final int MIN_SONGS = 3;

  static final String VADE = "vade";
  private static final int RUN_DIGITS = 8;

  public PipelineConfig {
    dimensionNames = List.copyOf(dimensionNames);
    notes = List.copyOf(notes);
    continued = List.copyOf(continued);
  }

  /** Folder of the results, ending in a slash. */
  public String results() {
    return report.results();
  }

  /**
   * The same configuration for the next model version.
   *
   * @param folder folder of the results, ending in a slash
   * @param starts models that the fits start from
   * @param clusterings chosen clusterings whose clusters keep their numbers
   * @param profiles profiles of the same clusters, which keep their names
   */
  public PipelineConfig onFrom(
      String folder,
      List<ModelCheckpoint> starts,
      List<Clustering> clusterings,
      List<ClusterProfile> profiles) {
    return new PipelineConfig(
        run,
        seed,
        read,
        table,
        store,
        audio,
        processed,
        dimensionNames,
        train.withStarts(starts),
        cluster,
        evaluate.withFormer(profiles),
        primary,
        // A watch has all songs of a fit in memory, and publishes them in parts of its own.
        report.in(folder, false, report.shown()).inParts(0),
        maxSeconds,
        maxFailedShare,
        notes,
        clusterings);
  }

  /** The shards of songs. */
  public Shards shards() {
    return read.shards();
  }

  /** Derives tempo and key of songs; neither for the rows of a table. */
  public SongAudio songAudio() {
    return SongAudio.of(table == null ? dimensionNames : List.of());
  }

  /** Version of the features. */
  public String spec() {
    return table == null ? audio.spec() : table.spec();
  }

  /**
   * Builds a configuration.
   *
   * @param data the data folder, absolute, ending in a slash
   * @throws UsageException if options contradict each other, or the feature table lacks columns
   */
  public static PipelineConfig of(RunRequest request, String data, Shards shards) {
    Settings settings = request.settings();
    AudioOptions audio = AudioOptions.of(settings);
    List<String> models = Representations.withCompanions(settings.get(Keys.MODELS));
    List<String> columns = ModelKeys.columns(models, settings);
    String group = request.source().group(settings);
    List<String> read =
        Stream.concat(columns.stream(), Stream.of(group).filter(name -> !name.isEmpty()))
            .distinct()
            .toList();
    FeatureTable table = scan(request.source(), read);
    ModelKeys.requireIntakes(models, settings, table != null);
    List<String> notes = new ArrayList<>();
    if (request.source() instanceof SongSource.Sound sound) {
      ModelKeys.requireColumns(models, settings, sound.columns(), sound.described());
      ModelKeys.requireGroup(group, sound.columns(), sound.described());
      notes.addAll(sound.notes());
    }
    List<String> names = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    if (table == null) {
      for (FeatureDimension dimension : audio.dimensions()) {
        names.add(dimension.name());
        groups.add(dimension.group().label());
      }
    } else {
      names.addAll(table.features());
      notes.addAll(table.notes());
    }
    List<String> added = new ArrayList<>(models);
    added.removeAll(settings.get(Keys.MODELS));
    if (!added.isEmpty()) {
      notes.add(
          "added to "
              + Keys.MODELS.key()
              + ", because a model of lyrics is compared with lyrics and script alone: "
              + String.join(", ", added));
    }
    long seed = settings.get(Keys.SEED);
    String run = run(settings, audio);
    PrimaryClusteringFilter primary = PrimaryClusteringFilter.of(settings, notes);
    requireOwnClusters(primary, settings);
    String results = PathText.folder(request.results());
    return UsageException.unlessRefused(
        () ->
            new PipelineConfig(
                run,
                seed,
                new ReadOptions(
                    request.source() instanceof SongSource.Sound sound ? sound.path() : data,
                    data,
                    settings.get(Keys.EXTENSIONS),
                    data + Catalog.FILE,
                    shards,
                    Annotation.further(read),
                    TitlePattern.of(settings.get(Keys.TITLE_PATTERN))),
                table,
                new FeatureStore(data + "features", table == null ? audio.spec() : table.spec()),
                audio,
                data + "processed/",
                names,
                new TrainOptions(
                    models.stream()
                        .map(kind -> new ModelSpec(kind, kind, ModelKeys.options(kind, settings)))
                        .toList(),
                    data + "models/",
                    seed,
                    groups,
                    Runtime.getRuntime().availableProcessors()),
                ClusterOptions.DEFAULTS
                    .withAlgorithms(
                        settings.get(Keys.CLUSTER_ALGORITHMS).stream()
                            .map(ClusterAlgorithm::of)
                            .toArray(ClusterAlgorithm[]::new))
                    .withKRange(settings.get(Keys.K).first(), settings.get(Keys.K).last())
                    .withRestarts(settings.get(Keys.RESTARTS))
                    .withLevels(settings.get(Keys.LEVELS))
                    .withCriterion(Criterion.of(settings.get(Keys.CRITERION)))
                    .withStabilityRefits(settings.get(Keys.STABILITY_REFITS))
                    .withGapReferences(settings.get(Keys.GAP_REFERENCES))
                    .withEpsilon(settings.get(Keys.EPSILON))
                    .withMinPoints(settings.get(Keys.MIN_POINTS))
                    .withMinClusterSize(settings.get(Keys.MIN_CLUSTER_SIZE))
                    .withBlocks(settings.get(Keys.BLOCKS))
                    .withGroups(groups(settings, primary))
                    .withSeed(seed)
                    .withNoun(request.source().noun()),
                new EvaluateOptions(
                    run,
                    settings.get(Keys.BOOTSTRAP),
                    settings.get(Keys.PERMUTATIONS),
                    EvaluateOptions.SILHOUETTE_SAMPLE,
                    EvaluateOptions.SILHOUETTE_EXACT,
                    seed,
                    ModelKeys.marks(models, settings),
                    ofFeatures(names, groups),
                    ofFeatures(groups, groups),
                    group,
                    List.of()),
                primary,
                new ReportOptions(
                    results,
                    data,
                    primary.representation(),
                    primary.clusterer(),
                    seed,
                    writesMetadata(request.source(), data),
                    results,
                    ModelKeys.inputSpec(primary.representation(), settings).groups(groups),
                    new FigureStyle(
                        settings.get(Keys.FIGURE_WIDTH), settings.get(Keys.FIGURE_TITLE)),
                    request.source().noun(),
                    parts(settings.get(Keys.BLOCKS))),
                settings.get(Keys.MAX_SECONDS) > 0
                    ? settings.get(Keys.MAX_SECONDS)
                    : Double.POSITIVE_INFINITY,
                settings.get(Keys.MAX_FAILED_SHARE),
                notes,
                List.of()));
  }

  /** Number of parts of the tables of songs; 0 for one table. */
  private static int parts(int blocks) {
    return blocks == 0
        ? 0
        : SongParts.count(blocks * ClusterOptions.SONGS_OF_BLOCK, SongParts.MOST_IN_PART);
  }

  private static @Nullable GroupOptions groups(Settings settings, PrimaryClusteringFilter primary) {
    return settings.get(Keys.GROUPS)
        ? new GroupOptions(
            primary.representation(),
            primary.clusterer(),
            settings.get(Keys.GROUP_SONGS).first(),
            settings.get(Keys.GROUP_SONGS).last())
        : null;
  }

  /** The scanned feature table, whose condition columns are not features; null for audio. */
  static @Nullable FeatureTable scan(SongSource source, List<String> conditions) {
    if (!(source instanceof SongSource.Table table)) {
      return null;
    }
    try {
      return FeatureTable.scan(table.options().withAbsoluteFile().withConditionColumns(conditions));
    } catch (IOException e) {
      throw new UsageException("--features " + e.getMessage(), e);
    }
  }

  /**
   * Whether to write metadata.csv: one that names the songs belongs to the user and is only read.
   */
  private static boolean writesMetadata(SongSource source, String data) {
    return source instanceof SongSource.Sound sound
        && !(data + "metadata.csv").equals(PathText.absolute(sound.path()));
  }

  /** Checks the clusterer {@code model}: only VaDE defines clusters. */
  private static void requireOwnClusters(PrimaryClusteringFilter primary, Settings settings) {
    String own = ClusterAlgorithm.MODEL.label();
    if (settings.get(Keys.CLUSTER_ALGORITHMS).contains(own)
        && !settings.get(Keys.MODELS).contains(VADE)) {
      throw new UsageException(
          "%s has %s, the clusters that a model defines; add %s to %s, or leave it out"
              .formatted(Keys.CLUSTER_ALGORITHMS.key(), own, VADE, Keys.MODELS.key()));
    }
    if (primary.clusterer().equals(own) && !primary.representation().equals(VADE)) {
      throw new UsageException(
          "%s is %s, but %s defines no clusters; set %s=%s"
              .formatted(
                  Keys.PRIMARY_CLUSTERER.key(),
                  own,
                  primary.representation(),
                  Keys.PRIMARY_REPRESENTATION.key(),
                  VADE));
    }
  }

  /** Names or groups of the feature columns, without those of the embedding. */
  private static List<String> ofFeatures(List<String> columns, List<String> groups) {
    return groups.isEmpty()
        ? columns
        : Arrays.stream(InputSpec.VECTOR.of(InputSpec.Part.FEATURES).columns(groups))
            .mapToObj(columns::get)
            .toList();
  }

  private static String run(Settings settings, AudioOptions audio) {
    StringBuilder text = new StringBuilder();
    if (audio.embedding() != null) {
      text.append(audio.embedding().canonical()).append('\n');
    }
    for (Map.Entry<String, String> setting : new TreeMap<>(settings.asMap()).entrySet()) {
      // Intervals of polls and refits, stored files, the style of plots and the path of a model do
      // not change results.
      if (setting.getKey().startsWith(Keys.WATCH)
          || setting.getKey().startsWith(Keys.PLOTS)
          || setting.getKey().startsWith(Keys.ONNX)
          || setting.getKey().equals(Keys.KEEP.key())) {
        continue;
      }
      text.append(setting.getKey()).append('=').append(setting.getValue()).append('\n');
    }
    return DigestUtils.sha256Hex(text.toString()).substring(0, RUN_DIGITS);
  }
}
