package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surmala.compare.ComparisonRequest;
import org.surmala.compare.ComparisonRun;
import org.surmala.compare.ComparisonTables;
import org.surmala.config.UsageException;
import org.surmala.runner.JobSubmittedException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala compare}: compares representations by how well they separate labels. */
@Command(
    name = "compare",
    description =
        "Compares representations, with the same clusterers, k and seeds, on the songs of an"
            + " earlier run, and states the conclusion that the scores support.",
    sortOptions = false,
    customSynopsis = {
      "surmala compare [--data DIR] [--results DIR]",
      "                       [--representations NAME,...] [--baselines NAME,...]",
      "                       [--clusterers NAME,...] [--k N,...] [--seeds N]",
      "                       [--label COLUMN] [--min-label N]",
      "                       [--pipeline FILE.yaml] [--set KEY=VALUE]...",
      "                       [--json] [-v] [-- BEAM OPTIONS]",
      "       surmala compare --features TABLE --id-column NAME",
      "                       --label-column NAME [--drop-columns NAME,...] [...]"
    },
    footer = {
      "",
      "Examples:",
      "  surmala compare --min-label 20 --representations raw,pca,vae --k 5,10",
      "  surmala run --songs ~/Music && surmala compare",
      "  surmala compare --features table.csv --id-column file --label-column genre",
      "  surmala compare -- --runner=FlinkRunner --flinkMaster=127.0.0.1:8081",
      "To resume a comparison that was killed, run the same command again.",
      "Keys of --set: see surmala help keys."
    })
final class CompareCommand extends SurmalaCommand {
  private static final String LANGUAGE = "language";
  private static final List<String> BASELINES = List.of("raw", "pca");

  @ArgGroup(exclusive = false)
  private @Nullable TableOptions table;

  @Mixin private ResultsOption results = new ResultsOption();

  @Option(
      names = "--representations",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "raw,pca,ae,vae,neighbour_vae",
      description = "Representations to compare (default: ${DEFAULT-VALUE}).")
  private List<String> representations = List.of();

  @Option(
      names = "--baselines",
      paramLabel = "NAME",
      split = ",",
      description =
          "Representations that the others are compared with (default: raw,pca, if they are"
              + " compared).")
  private @Nullable List<String> baselines;

  @Option(
      names = "--clusterers",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "kmeans,ward,gmm_diagonal",
      description = "Clusterers of each representation (default: ${DEFAULT-VALUE}).")
  private List<String> clusterers = List.of();

  @Option(
      names = "--k",
      paramLabel = "N",
      split = ",",
      description = "Numbers of clusters (default: the number of labels).")
  private List<Integer> ks = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Number of seeds; all fits are repeated for each seed (default: " + "${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column of metadata.csv with the labels (default: " + LANGUAGE + ").")
  private @Nullable String label;

  @Option(
      names = "--min-label",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Leaves out songs whose label has fewer than N songs (default:" + " ${DEFAULT-VALUE}).")
  private int leastOfLabel;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Override
  public Integer call() throws IOException {
    if (table != null && label != null) {
      throw new UsageException(
          "--label names a column of metadata.csv; with --features use --label-column");
    }
    List<String> measured =
        baselines != null
            ? baselines
            : BASELINES.stream().filter(representations::contains).toList();
    ComparisonRequest request =
        new ComparisonRequest(
            Optional.ofNullable(table).map(TableOptions::source),
            label == null ? LANGUAGE : label,
            leastOfLabel,
            results.folder(),
            pipeline.data(),
            pipeline.settings(),
            pipeline.beam(),
            representations,
            measured,
            clusterers,
            ks,
            seeds);
    ComparisonRun.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      outcome = new ComparisonRun(request, line).execute();
    } catch (JobSubmittedException submitted) {
      spec.commandLine().getOut().println(submitted.getMessage());
      return 0;
    }
    if (json.wanted()) {
      JsonOption.print(spec.commandLine().getOut(), asJson(outcome));
    } else {
      print(outcome);
    }
    return 0;
  }

  private static Map<String, Object> asJson(ComparisonRun.Outcome outcome) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("songs", outcome.songs());
    answer.put("labels", outcome.labels());
    answer.put("computed", outcome.computed());
    answer.put("recalled", outcome.recalled());
    answer.put("seconds", outcome.seconds());
    answer.put("notes", outcome.notes());
    answer.put("verdict", outcome.summary().verdict());
    answer.put("rows", ComparisonTables.records(outcome.summary()));
    answer.put("results", outcome.results());
    return answer;
  }

  private void print(ComparisonRun.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    String head =
        String.format(
            Locale.ROOT,
            "%s with %d labels: %d clusterings, %d of them from the journal, in %.1f s",
            outcome.noun().count(outcome.songs()),
            outcome.labels(),
            outcome.computed() + outcome.recalled(),
            outcome.recalled(),
            outcome.seconds());
    out.println(head);
    outcome.notes().forEach(note -> LineWrap.wrap("", note, "  ").forEach(out::println));
    out.println();
    ComparisonTables.markdown(outcome.summary())
        .lines()
        .dropWhile(line -> !line.startsWith("|"))
        .forEach(out::println);
    out.println();
    for (String sentence : outcome.summary().verdict()) {
      LineWrap.wrap("", sentence, "  ").forEach(out::println);
    }
    out.println();
    out.println(outcome.results() + "comparison.{csv,md,html}");
    out.flush();
  }
}
