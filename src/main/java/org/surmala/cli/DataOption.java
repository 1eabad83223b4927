package org.surmala.cli;

import picocli.CommandLine.Option;

/** The data folder. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "Where metadata.csv, segments and the feature store are kept (default:"
              + " ${DEFAULT-VALUE}).")
  private String folder = "";

  String folder() {
    return folder;
  }
}
