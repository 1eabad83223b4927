package org.surmala.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.cluster.ClusterOptions;
import org.surmala.cluster.Criterion;
import org.surmala.featurize.FeatureOptions;
import org.surmala.featurize.FeatureScale;
import org.surmala.model.Representations;
import org.surmala.model.onnx.OnnxPreset;
import org.surmala.option.Option;
import org.surmala.option.Option.IntRange;
import org.surmala.read.ReadOptions;
import org.surmala.read.TitlePattern;
import org.surmala.report.plot.FigureStyle;

/**
 * Every option of a pipeline, in the order of the stages. One list, longer than other files, so
 * that no option is missed.
 */
public final class Keys {
  private static final List<String> CLUSTERERS =
      Arrays.stream(ClusterAlgorithm.values()).map(ClusterAlgorithm::label).toList();

  public static final Option<List<String>> EXTENSIONS =
      Option.words(
          "read.extensions",
          "file name extensions separated by commas",
          String.join(",", ReadOptions.DEFAULT_EXTENSIONS),
          "extensions of audio files; other files are skipped");
  static final Option<String> TITLE_PATTERN =
      Option.text(
          TitlePattern.KEY,
          "a regular expression with a group (?<title>…), and (?<artist>…) if you like",
          "reads the names, without extension, of files without tags; where it does not match,"
              + " Artist - Title and NN - Title are read");
  static final Option<Double> MAX_SECONDS =
      Option.real(
          "read.max_seconds",
          0,
          1e6,
          "0",
          "leave out songs longer than this many seconds, such as mixes and audiobooks; 0 keeps"
              + " all. A watch decides when it takes a song");
  static final Option<Double> TIME_LIMIT =
      Option.real("decode.time_limit_seconds", 0.1, 3600, "60", "maximum decoding time per song");

  static final Option<Double> WINDOW_SECONDS =
      Option.real(
          "window.seconds", 1, 600, "30", "length of the segment from the middle of a song");
  static final Option<Integer> WINDOW_COUNT =
      Option.integer(
          "window.count",
          1,
          10,
          "1",
          "excerpts of a song that make up the segment, spread evenly over it; 1 is the middle");
  static final Option<Integer> SAMPLE_RATE =
      Option.integer(
          "window.sample_rate", 8000, 48000, "22050", "sample rate of the mono segment, Hz");
  static final Option<Double> MIN_SECONDS =
      Option.real("window.min_seconds", 0.5, 600, "10", "shorter songs fail as too_short");
  static final Option<String> SHORT_SONGS =
      Option.oneOf(
          "window.short_songs",
          List.of("pad", "loop", "refuse"),
          "pad",
          "treatment of songs shorter than the window: append silence, repeat the song, or refuse"
              + " it");
  static final Option<Boolean> NORMALISE =
      Option.bool("window.normalise", "true", "normalise the segment to window.loudness_lufs");
  static final Option<Double> LOUDNESS =
      Option.real("window.loudness_lufs", -60, -5, "-23", "loudness of the segment, LUFS");

  static final Option<Boolean> KEEP =
      Option.bool(
          "window.keep",
          "true",
          "write each segment to data/processed, 1.3 MB per song, for playback on the page; without"
              + " it the page plays the songs");

  static final Option<List<String>> FEATURES =
      Option.someOf(
          "features.list",
          FeatureOptions.NAMES,
          String.join(",", FeatureOptions.defaults().features()),
          "features to extract");
  static final Option<List<String>> STATISTICS =
      Option.someOf(
          "features.statistics",
          FeatureOptions.STATISTICS,
          String.join(",", FeatureOptions.defaults().statistics()),
          "statistics over frames that enter the song vector");
  static final Option<String> FEATURE_SCALE =
      Option.oneOf(
          "features.scale",
          Arrays.stream(FeatureScale.values()).map(FeatureScale::label).toList(),
          FeatureOptions.defaults().scale().label(),
          "frequencies in octaves and levels in dB, or in Hz and amplitude");
  static final Option<Integer> FFT_SIZE =
      Option.integer("features.fft_size", 256, 16384, "2048", "samples per frame, a power of two");
  static final Option<Integer> HOP_LENGTH =
      Option.integer(
          "features.hop_length", 1, 16384, "512", "samples between the starts of two frames");
  static final Option<Integer> MELS =
      Option.integer("features.mels", 8, 512, "128", "number of mel bands");
  static final Option<Integer> MFCCS =
      Option.integer("features.mfccs", 1, 128, "20", "number of cepstral coefficients");
  static final Option<Boolean> WINDOWS =
      Option.bool(
          "features.windows",
          Boolean.toString(FeatureOptions.defaults().windows()),
          "store a vector for each window of a song");
  static final Option<Boolean> PATCHES =
      Option.bool(
          "features.patches", "false", "store a log-mel spectrogram for each window of a song");
  static final Option<Double> PATCH_SECONDS =
      Option.real(
          "features.window_seconds", 0.5, 600, "3", "length of a window of a song, seconds");
  static final Option<Double> PATCH_HOP_SECONDS =
      Option.real(
          "features.window_hop_seconds",
          0.1,
          600,
          "3",
          "seconds between the starts of two windows");

  /** Prefix of the keys of the user's pretrained model. */
  static final String ONNX = "onnx.";

  static final Option<String> ONNX_MODEL =
      Option.text(
          ONNX + "model",
          "a path or URI of an ONNX file",
          "your pretrained audio model, whose embedding is one more feature group; see"
              + " src/docs/pretrained.md");
  static final Option<String> ONNX_PRESET =
      Option.text(
          ONNX + "preset",
          "one of " + String.join(", ", OnnxPreset.NAMES) + ", or a path or URI of a .json file",
          "input and output of that model: sample rate, spectrum, patches, pooling");

  static final Option<List<String>> MODELS =
      Option.someOf(
          "models.list",
          Representations.kinds(),
          "raw,pca,vae,neighbour_vae",
          "representations to fit and compare");

  static final Option<List<String>> CLUSTER_ALGORITHMS =
      Option.someOf(
          "cluster.algorithms", CLUSTERERS, "kmeans,ward", "clusterers to run and compare");
  public static final Option<IntRange> K =
      Option.range("cluster.k", 2, 1000, "2..10", "number of clusters, or a range to choose from");
  public static final Option<Integer> RESTARTS =
      Option.integer(
          "cluster.restarts", 1, 1000, "10", "starts of k-means; the best result is kept");
  static final Option<Integer> STABILITY_REFITS =
      Option.integer(
          "cluster.stability_refits",
          0,
          100,
          "10",
          "refits to bootstrap samples for the stability");

  static final Option<Boolean> GROUPS =
      Option.bool("cluster.groups", "true", "split large clusters into groups");
  static final Option<IntRange> GROUP_SONGS =
      Option.range(
          "cluster.group_songs",
          2,
          10_000,
          "15..40",
          "songs of a group; a cluster with no more than the end of the range is one group");

  static final Option<List<Integer>> LEVELS =
      Option.integers(
          "cluster.levels",
          2,
          100_000,
          "",
          "further values of k at which to cut a hierarchy; they are never chosen");
  static final Option<String> CRITERION =
      Option.oneOf(
          "cluster.criterion",
          Arrays.stream(Criterion.values()).map(Criterion::label).toList(),
          ClusterOptions.DEFAULTS.criterion().label(),
          "criterion that chooses k");
  static final Option<Integer> GAP_REFERENCES =
      Option.integer(
          "cluster.gap_references",
          0,
          1000,
          Integer.toString(ClusterOptions.DEFAULTS.gapReferences()),
          "reference sets per gap statistic; 0 for no gap statistic");
  public static final Option<Double> EPSILON =
      Option.real(
          "cluster.epsilon", 0, 1e9, "0", "radius of dbscan; 0 uses the knee of the distances");
  public static final Option<Integer> MIN_POINTS =
      Option.integer(
          "cluster.min_points",
          2,
          100_000,
          Integer.toString(ClusterOptions.DEFAULTS.minPoints()),
          "songs within the radius of a core song, for dbscan and hdbscan");
  public static final Option<Integer> MIN_CLUSTER_SIZE =
      Option.integer(
          "cluster.min_cluster_size",
          2,
          100_000,
          Integer.toString(ClusterOptions.DEFAULTS.minClusterSize()),
          "minimum number of songs in a cluster of hdbscan");
  public static final Option<Integer> BLOCKS =
      Option.integer(
          "cluster.blocks",
          0,
          65_536,
          Integer.toString(ClusterOptions.DEFAULTS.blocks()),
          "number of blocks of songs for clustering and scores in passes, so that no worker holds"
              + " all songs; 0 makes none for up to 200,000 songs, else one per 16,384");

  public static final Option<Integer> BOOTSTRAP =
      Option.integer(
          "evaluate.bootstrap",
          0,
          100_000,
          "1000",
          "bootstrap samples for the confidence intervals");
  public static final Option<Integer> PERMUTATIONS =
      Option.integer(
          "evaluate.permutations",
          0,
          100_000,
          "999",
          "permutations of the labels for each p-value");

  /** No column. */
  static final String NONE = "none";

  public static final Option<String> GROUP =
      Option.column(
          "evaluate.group",
          NONE,
          "column of groups: songs with the same value are never on both sides of a probe's "
              + "split, nor query and answer; artist, or a column of metadata.csv such as album");

  /** Chooses from the corresponding list. */
  static final String AUTO = "auto";

  static final Option<String> PRIMARY_REPRESENTATION =
      Option.oneOf(
          "primary.representation",
          withAuto(Representations.kinds()),
          AUTO,
          "representation of the clusters in assignments.csv; auto: neighbour_vae if models.list"
              + " has it, else its first that is neither raw nor pca, else its first");
  static final Option<String> PRIMARY_CLUSTERER =
      Option.oneOf(
          "primary.clusterer",
          withAuto(CLUSTERERS),
          AUTO,
          "clusterer of the clusters in assignments.csv; auto: kmeans if cluster.algorithms has it,"
              + " else its first");

  /** Prefix of the keys of a watch. */
  static final String WATCH = "watch.";

  public static final Option<Double> POLL_SECONDS =
      Option.real(
          WATCH + "poll_seconds", 0.05, 86_400, "1", "seconds between two polls of the songs");
  public static final Option<Integer> FIRST_SONGS =
      Option.integer(
          WATCH + "first_songs", 3, 1_000_000, "30", "songs required for the first model");
  public static final Option<Integer> REFIT_SONGS =
      Option.integer(
          WATCH + "refit_songs",
          0,
          1_000_000,
          "100",
          "new songs that trigger a refit; 0 for never");
  public static final Option<Double> REFIT_MINUTES =
      Option.real(
          WATCH + "refit_minutes",
          0,
          1_000_000,
          "0",
          "minutes after which new songs trigger a refit; 0 for never");
  public static final Option<Double> DRIFT_ALLOWANCE =
      Option.real(
          WATCH + "drift_allowance",
          0,
          100,
          "1",
          "drift test: tolerated excess distance of new songs to their clusters, in standard"
              + " deviations");
  public static final Option<Double> DRIFT_THRESHOLD =
      Option.real(
          WATCH + "drift_threshold",
          0,
          1e6,
          "8",
          "drift test: accumulated excess beyond the allowance that triggers a refit; 0 for never");
  public static final Option<Integer> NEIGHBOURS =
      Option.integer(WATCH + "neighbours", 0, 100, "5", "number of nearest songs listed per song");

  public static final Option<String> RESULTS_TOPIC =
      Option.text(
          WATCH + "results_topic",
          "kafka://HOST:PORT[,HOST:PORT...]/TOPIC[?properties=FILE]",
          "topic that each assignment is sent to; empty for none");

  /** Prefix of the keys of plots. */
  static final String PLOTS = "plots.";

  static final Option<String> FIGURE_WIDTH =
      new Option<>(
          PLOTS + "width",
          FigureStyle.WIDTHS,
          "width of every plot; same as --figure-width",
          FigureStyle.AUTO,
          text -> new FigureStyle(text, true).width());
  static final Option<Boolean> FIGURE_TITLE =
      Option.bool(
          PLOTS + "title", "true", "title and note above each plot; same as --no-title if false");

  static final Option<Double> MAX_FAILED_SHARE =
      Option.real(
          "failures.max_share",
          0,
          1,
          "0.1",
          "share of failed songs above which the exit code is 3");
  public static final Option<Long> SEED =
      Option.seed("seed", "42", "seed of all random numbers; same as --seed");

  /** Options of each kind of model, such as {@code vae.latent}. */
  static final Map<String, List<Option<String>>> OF_MODEL = ModelKeys.all();

  static final List<Option<?>> ALL = all();

  private Keys() {}

  private static List<String> withAuto(List<String> values) {
    List<String> all = new ArrayList<>(List.of(AUTO));
    all.addAll(values);
    return all;
  }

  private static List<Option<?>> all() {
    List<Option<?>> all =
        new ArrayList<>(
            List.of(
                EXTENSIONS,
                TITLE_PATTERN,
                MAX_SECONDS,
                TIME_LIMIT,
                WINDOW_SECONDS,
                WINDOW_COUNT,
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
                ONNX_MODEL,
                ONNX_PRESET,
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
            GROUPS,
            GROUP_SONGS,
            EPSILON,
            MIN_POINTS,
            MIN_CLUSTER_SIZE,
            BLOCKS,
            BOOTSTRAP,
            PERMUTATIONS,
            GROUP,
            PRIMARY_REPRESENTATION,
            PRIMARY_CLUSTERER,
            POLL_SECONDS,
            FIRST_SONGS,
            REFIT_SONGS,
            REFIT_MINUTES,
            DRIFT_ALLOWANCE,
            DRIFT_THRESHOLD,
            NEIGHBOURS,
            RESULTS_TOPIC,
            FIGURE_WIDTH,
            FIGURE_TITLE,
            MAX_FAILED_SHARE,
            SEED));
    return List.copyOf(all);
  }
}
