package org.surmala.cli;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Silences the log of the libraries unless -v is given. */
final class LogVerbosity {
  // A strong reference: a collected logger would lose its level.
  private static final Logger ROOT = Logger.getLogger("");

  private LogVerbosity() {}

  /** Must be called before any library is loaded: each reads its level once. */
  static void before(String[] arguments) {
    boolean verbose = isVerbose(arguments);
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "off");
    System.setProperty("slf4j.internal.verbosity", verbose ? "INFO" : "ERROR");
    ROOT.setLevel(verbose ? Level.INFO : Level.OFF);
  }

  /** Whether the log was requested. */
  static boolean isVerbose(String[] arguments) {
    return Arrays.stream(arguments)
        .takeWhile(argument -> !argument.equals("--"))
        .anyMatch(argument -> argument.equals("-v") || argument.equals("--verbose"));
  }
}
