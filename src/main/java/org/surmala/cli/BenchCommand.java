package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.LearningBench;
import org.surmala.pipeline.ListeningBench;
import org.surmala.pipeline.SongSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surmala bench}: how fast this machine listens, and learns. */
@Command(
    name = "bench",
    description =
        "Measures how fast this machine goes from files to features, or from the features of so many"
            + " made-up songs to models, clusters and figures. Nothing is kept, and nothing that was"
            + " computed before is used.",
    sortOptions = false,
    customSynopsis = {
      "surmala bench (--songs PATH | --features N) [--pipeline FILE.yaml]",
      "                     [--set KEY=VALUE]... [--json] [-v] [-- BEAM OPTIONS]"
    },
    footer = {
      "",
      "Examples:",
      "  surmala bench --songs ~/Music",
      "  surmala bench --features 100000 --set cluster.algorithms=kmeans"
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<String> STAGES =
      List.of("read", "decode", "resample", "segment", "featurize", "store");
  private static final List<String> LEARNING_STAGES =
      List.of("train", "embed", "cluster", "evaluate");

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** What is measured. */
  private static final class Subject {
    @Option(
        names = "--songs",
        paramLabel = "PATH",
        description = "A folder, a glob in quotes, or a metadata.csv.")
    private @Nullable String songs;

    @Option(
        names = "--features",
        paramLabel = "N",
        description = "So many made-up songs, 100 or more.")
    private long features;
  }

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    String songs = subject.songs;
    if (songs == null) {
      learn();
    } else {
      listen(songs);
    }
    return 0;
  }

  private void learn() throws IOException {
    LearningBench.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome =
          new LearningBench(subject.features, pipeline.settings(), pipeline.beam(), line).execute();
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
        "%d made-up songs of %d dimensions in %.1f s from features to figures%n",
        subject.features,
        outcome.dimensions(),
        outcome.seconds());
    out.println("Work, summed over workers:");
    for (String stage : LEARNING_STAGES) {
      double seconds = outcome.stageSeconds().getOrDefault(stage, 0.0);
      out.printf(
          Locale.ROOT,
          "  %-10s %9.1f s %9.3f ms a song%n",
          stage,
          seconds,
          1e3 * seconds / subject.features);
    }
    out.println("Processor time and most heap in use, while the progress line showed:");
    double all = 0;
    for (Map.Entry<String, LearningBench.Consumption> stage : outcome.seen().entrySet()) {
      double seconds = stage.getValue().processorSeconds();
      all += seconds;
      out.printf(
          Locale.ROOT,
          "  %-10s %9.1f s %9.3f ms a song %9.0f MB%n",
          stage.getKey(),
          seconds,
          1e3 * seconds / subject.features,
          stage.getValue().peakMegabytes());
    }
    out.printf(
        Locale.ROOT, "  %-10s %9.1f s %9.3f ms a song%n", "all", all, 1e3 * all / subject.features);
    out.flush();
  }

  private void listen(String songs) throws IOException {
    ListeningBench.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome =
          new ListeningBench(
                  new SongSource.Sound(songs), pipeline.settings(), pipeline.beam(), line)
              .execute();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("songs", outcome.songs());
      answer.put("failed", outcome.failed());
      answer.put("seconds", outcome.seconds());
      answer.put("stage_seconds", outcome.stageSeconds());
      JsonOption.print(out, answer);
      return;
    }
    out.printf(
        Locale.ROOT,
        "%d songs (%d failed) in %.1f s: %.1f songs/s from listing to the feature store%n",
        outcome.songs(),
        outcome.failed(),
        outcome.seconds(),
        outcome.songs() / outcome.seconds());
    out.println("Work for each song, summed over workers:");
    for (String stage : STAGES) {
      double milliseconds =
          1e3 * outcome.stageSeconds().getOrDefault(stage, 0.0) / Math.max(1, outcome.songs());
      out.printf(Locale.ROOT, "  %-10s %7.1f ms%n", stage, milliseconds);
    }
    out.flush();
  }
}
