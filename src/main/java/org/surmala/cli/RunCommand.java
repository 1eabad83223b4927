package org.surmala.cli;

import java.io.IOException;
import java.util.List;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.pipeline.RunOutcome;
import org.surmala.pipeline.SongRun;
import org.surmala.runner.JobSubmittedException;
import org.surmala.runner.ProgressFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code surmala run}: clusters a collection and writes the results. */
@Command(
    name = "run",
    description = "Clusters a collection of songs and writes the results.",
    sortOptions = false,
    customSynopsis = {
      "surmala run --songs PATH [OPTIONS] [-- BEAM OPTIONS]",
      "       surmala run --features TABLE --id-column NAME [OPTIONS]"
    },
    footer = {
      "",
      "Examples:",
      "  surmala run --songs ~/Music --set cluster.k=5..15 --seed 7",
      "  surmala run --features table.csv --id-column file --label-column genre",
      "",
      "Keys that are set most often: cluster.k, models.list, read.max_seconds.",
      "surmala help KEY explains one, surmala help models those of the models,",
      "surmala help keys all."
    })
final class RunCommand extends SurmalaCommand {
  /** Next commands; they name a cluster by its letter, since names are long. */
  private static final List<String> NEXT =
      List.of("serve", "similar \"TITLE\"", "playlist --cluster A");

  @ArgGroup(multiplicity = "1")
  private SourceOptions source = new SourceOptions();

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private FigureArguments figures = new FigureArguments();

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Override
  public Integer call() throws IOException {
    Settings settings = pipeline.settings();
    figures.addTo(settings);
    return run(
        spec,
        new RunRequest(
            source.source(), results.folder(), pipeline.data(), settings, pipeline.beam()),
        json.wanted(),
        NEXT);
  }

  /**
   * Runs with a progress line and prints the summary.
   *
   * @param json whether to print the run's manifest instead
   * @param next commands to suggest, without {@code surmala} and the folders
   */
  static int run(CommandSpec spec, RunRequest request, boolean json, List<String> next)
      throws IOException {
    RunOutcome outcome;
    try (ProgressLine line = ProgressLine.of(spec);
        ProgressFile file = ProgressFile.of(request.results())) {
      outcome = new SongRun(request, line.andThen(file)).execute();
    } catch (JobSubmittedException submitted) {
      spec.commandLine().getOut().println(submitted.getMessage());
      return 0;
    }
    if (json) {
      spec.commandLine().getOut().println(outcome.manifest());
    } else {
      String folders =
          given(spec, "--results", request.results()) + given(spec, "--data", request.data());
      new Summary(spec.commandLine().getOut())
          .print(outcome, next.stream().map(command -> "surmala " + command + folders).toList());
    }
    return outcome.manyFailed() ? Main.EXIT_SOME_FAILED : 0;
  }

  /** An option with its value, if that is not the default. */
  private static String given(CommandSpec spec, String option, String value) {
    return value.equals(spec.findOption(option).defaultValue())
        ? ""
        : " " + option + " '" + value + "'";
  }
}
