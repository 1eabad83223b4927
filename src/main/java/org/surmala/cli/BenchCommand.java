package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surmala.bench.ArrivalsBench;
import org.surmala.bench.ExtractionBench;
import org.surmala.bench.LibrosaBench;
import org.surmala.bench.TrainingBench;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala bench}: measures the speed of this machine. */
@Command(
    name = "bench",
    description =
        "Measures the speed of this machine: from files to features, from synthetic features to"
            + " models, clusters and scores, or the rate at which a watch assigns new songs."
            + " Neither reads nor writes results.",
    sortOptions = false,
    customSynopsis = {
      "surmala bench (--songs PATH | --features N | --arrivals N)",
      "                     [--against librosa] [--pipeline FILE.yaml]",
      "                     [--set KEY=VALUE]... [--json] [-v]",
      "                     [-- BEAM OPTIONS]"
    },
    footer = {
      "",
      "Examples:",
      "  surmala bench --songs ~/Music",
      "  surmala bench --songs ~/Music --against librosa",
      "  surmala bench --features 100000 --set cluster.algorithms=kmeans",
      "  surmala bench --arrivals 100000"
    })
final class BenchCommand extends SurmalaCommand {
  private static final List<String> STAGES =
      List.of("read", "decode", "resample", "segment", "onnx", "featurize", "store");
  private static final List<String> WATCH_STAGES = List.of("store", "assign", "publish");
  private static final List<String> LEARNING_STAGES =
      List.of("train", "embed", "cluster", "evaluate", "report");

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** The subject of the measurement. */
  private static final class Subject {
    @Option(
        names = "--songs",
        paramLabel = "PATH",
        description = "A folder, a glob in quotes, or a metadata.csv.")
    private @Nullable String songs;

    @Option(
        names = "--features",
        paramLabel = "N",
        description = "Number of synthetic songs, at least 100.")
    private long features;

    @Option(
        names = "--arrivals",
        paramLabel = "N",
        description =
            "Number of synthetic songs that arrive at a watch, at least 100; their features are "
                + "already stored.")
    private int arrivals;
  }

  @Option(
      names = "--against",
      paramLabel = "librosa",
      description =
          "With --songs: also extracts the default features of the same songs with librosa, in "
              + "one process per processor. The first python3 on the PATH must have it: pip "
              + "install librosa.")
  private @Nullable String against;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Override
  public Integer call() throws IOException {
    String songs = subject.songs;
    if (against != null && songs == null) {
      throw new UsageException("--against " + against + " compares the extraction of --songs PATH");
    }
    if (songs != null) {
      listen(songs, peer());
    } else if (subject.arrivals != 0) {
      watch();
    } else {
      learn();
    }
    return 0;
  }

  private void watch() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ArrivalsBench.Outcome outcome;
    try (WatchLine line =
        new WatchLine(
            out, spec.commandLine().getErr(), Boolean.getBoolean("surmala.terminal"), false)) {
      outcome =
          new ArrivalsBench(subject.arrivals, pipeline.settings(), pipeline.beam(), line).execute();
    }
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("songs", subject.arrivals);
      answer.put("seconds", outcome.seconds());
      answer.put("stage_seconds", outcome.stageSeconds());
      JsonOption.print(out, answer);
      return;
    }
    out.printf(
        Locale.ROOT,
        "%d songs in %.1f s: %.0f songs/s from the store to the results%n",
        subject.arrivals,
        outcome.seconds(),
        subject.arrivals / outcome.seconds());
    if (outcome.stageSeconds().getOrDefault("assign", 0.0) == 0) {
      out.println("On a cluster, the metrics micros.STAGE show the work per stage.");
      return;
    }
    out.println("Work, summed over workers:");
    for (String stage : WATCH_STAGES) {
      double seconds = outcome.stageSeconds().getOrDefault(stage, 0.0);
      out.printf(
          Locale.ROOT,
          "  %-10s %7.1f s %9.0f songs/s%n",
          stage,
          seconds,
          subject.arrivals / seconds);
    }
    out.flush();
  }

  private void learn() throws IOException {
    TrainingBench.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome =
          new TrainingBench(subject.features, pipeline.settings(), pipeline.beam(), line).execute();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("songs", subject.features);
      answer.put("dimensions", outcome.dimensions());
      answer.put("seconds", outcome.seconds());
      answer.put("stage_seconds", outcome.stageSeconds());
      Map<String, Object> seen = new LinkedHashMap<>();
      outcome
          .seen()
          .forEach(
              (stage, used) ->
                  seen.put(
                      stage,
                      Map.of(
                          "processor_seconds", used.processorSeconds(),
                          "peak_megabytes", used.peakMegabytes())));
      answer.put("seen", seen);
      JsonOption.print(out, answer);
      return;
    }
    out.printf(
        Locale.ROOT,
        "%d synthetic songs of %d dimensions in %.1f s from features to results%n",
        subject.features,
        outcome.dimensions(),
        outcome.seconds());
    out.println("Work, summed over workers:");
    for (String stage : LEARNING_STAGES) {
      double seconds = outcome.stageSeconds().getOrDefault(stage, 0.0);
      out.printf(
          Locale.ROOT,
          "  %-10s %9.1f s %9.3f ms per song%n",
          stage,
          seconds,
          1e3 * seconds / subject.features);
    }
    out.println("Processor time and peak heap, by the stage of the progress line:");
    double all = 0;
    for (Map.Entry<String, TrainingBench.Consumption> stage : outcome.seen().entrySet()) {
      double seconds = stage.getValue().processorSeconds();
      all += seconds;
      out.printf(
          Locale.ROOT,
          "  %-10s %9.1f s %9.3f ms per song %9.0f MB%n",
          stage.getKey(),
          seconds,
          1e3 * seconds / subject.features,
          stage.getValue().peakMegabytes());
    }
    out.printf(
        Locale.ROOT,
        "  %-10s %9.1f s %9.3f ms per song%n",
        "total",
        all,
        1e3 * all / subject.features);
    out.flush();
  }

  private @Nullable LibrosaBench peer() throws IOException {
    if (against == null) {
      return null;
    }
    if (!against.equals("librosa")) {
      throw new UsageException("--against " + against + ": give librosa");
    }
    return LibrosaBench.on(Objects.requireNonNullElse(System.getenv("PATH"), ""));
  }

  private void listen(String songs, @Nullable LibrosaBench peer) throws IOException {
    ExtractionBench.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome =
          new ExtractionBench(
                  new SongSource.Sound(songs), pipeline.settings(), pipeline.beam(), line)
              .execute();
    }
    int processes = Runtime.getRuntime().availableProcessors();
    LibrosaBench.Outcome other = peer == null ? null : peer.execute(outcome.paths(), processes);
    double rate = outcome.songs() / outcome.seconds();
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("songs", outcome.songs());
      answer.put("failed", outcome.failed());
      answer.put("seconds", outcome.seconds());
      answer.put("stage_seconds", outcome.stageSeconds());
      if (other != null) {
        answer.put("librosa", other);
        answer.put("ratio", rate / other.rate());
      }
      JsonOption.print(out, answer);
      return;
    }
    out.printf(
        Locale.ROOT,
        "%d songs (%d failed) in %.1f s: %.1f songs/s from listing to the feature store%n",
        outcome.songs(),
        outcome.failed(),
        outcome.seconds(),
        rate);
    out.println("Work per song, summed over workers:");
    for (String stage : STAGES) {
      Double seconds = outcome.stageSeconds().get(stage);
      if (seconds != null) {
        out.printf(
            Locale.ROOT, "  %-10s %7.1f ms%n", stage, 1e3 * seconds / Math.max(1, outcome.songs()));
      }
    }
    if (other != null) {
      out.printf(
          Locale.ROOT,
          "librosa %s, %d processes: %d songs (%d failed) in %.1f s: %.1f songs/s%n",
          other.version(),
          processes,
          other.songs(),
          other.failed(),
          other.seconds(),
          other.rate());
      out.printf(Locale.ROOT, "Surmala is %.2f times as fast as librosa.%n", rate / other.rate());
    }
    out.flush();
  }
}
