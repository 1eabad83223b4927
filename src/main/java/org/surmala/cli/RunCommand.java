package org.surmala.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.surmala.pipeline.JobSubmittedException;
import org.surmala.pipeline.RunOutcome;
import org.surmala.pipeline.RunRequest;
import org.surmala.pipeline.Settings;
import org.surmala.pipeline.SongRun;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surmala run}: a collection in; clusters, figures and plots out. */
@Command(
    name = "run",
    description = "Clusters a collection of songs and writes the results.",
    sortOptions = false,
    customSynopsis = {
      "surmala run --songs PATH [--results DIR] [--data DIR]",
      "                   [--pipeline FILE.yaml] [--set KEY=VALUE]... [--seed N]",
      "                   [-v] [-- BEAM OPTIONS]",
      "       surmala run --features TABLE.csv --id-column NAME",
      "                   [--label-column NAME] [--drop-columns NAME,...] [...]"
    },
    footerHeading =
        "%nExamples:%n"
            + "  surmala run --songs ~/Music --set cluster.k=5..15 --seed 7%n"
            + "  surmala run --features table.csv --id-column file --label-column genre%n"
            + "%nKeys of --set and of the YAML file, with their defaults:%n")
final class RunCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private SourceOptions source = new SourceOptions();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Where the results go (default: ${DEFAULT-VALUE}).")
  private String results = "";

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  RunCommand() {}

  @Override
  public Integer call() throws IOException {
    return run(
        spec,
        new RunRequest(
            source.source(), results, pipeline.data(), pipeline.settings(), pipeline.beam()));
  }

  /** One entry of help for each option of the pipeline. */
  static String[] describeSettings() {
    List<String> lines = new ArrayList<>();
    for (Settings.Help help : Settings.help()) {
      lines.addAll(Text.wrap("  " + help.key() + "=", help.standard(), "      "));
      lines.addAll(Text.wrap("      ", help.doc() + "; " + help.range(), "      "));
    }
    // Each line is a format string to picocli.
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  /** Runs, showing progress, and prints the summary. */
  static int run(CommandSpec spec, RunRequest request) throws IOException {
    RunOutcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome = new SongRun(request, line).execute();
    } catch (JobSubmittedException submitted) {
      spec.commandLine().getOut().println(submitted.getMessage());
      return 0;
    }
    new Summary(spec.commandLine().getOut()).print(outcome);
    return outcome.manyFailed() ? Main.EXIT_MANY_FAILED : 0;
  }
}
