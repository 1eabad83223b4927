package org.surmala.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.config.Settings;
import org.surmala.read.FeatureTableOptions;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;

/** The dataflow of a comparison, with all checks of the Direct Runner. */
public final class CompareTest {
  private static final int SONGS = 40;

  /** VaDE alone brings clusters with it. */
  private static final ComparisonGrid GRID =
      new ComparisonGrid(
          List.of("raw", "vade"),
          List.of("raw"),
          List.of("kmeans", "ward", "model"),
          List.of("model"),
          Map.of("model", List.of("vade")),
          List.of(2, 3),
          List.of(7L, -8L));

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private transient Path table;
  private transient ComparisonInput input;
  private transient ComparisonJournal journal;

  @Before
  public void setUp() throws IOException {
    table = folder.getRoot().toPath().resolve("table.csv");
    writeTable(1);
    Settings settings = new Settings();
    settings.set("vade.epochs", "3");
    settings.set("vade.clusters", "3");
    LabelledSource source =
        new LabelledSource(
            new FeatureTableOptions(table.toString(), "song", "label", List.of()),
            folder.getRoot() + "/data/",
            "language",
            1,
            List.of(),
            "");
    input = ComparisonInput.of(source, settings, source.read(settings));
    journal = input.journal();
  }

  @Test
  public void givenAGrid_whenCompared_thenTheJournalHasEachCellAsThePureClassesMakeIt()
      throws IOException {
    ComparisonPlan plan = ComparisonPlan.of(GRID, journal);
    assertThat(plan.fits()).hasSize(4);

    run(plan);

    List<ComparisonCell> expected = new ArrayList<>();
    try (ComparedSongs songs = ComparedSongs.open(input)) {
      RepresentationFitter fitter = new RepresentationFitter(songs, input.settings());
      CellClusterer clusterer = new CellClusterer(input.clusterOptions(), songs.labels());
      for (PlannedCell cell : GRID.cells()) {
        expected.add(clusterer.cluster(cell, fitter.fit(cell.getRepresentation(), cell.getSeed())));
      }
    }
    assertThat(plan.finishedCells(journal)).isEqualTo(expected);
    assertThat(journal.countFits()).isEqualTo(4);
  }

  @Test
  public void givenCellsThatAreFinished_whenCompared_thenTheyStayAndTheRestIsAdded()
      throws IOException {
    // No clusterer gives such a cell, so that it is seen when one is computed in its place.
    PlannedCell known = GRID.cells().get(1);
    ComparisonCell kept;
    try (ComparedSongs songs = ComparedSongs.open(input)) {
      FittedSongs fit =
          new RepresentationFitter(songs, input.settings())
              .fit(known.getRepresentation(), known.getSeed());
      kept =
          new CellClusterer(input.clusterOptions(), songs.labels())
              .scored(known, fit, new int[SONGS]);
    }
    ComparisonPlan whole = ComparisonPlan.of(GRID, journal);
    journal.add(kept);

    ComparisonPlan rest = ComparisonPlan.of(GRID, journal);
    assertThat(rest.recalled()).isEqualTo(1);
    assertThat(rest.fits().get(rest.fits().size() - 1).getCells())
        .containsExactly(GRID.cells().get(0), GRID.cells().get(2), GRID.cells().get(3));
    // A job that a cluster starts again has the plan that it had before the cell was finished.
    run(whole);

    assertThat(whole.finishedCells(journal)).contains(kept).hasSize(GRID.cells().size());
  }

  @Test
  public void givenTheGraph_thenFitsCellsAndTheJournalAreStepsOfTheirOwn() {
    pipeline.enableAbandonedNodeEnforcement(false);
    pipeline.apply("Compare", Compare.on(input, List.of()));
    Set<String> steps = new HashSet<>();
    pipeline.traverseTopologically(
        new PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            steps.add(node.getFullName());
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    assertThat(steps)
        .contains(
            "Compare/Plan",
            "Compare/Fit",
            "Compare/SpreadCells",
            "Compare/Cluster",
            "Compare/Journal");
  }

  @Test
  public void givenSongsThatChangedSinceThePlan_whenRead_thenTheErrorNamesTheTable()
      throws IOException {
    writeTable(2);

    assertThatThrownBy(() -> ComparedSongs.open(input))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the rows of --features " + table + " changed after");
  }

  private void run(ComparisonPlan plan) {
    pipeline.apply("Compare", Compare.on(input, plan.fits()));
    pipeline.run().waitUntilFinish();
  }

  private void writeTable(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("song,f0,f1,f2,label\n");
    for (int i = 0; i < SONGS; i++) {
      csv.append("song ").append(i);
      for (int f = 0; f < 3; f++) {
        csv.append(',').append((i % 3 == f ? 4 : 0) + random.nextGaussian());
      }
      csv.append(',').append((char) ('a' + i % 3)).append('\n');
    }
    Files.writeString(table, csv);
  }
}
