package org.surmala.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of every command that runs a pipeline. */
final class PipelineArguments {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--pipeline",
      paramLabel = "FILE.yaml",
      description = "YAML file with options; examples are in pipelines/.")
  private @Nullable Path pipeline;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one option, overriding the file; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random numbers; short for --set seed=N.")
  private @Nullable Long seed;

  @SuppressWarnings("UnusedVariable") // picocli fills it.
  @Mixin
  private MachineOptions machine = new MachineOptions();

  @Parameters(
      paramLabel = "BEAM OPTIONS",
      arity = "0..*",
      description = "After --: options of Beam and its runner, such as --targetParallelism=4.")
  private List<String> beam = new ArrayList<>();

  String data() {
    return data.folder();
  }

  /** The settings: defaults, overridden by the file, overridden by the command line. */
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
