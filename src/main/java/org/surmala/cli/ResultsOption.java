package org.surmala.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
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
    return folder("--results", folder);
  }

  /** The same for a command that works on folders of this machine only. */
  Path local(String command) {
    return local("--results", folder, command);
  }

  /** Returns the folder as a path; a UsageException on a remote file system. */
  static Path local(String option, String typed, String command) {
    if (RemoteFiles.isRemote(typed)) {
      throw new UsageException(
          "%s %s: %s reads local folders only; mount or copy it, and give its path here"
              .formatted(option, typed, command));
    }
    return PathText.toPath(typed);
  }

  /**
   * Returns the folder as it was typed; a UsageException on a file system that this build lacks.
   */
  static String folder(String option, String typed) {
    if (RemoteFiles.isRemote(typed)) {
      try {
        RemoteFiles.require(typed);
      } catch (IOException e) {
        throw new UsageException(option + " " + e.getMessage(), e);
      }
    }
    return typed;
  }
}
