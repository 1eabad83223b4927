package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.config.RunRequest;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.featurize.FeatureDimension;
import org.surmala.pipeline.FeatureExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala features}: writes the features as a table. */
@Command(
    name = "features",
    description = "Writes the songs' features as a table, or describes them.",
    sortOptions = false,
    customSynopsis = {
      "surmala features --songs PATH --out FILE.{csv,avro,npy}",
      "                        [--data DIR] [--pipeline FILE.yaml]",
      "                        [--set KEY=VALUE]... [-v] [-- BEAM OPTIONS]",
      "       surmala features --describe [--json] [--set KEY=VALUE]..."
    },
    footer = {
      "",
      "Examples:",
      "  surmala features --songs ~/Music --out features.csv",
      "  surmala features --describe --set features.list=mfcc",
      "Keys of --set: see surmala help keys."
    })
final class FeaturesCommand extends SurmalaCommand {
  @Option(
      names = "--songs",
      paramLabel = "PATH",
      description = "A folder, a glob in quotes, or a metadata.csv.")
  private @Nullable String songs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Output table: .csv, .avro (one vector per record) or .npy (float32, songs ×"
              + " dimensions; FILE.songs.csv names the rows).")
  private @Nullable Path out;

  @Option(
      names = "--describe",
      description = "Lists each dimension of the song vector: name, group, unit, meaning.")
  private boolean describe;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Override
  public Integer call() throws IOException {
    PrintWriter printer = spec.commandLine().getOut();
    if (json.wanted() && !describe) {
      throw new UsageException("--json needs --describe; for a table use --out");
    }
    if (describe) {
      describe(printer);
      return 0;
    }
    if (songs == null || out == null) {
      throw new UsageException("give --songs and --out, or --describe");
    }
    FeatureExport.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome =
          new FeatureExport(
                  new RunRequest(
                      new SongSource.Sound(songs),
                      "",
                      pipeline.data(),
                      pipeline.settings(),
                      pipeline.beam()),
                  out,
                  line)
              .execute();
    }
    printer.printf(
        Locale.ROOT,
        "%s: %d songs × %d dimensions (%d decoded, %d failed)%n",
        out,
        outcome.songs(),
        outcome.dimensions(),
        outcome.decoded(),
        outcome.failed());
    outcome.notes().forEach(printer::println);
    printer.flush();
    return 0;
  }

  private void describe(PrintWriter printer) {
    List<FeatureDimension> dimensions = pipeline.settings().dimensions();
    List<Map<String, Object>> answer = new ArrayList<>();
    for (int index = 0; index < dimensions.size(); index++) {
      FeatureDimension dimension = dimensions.get(index);
      if (json.wanted()) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("index", index);
        described.put("name", dimension.name());
        described.put("group", dimension.group().label());
        described.put("unit", dimension.unit());
        described.put("doc", dimension.doc());
        answer.add(described);
      } else {
        printer.printf(
            Locale.ROOT,
            "%4d  %-32s %-9s %s%n",
            index,
            dimension.name(),
            dimension.group().label(),
            dimension.unit());
        LineWrap.wrap("      ", dimension.doc(), "      ").forEach(printer::println);
      }
    }
    if (json.wanted()) {
      JsonOption.print(printer, answer);
    }
    printer.flush();
  }
}
