package org.surmala.cli;

import picocli.CommandLine.Option;

/** Options of every command. */
final class StandardOptions {
  // LogVerbosity and Main look for it on the command line, the one before picocli runs.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-v", "--verbose"},
      description = "Shows the log of the libraries and the location of errors.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // picocli shows the help itself.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;
}
