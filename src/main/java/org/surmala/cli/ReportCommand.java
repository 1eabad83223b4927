package org.surmala.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.pipeline.OutputFolder;
import org.surmala.report.Redraw;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code surmala report}: draws the results of a run again. */
@Command(
    name = "report",
    description =
        "Writes tables, plots, page, playlists and report again from the stored records of a"
            + " run; computes nothing.",
    sortOptions = false,
    customSynopsis = {
      "surmala report [--results DIR] [--data DIR]",
      "               [--figure-width LENGTH] [--no-title] [--json] [-v]"
    },
    footer = {"", "Example:", "  surmala report --results results --figure-width 3.3in --no-title"})
final class ReportCommand extends SurmalaCommand {
  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @Mixin private FigureArguments figures = new FigureArguments();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws IOException {
    String folder = PathText.folder(results.folder());
    if (!RemoteFiles.isRemote(folder) && Files.isDirectory(PathText.toPath(folder))) {
      OutputFolder.require(OutputFolder.RESULTS, folder);
    }
    Redraw.Redrawn drawn;
    try {
      drawn = Redraw.all(folder, PathText.folder(data.folder()), figures::over);
    } catch (FileNotFoundException missing) {
      throw new UsageException(
          "--results "
              + folder
              + " has no results of a run; first run: surmala run --songs PATH --results "
              + results.folder(),
          missing);
    }
    if (drawn.count() == 0) {
      throw new UsageException(
          ("there are no results in %s: the run clustered no %s; see failures.csv there,"
                  + " then run again")
              .formatted(folder, drawn.noun()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("songs", drawn.count());
      answer.put("results", folder);
      JsonOption.print(out, answer);
    } else {
      out.println(drawn.noun().count(drawn.count()) + " drawn again in " + folder);
    }
    return 0;
  }
}
