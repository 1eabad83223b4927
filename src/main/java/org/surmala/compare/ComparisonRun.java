package org.surmala.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;
import org.surmala.cluster.ClusterSweep;
import org.surmala.config.Keys;
import org.surmala.config.ModelKeys;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.model.Representations;
import org.surmala.pipeline.DataFolder;
import org.surmala.pipeline.OutputFolder;
import org.surmala.read.SongsPath;
import org.surmala.report.SongParts;
import org.surmala.runner.BeamRun;
import org.surmala.runner.JobSubmittedException;
import org.surmala.runner.RunProgress;
import org.surmala.schema.ComparisonCell;
import org.surmala.words.Noun;

/**
 * A comparison of representations on songs with known features: each is fitted once per seed, on
 * all songs, and clustered. One fit or clustering runs on each processor. Finished work is stored
 * in a journal in the data folder, so that a killed comparison computes only the rest, and one with
 * a larger grid only the new part.
 */
public final class ComparisonRun {
  private static final double NANOS = 1e-9;

  /** With fewer than 19 label permutations no result could be better than chance. */
  private final ComparisonRequest request;

  private final Consumer<RunProgress> progress;

  /**
   * @param progress receives the progress after each finished clustering, from any thread, one call
   *     at a time
   */
  public ComparisonRun(ComparisonRequest request, Consumer<RunProgress> progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * The outcome of a comparison.
   *
   * @param computed clusterings that this run computed
   * @param recalled clusterings from the journal
   * @param notes what was left out, one line each
   * @param results folder of comparison.csv, comparison.md and comparison.html, ending in a slash
   */
  public record Outcome(
      ComparisonSummary summary,
      Noun noun,
      int songs,
      int labels,
      int computed,
      int recalled,
      double seconds,
      List<String> notes,
      String results) {
    public Outcome {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Executes the comparison and writes the tables.
   *
   * @throws UsageException if the request is invalid
   * @throws JobSubmittedException if the job runs on a cluster where this process cannot follow it
   * @throws IOException if features cannot be read, or the journal or a table cannot be written
   */
  public Outcome execute() throws IOException {
    long start = System.nanoTime();
    BeamRun beam = BeamRun.under(request.beamOptions());
    requireFigures();
    OutputFolder.require(OutputFolder.RESULTS, request.results());
    request.table().ifPresent(ComparisonRun::requireLabelled);
    ModelKeys.requireIntakes(
        request.representations(), request.settings(), request.table().isPresent());
    LabelledSource source = source();
    // Invalid requests are refused before the data folder is touched.
    @Nullable LabelledSongs tabled = null;
    if (source.table() != null) {
      tabled = source.read(request.settings());
    } else {
      LabelledSongsReader.requireStored(source.data(), request.settings());
    }
    try (DataFolder data = DataFolder.open(request.data())) {
      LabelledSongs songs = tabled != null ? tabled : source.read(request.settings());
      if (tabled == null) {
        String metadata = SongParts.metadata(data.path()).get(0);
        ModelKeys.requireColumns(
            request.representations(), request.settings(), SongsPath.columns(metadata), metadata);
        ModelKeys.requireGroup(group(), SongsPath.columns(metadata), metadata);
      }
      requireEnough(songs);
      ComparisonGrid grid = request.grid(songs.labelCount());
      requireFewerClusters(grid, songs);
      ComparisonInput input = ComparisonInput.of(source, request.settings(), songs);
      try (ComparedSongs kept = ComparedSongs.keep(input, songs)) {
        return compare(beam, input, grid, kept.labelled(), start);
      }
    }
  }

  private String group() {
    return request
        .table()
        .map(table -> table.group(request.settings()))
        .orElseGet(() -> SongSource.namedGroup(request.settings()));
  }

  private LabelledSource source() {
    List<String> kinds =
        request.table().isPresent() ? request.representations() : Representations.kinds();
    return new LabelledSource(
        request.table().map(table -> table.options().withAbsoluteFile()).orElse(null),
        PathText.folder(request.data()),
        request.label(),
        request.leastOfLabel(),
        ModelKeys.columns(kinds, request.settings()),
        group());
  }

  private Outcome compare(
      BeamRun beam, ComparisonInput input, ComparisonGrid grid, LabelledSongs songs, long start)
      throws IOException {
    ComparisonJournal journal = input.journal();
    journal.sweep();
    ComparisonPlan plan = ComparisonPlan.of(grid, journal);
    if (!plan.fits().isEmpty()) {
      progress.accept(position(plan, journal, ""));
      run(beam, input, plan);
    }
    List<ComparisonCell> cells = plan.finishedCells(journal);
    journal.clearFits();
    int rows = cells.size() / grid.seeds().size();
    progress.accept(new RunProgress("resample", 0, rows, "rows", 0));
    ComparisonSummary summary =
        ComparisonSummary.of(
                grid,
                cells,
                songs.labels(),
                request.settings().get(Keys.BOOTSTRAP),
                request.settings().get(Keys.PERMUTATIONS),
                request.settings().get(Keys.SEED))
            .marked(ModelKeys.marks(request.representations(), request.settings()), alone(songs));
    String results = PathText.folder(request.results());
    ComparisonFiles.write(results, summary, songs);
    return new Outcome(
        summary,
        songs.noun(),
        songs.ids().size(),
        songs.labelCount(),
        cells.size() - plan.recalled(),
        plan.recalled(),
        (System.nanoTime() - start) * NANOS,
        songs.notes(),
        results);
  }

  private void run(BeamRun beam, ComparisonInput input, ComparisonPlan plan) {
    ComparisonJournal journal = input.journal();
    Pipeline pipeline = beam.pipeline();
    pipeline.apply("Compare", Compare.on(input, plan.fits()));
    try {
      Noun noun = request.table().isPresent() ? Noun.ROW : Noun.SONG;
      beam.run(pipeline, noun, seen -> progress.accept(position(plan, journal, seen.note())));
    } catch (JobSubmittedException submitted) {
      throw new JobSubmittedException(
          "the job was submitted; when it has ended, run the same command to write the tables from "
              + journal.folder());
    }
  }

  /** The progress, from the journal, whatever the runner. */
  private static RunProgress position(
      ComparisonPlan plan, ComparisonJournal journal, String waits) {
    try {
      int all = plan.cells().size();
      int finished = journal.count(plan.cells());
      int fits = journal.countFits();
      String left = fits < plan.fits().size() ? fits + "/" + plan.fits().size() + " fits" : "";
      String note = waits.isEmpty() ? left : waits;
      return new RunProgress("compare", finished, all, "clusterings", 0, note);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** ARI of the labels with the condition of each conditional model. */
  private Map<String, Double> alone(LabelledSongs songs) {
    Map<String, Double> alone = new TreeMap<>();
    LabelCodes labels = LabelCodes.of(songs.labels());
    songs
        .conditions()
        .forEach(
            (column, values) -> {
              List<String> known =
                  values.stream().map(label -> label == null ? "" : label).toList();
              alone.put(column, ExternalIndices.of(labels, LabelCodes.of(known)).adjustedRand());
            });
    return alone;
  }

  private static void requireLabelled(SongSource.Table table) {
    if (table.options().labelColumn() == null) {
      throw new UsageException(
          "--features: a comparison needs labels; name their column with --label-column");
    }
    table.require();
  }

  private void requireFigures() {
    int replicates = request.settings().get(Keys.BOOTSTRAP);
    int permutations = request.settings().get(Keys.PERMUTATIONS);
    if (replicates < 1 || permutations < ComparisonSummary.LEAST_PERMUTATIONS) {
      throw new UsageException(
          "a comparison needs %s of 1 or more and %s of %s or more; they are %s and %s"
              .formatted(
                  Keys.BOOTSTRAP.key(),
                  Keys.PERMUTATIONS.key(),
                  ComparisonSummary.LEAST_PERMUTATIONS,
                  replicates,
                  permutations));
    }
  }

  private void requireEnough(LabelledSongs songs) {
    if (songs.labelCount() < 2 || songs.ids().size() < ClusterSweep.LEAST_SONGS) {
      throw new UsageException(
          ("there are %s with %s labels, and a comparison needs at least %s with 2%s;"
                  + " see --label and --min-label")
              .formatted(
                  songs.noun().count(songs.ids().size()),
                  songs.labelCount(),
                  ClusterSweep.LEAST_SONGS,
                  songs.notes().isEmpty() ? "" : " (" + String.join("; ", songs.notes()) + ")"));
    }
  }

  private static void requireFewerClusters(ComparisonGrid grid, LabelledSongs songs) {
    for (int k : grid.ks()) {
      if (k >= songs.ids().size()) {
        throw new UsageException(
            "--k has %s, but there are only %s; give less"
                .formatted(k, songs.noun().count(songs.ids().size())));
      }
    }
  }
}
