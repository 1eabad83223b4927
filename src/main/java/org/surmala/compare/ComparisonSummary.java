package org.surmala.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.evaluate.FigureCaveat;
import org.surmala.evaluate.Flag;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.Bootstrap.Interval;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.PairedDifference;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;

/**
 * The summary of a comparison: scores with their variation, differences to the best baseline, and a
 * verdict in words.
 *
 * <p>A bootstrap replicate draws songs, and for each row seeds, both with replacement; all rows use
 * the same songs, so that differences are paired. The permutation test permutes the labels and
 * records the best row of each permutation; a row's p-value is the share of permutations whose best
 * row scores at least as high (Westfall and Young 1993). With meaningless labels, some row is
 * called better than chance in one of twenty comparisons.
 */
public final class ComparisonSummary {
  /** With fewer permutations no result could be better than chance. */
  static final int LEAST_PERMUTATIONS = 19;

  /** Name of the representation that those with the caveat SCRIPT are compared with. */
  static final String SCRIPT_ALONE = "script";

  private final ComparisonGrid grid;
  private final List<ComparisonRow> rows;
  private final List<String> verdict;
  private final Map<String, FigureCaveat> marks;

  private ComparisonSummary(
      ComparisonGrid grid,
      List<ComparisonRow> rows,
      List<String> verdict,
      Map<String, FigureCaveat> marks) {
    this.grid = grid;
    this.rows = rows;
    this.verdict = verdict;
    this.marks = marks;
  }

  /**
   * Summarises cells.
   *
   * @param labels one for each song, in the order of their ids
   * @param replicates bootstrap replicates, 1 or more
   * @param permutations label permutations, 19 or more
   * @throws IllegalArgumentException if a cell is missing or has other songs
   */
  public static ComparisonSummary of(
      ComparisonGrid grid,
      List<ComparisonCell> cells,
      List<String> labels,
      int replicates,
      int permutations,
      long seed) {
    if (replicates < 1 || permutations < LEAST_PERMUTATIONS) {
      throw new IllegalArgumentException(
          ("a comparison needs 1 or more replicates and %s or more permutations; there"
                  + " are %s and %s")
              .formatted(LEAST_PERMUTATIONS, replicates, permutations));
    }
    LabelCodes truth = LabelCodes.of(labels);
    List<ComparisonGroup> groups = groups(grid, cells, labels.size());
    int[][] weights = Bootstrap.weights(labels.size(), replicates, seed);
    int[][] seedDraws = seedDraws(grid.seeds().size(), replicates, seed);
    for (ComparisonGroup group : groups) {
      group.bootstrap(truth, weights, seedDraws);
    }
    double[] best = bestOfPermutations(truth, groups, permutations, seed);
    List<ComparisonRow> rows = new ArrayList<>();
    for (ComparisonGroup group : groups) {
      rows.add(row(grid, group, groups, best));
    }
    return new ComparisonSummary(
        grid, List.copyOf(rows), ComparisonVerdict.of(grid, rows, groups, labels), Map.of());
  }

  /**
   * The same summary with caveats on representations, which the verdict explains.
   *
   * @param newMarks caveats by representation
   * @param alone ARI of the labels with the condition of conditional models, by column
   */
  public ComparisonSummary marked(Map<String, FigureCaveat> newMarks, Map<String, Double> alone) {
    List<String> sentences = new ArrayList<>(verdict);
    for (String representation : grid.representations()) {
      FigureCaveat mark = newMarks.get(representation);
      if (mark != null && mark.flag() == Flag.CONDITIONED_ON) {
        sentences.add(
            ComparisonVerdict.conditioned(
                rows,
                representation,
                mark.column(),
                Objects.requireNonNull(alone.get(mark.column()), mark::code)));
      } else if (mark != null && !representation.equals(SCRIPT_ALONE)) {
        sentences.add(ComparisonVerdict.script(rows, representation));
      }
    }
    return new ComparisonSummary(grid, rows, List.copyOf(sentences), Map.copyOf(newMarks));
  }

  /** The code of a representation's caveat; empty without one. */
  public String mark(String representation) {
    FigureCaveat mark = marks.get(representation);
    return mark == null ? "" : mark.code();
  }

  /** The rows, one for each representation, clusterer and k, in the grid's order. */
  public List<ComparisonRow> rows() {
    return rows;
  }

  /** The grid. */
  public ComparisonGrid grid() {
    return grid;
  }

  /**
   * The sentences of the verdict: first whether any row is better than chance, then each
   * representation against its baseline.
   */
  public List<String> verdict() {
    return verdict;
  }

  private static List<ComparisonGroup> groups(
      ComparisonGrid grid, List<ComparisonCell> cells, int songs) {
    Map<PlannedCell, ComparisonCell> byPlace = new LinkedHashMap<>();
    for (ComparisonCell cell : cells) {
      if (cell.getSongs() != songs) {
        throw new IllegalArgumentException(
            "a cell is of " + cell.getSongs() + " songs, the labels of " + songs);
      }
      byPlace.put(
          new PlannedCell(
              cell.getRepresentation(), cell.getClusterer(), cell.getK(), cell.getSeed()),
          cell);
    }
    List<ComparisonGroup> groups = new ArrayList<>();
    for (String representation : grid.representations()) {
      for (String clusterer : grid.clusterers(representation)) {
        for (int k : grid.ks(clusterer)) {
          List<ComparisonCell> ofRow = new ArrayList<>();
          for (long seed : grid.seeds()) {
            PlannedCell place = new PlannedCell(representation, clusterer, k, seed);
            ComparisonCell cell = byPlace.get(place);
            if (cell == null) {
              throw new IllegalArgumentException("there is no cell for " + place);
            }
            ofRow.add(cell);
          }
          groups.add(new ComparisonGroup(representation, clusterer, k, ofRow));
        }
      }
    }
    return groups;
  }

  private static int[][] seedDraws(int seeds, int replicates, long seed) {
    int[][] draws = new int[replicates][];
    for (int r = 0; r < replicates; r++) {
      SplittableRandom random = Bootstrap.generator(~seed, r);
      draws[r] = random.ints(seeds, 0, seeds).toArray();
    }
    return draws;
  }

  private static double[] bestOfPermutations(
      LabelCodes truth, List<ComparisonGroup> groups, int permutations, long seed) {
    double[] best = new double[permutations];
    IntStream.range(0, permutations)
        .parallel()
        .forEach(
            permutation -> {
              int[] permuted = truth.codes().clone();
              Bootstrap.shuffle(permuted, Bootstrap.generator(seed, permutation));
              LabelCodes labels = new LabelCodes(permuted, truth.count());
              best[permutation] =
                  groups.stream()
                      .mapToDouble(group -> group.ariOf(labels))
                      .max()
                      .orElse(Double.NEGATIVE_INFINITY);
            });
    return best;
  }

  private static ComparisonRow row(
      ComparisonGrid grid, ComparisonGroup group, List<ComparisonGroup> groups, double[] best) {
    double ari = group.ari();
    double nmi = group.mean(ComparisonCell::getNmi);
    long atLeast = Arrays.stream(best).filter(value -> value >= ari - 1e-12).count();
    ComparisonGroup baseline = baseline(grid, group, groups);
    Double difference = baseline == null ? null : ari - baseline.ari();
    return new ComparisonRow(
        group.representation(),
        group.clusterer(),
        group.k(),
        ari,
        group.deviation(ComparisonCell::getAri),
        Bootstrap.interval(ari, group.ariReplicates(), -1, 1),
        nmi,
        group.deviation(ComparisonCell::getNmi),
        Bootstrap.interval(nmi, group.nmiReplicates(), 0, 1),
        group.mean(ComparisonCell::getAmi),
        group.mean(ComparisonCell::getPurity),
        group.silhouette(),
        group.meanOfAll(ComparisonCell::getLogistic),
        group.meanOfAll(ComparisonCell::getNearestNeighbours),
        group.meanOfAll(ComparisonCell::getPrecisionAt1),
        group.meanOfAll(ComparisonCell::getPrecisionAt10),
        group.meanOfAll(ComparisonCell::getMeanAveragePrecision),
        (1.0 + atLeast) / (1.0 + best.length),
        baseline == null ? null : baseline.representation(),
        difference,
        baseline == null ? null : difference(group, baseline));
  }

  private static Interval difference(ComparisonGroup group, ComparisonGroup baseline) {
    double[] replicates = new double[group.ariReplicates().length];
    Arrays.setAll(replicates, r -> group.ariReplicates()[r] - baseline.ariReplicates()[r]);
    return PairedDifference.interval(group.ari() - baseline.ari(), replicates);
  }

  private static @Nullable ComparisonGroup baseline(
      ComparisonGrid grid, ComparisonGroup group, List<ComparisonGroup> groups) {
    if (grid.baselines().contains(group.representation())) {
      return null;
    }
    ComparisonGroup best = null;
    for (ComparisonGroup other : groups) {
      if (other.clusterer().equals(group.clusterer())
          && other.k() == group.k()
          && grid.baselines().contains(other.representation())
          && (best == null || other.ari() > best.ari())) {
        best = other;
      }
    }
    return best;
  }
}
