package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.surmala.pipeline.ListeningBench;
import org.surmala.pipeline.SongSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surmala bench}: how fast this machine listens. */
@Command(
    name = "bench",
    description =
        "Measures how fast this machine goes from files to features. Nothing is kept, and nothing"
            + " that was computed before is used.",
    sortOptions = false,
    customSynopsis = {
      "surmala bench --songs PATH [--pipeline FILE.yaml]",
      "                     [--set KEY=VALUE]... [-v] [-- BEAM OPTIONS]"
    },
    footer = {"", "Example:", "  surmala bench --songs ~/Music"})
final class BenchCommand implements Callable<Integer> {
  private static final List<String> STAGES =
      List.of("read", "decode", "resample", "segment", "featurize", "store");

  @Option(
      names = "--songs",
      paramLabel = "PATH",
      required = true,
      description = "A folder, a glob in quotes, or a metadata.csv.")
  private String songs = "";

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    ListeningBench.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome =
          new ListeningBench(
                  new SongSource.Sound(songs), pipeline.settings(), pipeline.beam(), line)
              .execute();
    }
    PrintWriter out = spec.commandLine().getOut();
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
    return 0;
  }
}
