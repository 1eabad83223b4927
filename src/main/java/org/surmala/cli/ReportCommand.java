package org.surmala.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.surmala.report.Redraw;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surmala report}: draws the results of a run again. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes tables, plots, page, playlists and report of a run again from what it stored,"
            + " without computing anything.",
    footer = {"", "Example:", "  surmala report --results results"})
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Results of the run (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Its data folder, where the segments lie (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  // Quiet and Main look for it on the command line, the one before picocli runs.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-v", "--verbose"},
      description = "Shows the libraries' log, and where an error comes from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    int songs = Redraw.all(folder(results), folder(data));
    spec.commandLine().getOut().println(songs + " songs drawn again in " + folder(results));
    return 0;
  }

  private static String folder(Path path) {
    return path.toAbsolutePath().normalize() + "/";
  }
}
