package org.surmala.cli;

import co.elastic.logging.AdditionalField;
import co.elastic.logging.jul.EcsFormatter;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Silences the log of the libraries unless -v or --log-json is given. */
final class LogVerbosity {
  private static final String JSON = "--log-json";

  // A strong reference: a collected logger would lose its level.
  private static final Logger ROOT = Logger.getLogger("");

  private LogVerbosity() {}

  /** Must be called before any library is loaded: each reads its level once. */
  static void before(String[] arguments) {
    String run = jsonRun(arguments);
    boolean verbose = run != null || isVerbose(arguments);
    System.setProperty(
        "slf4j.provider",
        run == null
            ? "org.slf4j.simple.SimpleServiceProvider"
            : "org.slf4j.jul.JULServiceProvider");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "off");
    System.setProperty("slf4j.internal.verbosity", verbose ? "WARN" : "ERROR");
    ROOT.setLevel(verbose ? Level.INFO : Level.OFF);
    if (run != null) {
      Formatter json = json(run);
      for (Handler handler : ROOT.getHandlers()) {
        handler.setFormatter(json);
        setUtf8(handler);
      }
    }
  }

  /** Formats a record as one line of JSON, with the fields of the Elastic Common Schema. */
  static Formatter json(String run) {
    EcsFormatter json = new EcsFormatter();
    json.setServiceName("surmala");
    json.setAdditionalFields(List.of(new AdditionalField("run.id", run)));
    return json;
  }

  private static void setUtf8(Handler handler) {
    try {
      handler.setEncoding(StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the log was requested as text. */
  static boolean isVerbose(String[] arguments) {
    return options(arguments).stream()
        .anyMatch(argument -> argument.equals("-v") || argument.equals("--verbose"));
  }

  /** The id of the run if its log was requested as JSON; null otherwise. */
  static @Nullable String jsonRun(String[] arguments) {
    List<String> options = options(arguments);
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (option.startsWith(JSON + "=")) {
        return option.substring(JSON.length() + 1);
      }
      if (option.equals(JSON) && i + 1 < options.size()) {
        return options.get(i + 1);
      }
    }
    return null;
  }

  private static List<String> options(String[] arguments) {
    return Arrays.stream(arguments).takeWhile(argument -> !argument.equals("--")).toList();
  }
}
