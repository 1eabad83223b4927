package org.surmala.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.cluster.ClusterOptions;
import org.surmala.evaluate.FigureCaveat;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.LabelCodes;
import org.surmala.schema.ComparisonCell;

final class ComparisonSummaryTest {
  private static final int SONGS = 120;
  private static final int[] ALONE = IntStream.range(0, SONGS).toArray();
  private static final ComparisonGrid GRID =
      new ComparisonGrid(
          List.of("raw", "vae"),
          List.of("raw"),
          List.of("halves", "mixed"),
          List.of("mixed"),
          Map.of(),
          List.of(2),
          List.of(1L, 2L, 3L));

  /** Songs whose place is their label, blurred: much for raw, little for vae. */
  private static FittedSongs embed(String representation, long seed) {
    SplittableRandom random = Bootstrap.generator(seed, representation.hashCode());
    double blur = representation.equals("vae") ? 0.2 : 0.8;
    double[][] points = new double[SONGS][2];
    for (int i = 0; i < SONGS; i++) {
      points[i][0] = i % 2 + blur * random.nextGaussian();
      points[i][1] = random.nextGaussian();
    }
    return fit(points, new int[0], seed);
  }

  private static FittedSongs fit(double[][] points, int[] own, long seed) {
    return FittedSongs.of(points, own, labels(), ALONE, seed);
  }

  /** Cuts at the middle of the first dimension, or, for mixed, of the second. */
  private static int[] group(String clusterer, FittedSongs fit) {
    int d = clusterer.equals("halves") ? 0 : 1;
    return Arrays.stream(fit.points()).mapToInt(point -> point[d] > 0.5 ? 1 : 0).toArray();
  }

  private static List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < SONGS; i++) {
      labels.add(i % 2 == 0 ? "Bangla" : "English");
    }
    return labels;
  }

  @Test
  void saysWhichIsBetter() {
    List<ComparisonCell> cells = cells();
    ComparisonSummary summary = ComparisonSummary.of(GRID, cells, labels(), 300, 199, 1);
    assertThat(summary.verdict()).hasSize(2);
    assertThat(summary.verdict().get(0))
        .startsWith("The clusterings that separate Bangla from English best: vae with halves");
    assertThat(summary.verdict().get(1))
        .startsWith("vae separates Bangla from English better than raw: ΔARI = 0.");
    ComparisonRow vae = summary.rows().get(2);
    assertThat(vae.representation()).isEqualTo("vae");
    assertThat(vae.baseline()).isEqualTo("raw");
    assertThat(vae.difference()).isGreaterThan(0.4);
    assertThat(vae.chance()).isEqualTo(1.0 / 200);
    assertThat(vae.ariInterval().low()).isLessThan(vae.ari());
    assertThat(summary.rows().get(3).chance()).isGreaterThan(0.05);
    assertThat(summary.rows().get(0).difference()).isNull();

    String markdown = ComparisonTables.markdown(summary);
    assertThat(markdown.lines().filter(line -> line.startsWith("|")))
        .hasSize(10)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(markdown).contains("| representation | clusterer     |   k | ARI");
    // Places are labels, blurred less for vae: so the probes read more from it.
    assertThat(vae.logistic()).isGreaterThan(0.95);
    assertThat(summary.rows().get(0).logistic()).isBetween(0.6, 0.85);
    assertThat(markdown)
        .contains("| vae            | mixed         |   – | ")
        .contains("| representation | logistic | 5 nearest | prec. @ 1 | prec. @ 10 |   MAP |")
        .contains(
            String.format(
                "| vae            |     %.2f |      %.2f |      %.2f |       %.2f |  %.2f |",
                vae.logistic(),
                vae.neighbours(),
                vae.precisionAt1(),
                vae.precisionAt10(),
                vae.meanAveragePrecision()));
    String csv = ComparisonTables.csv(summary);
    assertThat(csv.lines()).hasSize(5);
    assertThat(csv.lines().map(line -> line.split(",", -1).length)).containsOnly(26);
    assertThat(ComparisonTables.html(summary))
        .contains("<td>vae</td>")
        .contains("<li>vae sep")
        .containsPattern("<td>\\+0\\.\\d\\d to \\+0\\.\\d\\d</td>");
  }

  @Test
  void givenALongNameAndATie_whenShown_thenTheStarStandsAndEachOfTheBestIsNamed() {
    ComparisonGrid grid =
        new ComparisonGrid(
            List.of("raw", "a_name_of_sixteen"),
            List.of("raw"),
            List.of("halves"),
            List.of(),
            Map.of(),
            List.of(2),
            List.of(1L));
    List<ComparisonCell> cells =
        cells(grid, (name, seed) -> embed("vae", 1), ComparisonSummaryTest::group);
    ComparisonSummary summary =
        ComparisonSummary.of(grid, cells, labels(), 50, 19, 1)
            .marked(Map.of("a_name_of_sixteen", FigureCaveat.script()), Map.of());

    assertThat(ComparisonTables.markdown(summary)).contains("| a_name_of_six* | halves ");
    assertThat(summary.verdict().get(0))
        .contains("best: raw with halves, k = 2")
        .endsWith("; as good: a_name_of_sixteen with halves, k = 2.");
  }

  @Test
  void givenAModelOfLyrics_whenMarked_thenTheScriptAloneStandsBesideIt() {
    ComparisonGrid grid =
        new ComparisonGrid(
            List.of("raw", "vae", "script"),
            List.of("raw"),
            List.of("halves"),
            List.of(),
            Map.of(),
            List.of(2),
            List.of(1L));
    List<ComparisonCell> cells =
        cells(grid, ComparisonSummaryTest::embed, ComparisonSummaryTest::group);
    ComparisonSummary summary = ComparisonSummary.of(grid, cells, labels(), 50, 19, 1);
    assertThat(summary.mark("vae")).isEmpty();
    ComparisonSummary marked =
        summary.marked(
            Map.of("vae", FigureCaveat.script(), "script", FigureCaveat.script()), Map.of());
    assertThat(marked.verdict())
        .hasSize(summary.verdict().size() + 1)
        .last()
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "vae reads lyrics, whose script may predict the labels without the audio: its ARI is"
                    + " %.2f (halves, k = 2), that of the script alone %.2f.",
                summary.rows().get(1).ari(),
                summary.rows().get(2).ari()));
    assertThat(marked.rows()).isEqualTo(summary.rows());
    assertThat(ComparisonTables.csv(marked).lines().skip(1).map(line -> line.split(",", -1)[22]))
        .containsExactly("", "script", "script");
    assertThat(ComparisonTables.markdown(marked)).contains("| vae* ").contains("| raw  ");
  }

  @Test
  void givenAConditionalModel_whenMarked_thenWhatItIsToldStandsBesideItsFigure() {
    List<ComparisonCell> cells = cells();
    ComparisonSummary summary = ComparisonSummary.of(GRID, cells, labels(), 50, 19, 1);
    double best =
        summary.rows().stream()
            .filter(row -> row.representation().equals("vae"))
            .mapToDouble(ComparisonRow::ari)
            .max()
            .orElseThrow();

    ComparisonSummary own =
        summary.marked(Map.of("vae", FigureCaveat.conditionedOn("genre")), Map.of("genre", 1.0));
    ComparisonSummary other =
        summary.marked(
            Map.of("vae", FigureCaveat.conditionedOn("source")), Map.of("source", 0.314));

    assertThat(own.verdict())
        .last()
        .asString()
        .startsWith(
            String.format(
                Locale.ROOT,
                "vae is conditioned on genre, the labels that its clusters are compared with: its"
                    + " ARI is %.2f (",
                best))
        .endsWith("), which is no evidence about the audio.");
    assertThat(other.verdict())
        .last()
        .asString()
        .startsWith(
            "vae is conditioned on source, which alone agrees with the labels with ARI = 0.31:"
                + " agreement of its clusters with it is no evidence about the audio; its ARI is ");
    assertThat(ComparisonTables.csv(other)).contains(",conditioned_on=source,");
    assertThat(ComparisonTables.markdown(other)).contains("| vae* ");
  }

  /** Nineteen of twenty, within what chance allows: above 8 of 60 once in two hundred. */
  @Test
  void findsNothingInShuffledLabels() {
    List<ComparisonCell> cells = cells();
    int found = 0;
    for (int shuffle = 0; shuffle < 60; shuffle++) {
      List<String> shuffled = labels();
      Collections.shuffle(shuffled, new Random(shuffle));
      List<ComparisonCell> scored = new ArrayList<>();
      for (ComparisonCell cell : cells) {
        int[] clusters = new int[SONGS];
        cell.getLabels()
            .duplicate()
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer()
            .get(clusters);
        scored.add(
            ComparisonCell.newBuilder(cell)
                .setAri(
                    org.surmala.metric.ExternalIndices.of(
                            org.surmala.metric.LabelCodes.of(shuffled),
                            org.surmala.metric.LabelCodes.of(clusters))
                        .adjustedRand())
                .build());
      }
      ComparisonSummary summary = ComparisonSummary.of(GRID, scored, shuffled, 20, 199, shuffle);
      if (!summary.verdict().get(0).startsWith("None of the")) {
        found++;
      }
    }
    assertThat(found).isLessThanOrEqualTo(8);
  }

  @Test
  void givenAClustererThatOnlySomeHave_whenSummarised_thenItIsTheirRowAndNobodysBaseline() {
    ComparisonGrid grid =
        new ComparisonGrid(
            List.of("raw", "vae"),
            List.of("raw"),
            List.of("halves", "own"),
            List.of("own"),
            Map.of("own", List.of("vae")),
            List.of(2),
            List.of(1L, 2L));
    int[] own = IntStream.range(0, SONGS).map(i -> i % 2).toArray();
    List<ComparisonCell> cells =
        cells(
            grid,
            (name, seed) ->
                name.equals("vae") ? fit(embed(name, seed).points(), own, seed) : embed(name, seed),
            (clusterer, fit) ->
                clusterer.equals("own") ? fit.ownClusters() : group(clusterer, fit));

    ComparisonSummary summary = ComparisonSummary.of(grid, cells, labels(), 50, 99, 1);

    assertThat(summary.rows())
        .extracting(row -> row.representation() + " " + row.clusterer() + " " + row.k())
        .containsExactly("raw halves 2", "vae halves 2", "vae own 0");
    assertThat(summary.rows().get(2).ari()).isEqualTo(1);
    assertThat(summary.rows().get(2).difference()).isNull();
    assertThat(ComparisonTables.markdown(summary))
        .containsPattern("\\| raw +\\| halves .* \\| baseline +\\|")
        .containsPattern("\\| vae +\\| own +\\| +– .* \\| – +\\|");
    // The others are compared where all of them stand.
    assertThat(summary.verdict().get(0)).contains("vae with own, ARI = 1.00");
    assertThat(summary.verdict().get(1)).startsWith("vae separates").contains("(halves");
  }

  @Test
  void aGridSaysWhatIsWrong() {
    assertThatThrownBy(
            () ->
                new ComparisonGrid(
                    List.of("vae"),
                    List.of("pca"),
                    List.of("kmeans"),
                    List.of(),
                    Map.of(),
                    List.of(2),
                    List.of(1L)))
        .hasMessage(
            "compare.baselines has 'pca', which is not among compare.representations [vae]");
    assertThatThrownBy(
            () ->
                new ComparisonGrid(
                    List.of("vae", "vae"),
                    List.of(),
                    List.of("kmeans"),
                    List.of(),
                    Map.of(),
                    List.of(2),
                    List.of(1L)))
        .hasMessageContaining("compare.representations is [vae, vae]");
  }

  private static List<ComparisonCell> cells() {
    return cells(GRID, ComparisonSummaryTest::embed, ComparisonSummaryTest::group);
  }

  private static List<ComparisonCell> cells(
      ComparisonGrid grid,
      BiFunction<String, Long, FittedSongs> embed,
      BiFunction<String, FittedSongs, int[]> group) {
    CellClusterer clusterer = new CellClusterer(ClusterOptions.DEFAULTS, LabelCodes.of(labels()));
    return grid.cells().stream()
        .map(
            cell -> {
              FittedSongs fit = embed.apply(cell.getRepresentation(), cell.getSeed());
              return clusterer.scored(cell, fit, group.apply(cell.getClusterer(), fit));
            })
        .toList();
  }
}
