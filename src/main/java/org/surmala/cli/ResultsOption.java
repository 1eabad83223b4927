package org.surmala.cli;

import picocli.CommandLine.Option;

/** The folder of results. */
final class ResultsOption {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Folder of the results (default: ${DEFAULT-VALUE}).")
  private String folder = "";

  String folder() {
    return folder;
  }
}
