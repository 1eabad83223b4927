package org.surmala.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.cluster.ClusterOptions;
import org.surmala.cluster.Criterion;
import org.surmala.config.Setting.IntRange;
import org.surmala.featurize.FeatureOptions;
import org.surmala.featurize.FeatureScale;
import org.surmala.model.Representations;
import org.surmala.read.ReadOptions;
import org.surmala.report.plot.FigureStyle;

/** Every option of a pipeline, in the order of the stages. */
public final class Keys {
  private static final List<String> CLUSTERERS =
      Arrays.stream(ClusterAlgorithm.values()).map(ClusterAlgorithm::label).toList();

  public static final Setting<List<String>> EXTENSIONS =
      Setting.words(
          "read.extensions",
          "file name extensions separated by commas",
          String.join(",", ReadOptions.DEFAULT_EXTENSIONS),
          "extensions of audio files; other files are skipped");
  static final Setting<Double> TIME_LIMIT =
      Setting.real("decode.time_limit_seconds", 0.1, 3600, "60", "maximum decoding time per song");

  static final Setting<Double> WINDOW_SECONDS =
      Setting.real(
          "window.seconds", 1, 600, "30", "length of the segment from the middle of a song");
  static final Setting<Integer> SAMPLE_RATE =
      Setting.integer(
          "window.sample_rate", 8000, 48000, "22050", "sample rate of the mono segment, Hz");
  static final Setting<Double> MIN_SECONDS =
      Setting.real("window.min_seconds", 0.5, 600, "10", "shorter songs fail as too_short");
  static final Setting<String> SHORT_SONGS =
      Setting.oneOf(
          "window.short_songs",
          List.of("pad", "loop", "refuse"),
          "pad",
          "treatment of songs shorter than the window: append silence, repeat the song, or refuse"
              + " it");
  static final Setting<Boolean> NORMALISE =
      Setting.bool("window.normalise", "true", "normalise the segment to window.loudness_lufs");
  static final Setting<Double> LOUDNESS =
      Setting.real("window.loudness_lufs", -60, -5, "-23", "loudness of the segment, LUFS");

  static final Setting<Boolean> KEEP =
      Setting.bool(
          "window.keep",
          "true",
          "write each segment to data/processed, 1.3 MB per song, for playback on the page; without"
              + " it the page plays the songs");

  static final Setting<List<String>> FEATURES =
      Setting.someOf(
          "features.list",
          FeatureOptions.NAMES,
          String.join(",", FeatureOptions.defaults().features()),
          "features to extract");
  static final Setting<List<String>> STATISTICS =
      Setting.someOf(
          "features.statistics",
          FeatureOptions.STATISTICS,
          String.join(",", FeatureOptions.defaults().statistics()),
          "statistics over frames that enter the song vector");
  static final Setting<String> FEATURE_SCALE =
      Setting.oneOf(
          "features.scale",
          Arrays.stream(FeatureScale.values()).map(FeatureScale::label).toList(),
          FeatureOptions.defaults().scale().label(),
          "frequencies in octaves and levels in dB, or in Hz and amplitude");
  static final Setting<Integer> FFT_SIZE =
      Setting.integer("features.fft_size", 256, 16384, "2048", "samples per frame, a power of two");
  static final Setting<Integer> HOP_LENGTH =
      Setting.integer(
          "features.hop_length", 1, 16384, "512", "samples between the starts of two frames");
  static final Setting<Integer> MELS =
      Setting.integer("features.mels", 8, 512, "128", "number of mel bands");
  static final Setting<Integer> MFCCS =
      Setting.integer("features.mfccs", 1, 128, "20", "number of cepstral coefficients");
  static final Setting<Boolean> WINDOWS =
      Setting.bool(
          "features.windows",
          Boolean.toString(FeatureOptions.defaults().windows()),
          "store a vector for each window of a song");
  static final Setting<Boolean> PATCHES =
      Setting.bool(
          "features.patches", "false", "store a log-mel spectrogram for each window of a song");
  static final Setting<Double> PATCH_SECONDS =
      Setting.real(
          "features.window_seconds", 0.5, 600, "3", "length of a window of a song, seconds");
  static final Setting<Double> PATCH_HOP_SECONDS =
      Setting.real(
          "features.window_hop_seconds",
          0.1,
          600,
          "3",
          "seconds between the starts of two windows");

  static final Setting<List<String>> MODELS =
      Setting.someOf(
          "models.list",
          Representations.kinds(),
          "raw,pca,vae,neighbour_vae",
          "representations to fit and compare");

  static final Setting<List<String>> CLUSTER_ALGORITHMS =
      Setting.someOf(
          "cluster.algorithms", CLUSTERERS, "kmeans,ward", "clusterers to run and compare");
  public static final Setting<IntRange> K =
      Setting.range("cluster.k", 2, 1000, "2..10", "number of clusters, or a range to choose from");
  public static final Setting<Integer> RESTARTS =
      Setting.integer(
          "cluster.restarts", 1, 1000, "10", "starts of k-means; the best result is kept");
  static final Setting<Integer> STABILITY_REFITS =
      Setting.integer(
          "cluster.stability_refits",
          0,
          100,
          "10",
          "refits to bootstrap samples for the stability");

  static final Setting<List<Integer>> LEVELS =
      Setting.integers(
          "cluster.levels",
          2,
          100_000,
          "",
          "further values of k at which to cut a hierarchy; they are never chosen");
  static final Setting<String> CRITERION =
      Setting.oneOf(
          "cluster.criterion",
          Arrays.stream(Criterion.values()).map(Criterion::label).toList(),
          ClusterOptions.DEFAULTS.criterion().label(),
          "criterion that chooses k");
  static final Setting<Integer> GAP_REFERENCES =
      Setting.integer(
          "cluster.gap_references",
          0,
          1000,
          Integer.toString(ClusterOptions.DEFAULTS.gapReferences()),
          "reference sets per gap statistic; 0 for no gap statistic");
  public static final Setting<Double> EPSILON =
      Setting.real(
          "cluster.epsilon", 0, 1e9, "0", "radius of dbscan; 0 uses the knee of the distances");
  public static final Setting<Integer> MIN_POINTS =
      Setting.integer(
          "cluster.min_points",
          2,
          100_000,
          Integer.toString(ClusterOptions.DEFAULTS.minPoints()),
          "songs within the radius of a core song, for dbscan and hdbscan");
  public static final Setting<Integer> MIN_CLUSTER_SIZE =
      Setting.integer(
          "cluster.min_cluster_size",
          2,
          100_000,
          Integer.toString(ClusterOptions.DEFAULTS.minClusterSize()),
          "minimum number of songs in a cluster of hdbscan");
  public static final Setting<Integer> BLOCKS =
      Setting.integer(
          "cluster.blocks",
          0,
          65_536,
          Integer.toString(ClusterOptions.DEFAULTS.blocks()),
          "number of blocks for k-means in passes, such as 64 for a million songs; 0 keeps all"
              + " songs in the memory of one worker");

  public static final Setting<Integer> BOOTSTRAP =
      Setting.integer(
          "evaluate.bootstrap",
          0,
          100_000,
          "1000",
          "bootstrap samples for the confidence intervals");
  public static final Setting<Integer> PERMUTATIONS =
      Setting.integer(
          "evaluate.permutations",
          0,
          100_000,
          "999",
          "permutations of the labels for each p-value");

  /** Leaves a choice to the lists that it is made from. */
  static final String AUTO = "auto";

  static final Setting<String> PRIMARY_REPRESENTATION =
      Setting.oneOf(
          "primary.representation",
          withAuto(Representations.kinds()),
          AUTO,
          "representation of the clusters in assignments.csv; auto: neighbour_vae if models.list"
              + " has it, else its first that is neither raw nor pca, else its first");
  static final Setting<String> PRIMARY_CLUSTERER =
      Setting.oneOf(
          "primary.clusterer",
          withAuto(CLUSTERERS),
          AUTO,
          "clusterer of the clusters in assignments.csv; auto: kmeans if cluster.algorithms has it,"
              + " else its first");

  /** What the keys of a watch begin with. */
  static final String WATCH = "watch.";

  public static final Setting<Double> POLL_SECONDS =
      Setting.real(
          WATCH + "poll_seconds", 0.05, 86_400, "1", "seconds between two polls of the songs");
  public static final Setting<Integer> FIRST_SONGS =
      Setting.integer(
          WATCH + "first_songs", 3, 1_000_000, "30", "songs required for the first model");
  public static final Setting<Integer> REFIT_SONGS =
      Setting.integer(
          WATCH + "refit_songs",
          0,
          1_000_000,
          "100",
          "new songs that trigger a refit; 0 for never");
  public static final Setting<Double> REFIT_MINUTES =
      Setting.real(
          WATCH + "refit_minutes",
          0,
          1_000_000,
          "0",
          "minutes after which new songs trigger a refit; 0 for never");
  public static final Setting<Double> DRIFT_ALLOWANCE =
      Setting.real(
          WATCH + "drift_allowance",
          0,
          100,
          "1",
          "drift test: tolerated excess distance of new songs to their clusters, in standard"
              + " deviations");
  public static final Setting<Double> DRIFT_THRESHOLD =
      Setting.real(
          WATCH + "drift_threshold",
          0,
          1e6,
          "8",
          "drift test: accumulated excess beyond the allowance that triggers a refit; 0 for never");
  public static final Setting<Integer> NEIGHBOURS =
      Setting.integer(WATCH + "neighbours", 0, 100, "5", "number of nearest songs listed per song");

  /** What the keys of plots begin with. */
  static final String PLOTS = "plots.";

  static final Setting<String> FIGURE_WIDTH =
      new Setting<>(
          PLOTS + "width",
          FigureStyle.WIDTHS,
          "width of every plot; same as --figure-width",
          FigureStyle.AUTO,
          text -> new FigureStyle(text, true).width());
  static final Setting<Boolean> FIGURE_TITLE =
      Setting.bool(
          PLOTS + "title", "true", "title and note above each plot; same as --no-title if false");

  static final Setting<Double> MAX_FAILED_SHARE =
      Setting.real(
          "failures.max_share",
          0,
          1,
          "0.1",
          "share of failed songs above which the exit code is 3");
  public static final Setting<Long> SEED =
      Setting.seed("seed", "42", "seed of all random numbers; same as --seed");

  /** Options of each kind of model, as {@code vae.latent}. */
  static final Map<String, List<Setting<String>>> OF_MODEL = ModelKeys.all();

  static final List<Setting<?>> ALL = all();

  private Keys() {}

  private static List<String> withAuto(List<String> values) {
    List<String> all = new ArrayList<>(List.of(AUTO));
    all.addAll(values);
    return all;
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                EXTENSIONS,
                TIME_LIMIT,
                WINDOW_SECONDS,
                SAMPLE_RATE,
                MIN_SECONDS,
                SHORT_SONGS,
                NORMALISE,
                LOUDNESS,
                KEEP,
                FEATURES,
                STATISTICS,
                FEATURE_SCALE,
                FFT_SIZE,
                HOP_LENGTH,
                MELS,
                MFCCS,
                WINDOWS,
                PATCHES,
                PATCH_SECONDS,
                PATCH_HOP_SECONDS,
                MODELS));
    all.addAll(ModelKeys.PREPROCESS);
    OF_MODEL.values().forEach(all::addAll);
    all.addAll(
        List.of(
            CLUSTER_ALGORITHMS,
            K,
            LEVELS,
            CRITERION,
            RESTARTS,
            STABILITY_REFITS,
            GAP_REFERENCES,
            EPSILON,
            MIN_POINTS,
            MIN_CLUSTER_SIZE,
            BLOCKS,
            BOOTSTRAP,
            PERMUTATIONS,
            PRIMARY_REPRESENTATION,
            PRIMARY_CLUSTERER,
            POLL_SECONDS,
            FIRST_SONGS,
            REFIT_SONGS,
            REFIT_MINUTES,
            DRIFT_ALLOWANCE,
            DRIFT_THRESHOLD,
            NEIGHBOURS,
            FIGURE_WIDTH,
            FIGURE_TITLE,
            MAX_FAILED_SHARE,
            SEED));
    return List.copyOf(all);
  }
}
