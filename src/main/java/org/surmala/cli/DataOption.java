package org.surmala.cli;

import java.nio.file.Path;
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
    return ResultsOption.folder("--data", folder);
  }

  /** The same for a command that works on folders of this machine only. */
  Path local(String command) {
    return ResultsOption.local("--data", folder, command);
  }
}
