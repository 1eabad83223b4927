package org.surmala.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that runs a pipeline takes. */
@Command(mixinStandardHelpOptions = true)
final class PipelineArguments {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "Where metadata.csv, segments and the feature store are kept (default:"
              + " ${DEFAULT-VALUE}).")
  private String data = "";

  @Option(
      names = "--pipeline",
      paramLabel = "FILE.yaml",
      description = "Options of the pipeline; examples are in pipelines/.")
  private @Nullable Path pipeline;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One option of the pipeline, over the file's; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--seed", paramLabel = "N", description = "Short for --set seed=N.")
  private @Nullable Long seed;

  // Quiet and Main look for it on the command line, the one before picocli runs.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-v", "--verbose"},
      description = "Shows the libraries' log, and where an error comes from.")
  private boolean verbose;

  @Parameters(
      paramLabel = "BEAM OPTIONS",
      arity = "0..*",
      description = "After --: options of Beam and its runner, such as --targetParallelism=4.")
  private List<String> beam = new ArrayList<>();

  String data() {
    return data;
  }

  /** The defaults, over them the file, over that what was typed. */
  Settings settings() {
    Settings settings = new Settings();
    if (pipeline != null) {
      settings.setAll(pipeline);
    }
    set.forEach(settings::set);
    if (seed != null) {
      settings.set("seed", Long.toString(seed));
    }
    return settings;
  }

  List<String> beam() {
    return beam;
  }
}
