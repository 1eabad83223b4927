package org.surmala.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Limits on the use of the machine. The launcher applies them before Java starts; this class
 * validates them. Java lists methods in any order, so the options have a number.
 */
final class MachineOptions {
  private static final int MOST_THREADS = 9_999;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli sets command before it reads the options.
  MachineOptions() {}

  @Option(
      names = "--threads",
      order = 1,
      paramLabel = "N",
      description = "Uses at most N processors (default: all).")
  void setThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new ParameterException(
          command.commandLine(),
          "--threads %s is not allowed; give a whole number from 1 to %s"
              .formatted(threads, MOST_THREADS));
    }
    if (Runtime.getRuntime().availableProcessors() > threads) {
      throw new ParameterException(
          command.commandLine(),
          "--threads needs the launcher ./surmala; with java -jar give Java"
              + " -XX:ActiveProcessorCount="
              + threads
              + " instead");
    }
  }

  @Option(names = "--nice", order = 2, description = "Runs at low priority.")
  void setNice(boolean nice) {
    if (nice && !Boolean.getBoolean("surmala.nice")) {
      throw new ParameterException(
          command.commandLine(),
          "--nice needs the launcher ./surmala; otherwise start Java by nice -n 10");
    }
  }
}
