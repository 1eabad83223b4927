package org.surmala.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class StandardOptions {
  // LogVerbosity and Main look for it on the command line, the one before picocli runs.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-v", "--verbose"},
      description = "Shows the libraries' log, and where an error comes from.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // picocli shows the help itself.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;
}
