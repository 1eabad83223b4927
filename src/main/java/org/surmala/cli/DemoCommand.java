package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.demo.DemoCollection;
import org.surmala.runner.RunProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala demo}: composes a small collection and runs the whole pipeline on it. */
@Command(
    name = "demo",
    description =
        "Composes 40 songs, 20 in English pop styles and 20 in Bangla styles, and clusters them."
            + " The songs are synthetic and the styles far apart: the scores prove nothing about"
            + " real music.",
    sortOptions = false,
    customSynopsis = {
      "surmala demo [--songs DIR] [--results DIR] [--data DIR] [--seed N]",
      "                    [--json] [-v]"
    },
    footer = {"", "Example:", "  surmala demo"})
final class DemoCommand extends SurmalaCommand {
  private static final List<String> NEXT =
      List.of(
          "similar \"রাতের সেতার\"", "playlist --from \"Static Hearts\" --to \"রাতের সেতার\" -n 8");

  @Option(
      names = "--songs",
      paramLabel = "DIR",
      defaultValue = "data/raw/demo",
      description = "Folder for the songs (default: ${DEFAULT-VALUE}).")
  private Path songs = Path.of("");

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the compositions and of the run (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws IOException {
    DemoCollection collection = new DemoCollection(songs, seed);
    try (ProgressLine line = ProgressLine.of(spec)) {
      collection.write(
          done -> line.accept(new RunProgress("compose", done, collection.size(), "songs", 0)));
    }
    Settings settings = new Settings();
    Map.of("cluster.k", "2", "seed", Long.toString(seed)).forEach(settings::set);
    RunRequest request =
        new RunRequest(
            new SongSource.Sound(songs.toString()),
            results.folder(),
            data.folder(),
            settings,
            List.of());
    int code = RunCommand.run(spec, request, json.wanted(), NEXT);
    if (!json.wanted()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println();
      LineWrap.wrap(
              "Border     ",
              "in both styles at once, on purpose: "
                  + String.join(", ", collection.borderTitles())
                  + ".",
              "           ")
          .forEach(out::println);
      out.flush();
    }
    return code;
  }
}
