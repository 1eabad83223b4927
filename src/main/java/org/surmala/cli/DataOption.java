package org.surmala.cli;

import picocli.CommandLine.Option;

/** The data folder. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "Folder of metadata.csv, segments and the feature store (default:"
              + " ${DEFAULT-VALUE}).")
  private String folder = "";

  String folder() {
    return folder;
  }
}
