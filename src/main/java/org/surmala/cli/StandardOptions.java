package org.surmala.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command, last in its help. */
final class StandardOptions {
  // LogVerbosity and Main look for these on the command line, the former before picocli runs.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-v", "--verbose"},
      order = 3,
      description = "Shows the log of the libraries and the location of errors.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable")
  @Option(
      names = "--log-json",
      order = 3,
      paramLabel = "RUN",
      description = "Shows the log as JSON lines, each with this value as run.id.")
  private @Nullable String logJson;

  @SuppressWarnings("UnusedVariable") // picocli shows the help itself.
  @Option(
      names = {"-h", "--help"},
      order = 3,
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;
}
