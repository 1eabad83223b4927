package org.surmala.compare;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.evaluate.FigureCaveat;
import org.surmala.evaluate.Flag;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.Bootstrap.Interval;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.PairedDifference;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;

/**
 * What the cells of a comparison say: figures with their spread, differences to the best baseline,
 * and a verdict in words.
 *
 * <p>A bootstrap replicate draws songs, and for each row seeds, both with replacement; the songs
 * drawn are the same for every row, so that differences are paired. Chance permutes the labels over
 * the songs and notes the best row each time; a row's chance is the share of permutations whose
 * best is at least as good as the row (Westfall and Young 1993). So on labels that mean nothing,
 * any row at all is called better than chance once in twenty times.
 */
public final class ComparisonSummary {
  private static final double SIGNIFICANCE = 0.05;

  /** Partitions whose ARI is less than this below 1 are the same. */
  private static final double SAME = 1e-9;

  /** Name of the representation that every one with the mark SCRIPT is held against. */
  private static final String SCRIPT_ALONE = "script";

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
   * @param cells every one of the grid
   * @param labels one for each song, in the order of their ids
   * @param replicates of the bootstrap, 1 or more
   * @param dealings permutations of the labels, 19 or more, or nothing could be called better than
   *     chance
   * @throws IllegalArgumentException when a cell is missing or is not of these songs
   */
  public static ComparisonSummary of(
      ComparisonGrid grid,
      List<ComparisonCell> cells,
      List<String> labels,
      int replicates,
      int dealings,
      long seed) {
    if (replicates < 1 || dealings < 19) {
      throw new IllegalArgumentException(
          "a comparison needs 1 or more replicates and 19 or more permutations; there are "
              + replicates
              + " and "
              + dealings);
    }
    LabelCodes truth = LabelCodes.of(labels);
    List<Group> groups = groups(grid, cells, labels.size());
    int[][] weights = Bootstrap.weights(labels.size(), replicates, seed);
    int[][] seedDraws = seedDraws(grid.seeds().size(), replicates, seed);
    for (Group group : groups) {
      group.bootstrap(truth, weights, seedDraws);
    }
    double[] best = bestOfDealings(truth, groups, dealings, seed);
    List<ComparisonRow> rows = new ArrayList<>();
    for (Group group : groups) {
      rows.add(row(grid, group, groups, best));
    }
    String labelNames = names(labels);
    return new ComparisonSummary(
        grid, List.copyOf(rows), verdict(grid, rows, groups, labelNames), Map.of());
  }

  /**
   * The same with marks on representations, each of which a sentence of the verdict explains.
   *
   * @param newMarks what a reader must know of a representation's figures, by its name
   * @param alone ARI of the labels with the labels that conditional models are told, by column
   */
  public ComparisonSummary marked(Map<String, FigureCaveat> newMarks, Map<String, Double> alone) {
    List<String> sentences = new ArrayList<>(verdict);
    for (String representation : grid.representations()) {
      FigureCaveat mark = newMarks.get(representation);
      if (mark != null && mark.flag() == Flag.CONDITIONED_ON) {
        sentences.add(
            conditionSentence(
                representation,
                mark.column(),
                Objects.requireNonNull(alone.get(mark.column()), mark::code)));
      } else if (mark != null && !representation.equals(SCRIPT_ALONE)) {
        sentences.add(scriptSentence(representation));
      }
    }
    return new ComparisonSummary(grid, rows, List.copyOf(sentences), Map.copyOf(newMarks));
  }

  /** The code of a representation's mark; empty when it has none. */
  public String mark(String representation) {
    FigureCaveat mark = marks.get(representation);
    return mark == null ? "" : mark.code();
  }

  private ComparisonRow bestOf(String representation) {
    ComparisonRow best = null;
    for (ComparisonRow row : rows) {
      if (row.representation().equals(representation) && (best == null || row.ari() > best.ari())) {
        best = row;
      }
    }
    return Objects.requireNonNull(best);
  }

  private String conditionSentence(String representation, String column, double alone) {
    ComparisonRow own = bestOf(representation);
    String figure =
        String.format(
            Locale.ROOT, "its ARI is %.2f (%s)", own.ari(), place(own.clusterer(), own.k()));
    return alone > 1 - SAME
        ? representation
            + " is conditioned on "
            + column
            + ", the labels that its clusters are compared with: "
            + figure
            + ", which is no evidence about the audio."
        : String.format(
            Locale.ROOT,
            "%s is conditioned on %s, which alone agrees with the labels with ARI = %.2f: agreement"
                + " of its clusters with it is no evidence about the audio; %s.",
            representation,
            column,
            alone,
            figure);
  }

  private String scriptSentence(String representation) {
    ComparisonRow own = bestOf(representation);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s reads lyrics, whose script may predict the labels without the audio: its ARI is"
                    + " %.2f (%s, k = %d)",
                representation,
                own.ari(),
                own.clusterer(),
                own.k()));
    for (ComparisonRow row : rows) {
      if (row.representation().equals(SCRIPT_ALONE)
          && row.clusterer().equals(own.clusterer())
          && row.k() == own.k()) {
        text.append(String.format(Locale.ROOT, ", that of the script alone %.2f", row.ari()));
      }
    }
    return text.append('.').toString();
  }

  /** One for each representation, clusterer and k, in the grid's order. */
  public List<ComparisonRow> rows() {
    return rows;
  }

  /** The grid. */
  public ComparisonGrid grid() {
    return grid;
  }

  /** Sentences: first whether there is anything, then each representation against a baseline. */
  public List<String> verdict() {
    return verdict;
  }

  /** The cells of one row: one for each seed. */
  private static final class Group {
    private final String representation;
    private final String clusterer;
    private final int k;
    private final List<ComparisonCell> cells;
    private final List<LabelCodes> clusters;
    private double[] ariReplicates = new double[0];
    private double[] nmiReplicates = new double[0];

    Group(String representation, String clusterer, int k, List<ComparisonCell> cells) {
      this.representation = representation;
      this.clusterer = clusterer;
      this.k = k;
      this.cells = cells;
      clusters = cells.stream().map(cell -> LabelCodes.of(clusters(cell))).toList();
    }

    void bootstrap(LabelCodes truth, int[][] weights, int[][] seedDraws) {
      ariReplicates = new double[weights.length];
      nmiReplicates = new double[weights.length];
      IntStream.range(0, weights.length)
          .parallel()
          .forEach(
              r -> {
                for (int drawn : seedDraws[r]) {
                  ExternalIndices agreement =
                      ExternalIndices.of(truth, clusters.get(drawn), weights[r]);
                  ariReplicates[r] += agreement.adjustedRand() / seedDraws[r].length;
                  nmiReplicates[r] += agreement.normalizedMutualInformation() / seedDraws[r].length;
                }
              });
    }

    double mean(ToDoubleFunction<ComparisonCell> figure) {
      return cells.stream().mapToDouble(figure).sum() / cells.size();
    }

    double deviation(ToDoubleFunction<ComparisonCell> figure) {
      double mean = mean(figure);
      double squares =
          cells.stream().mapToDouble(figure).map(value -> (value - mean) * (value - mean)).sum();
      return cells.size() < 2 ? 0 : Math.sqrt(squares / (cells.size() - 1));
    }

    double ari() {
      return mean(ComparisonCell::getAri);
    }

    double ariOf(LabelCodes dealt) {
      double sum = 0;
      for (LabelCodes found : clusters) {
        sum += ExternalIndices.of(dealt, found).adjustedRand();
      }
      return sum / clusters.size();
    }

    @Nullable Double silhouette() {
      return meanOfAll(ComparisonCell::getSilhouette);
    }

    /** Null when it is not defined for any of the cells. */
    @Nullable Double meanOfAll(Function<ComparisonCell, @Nullable Double> figure) {
      double sum = 0;
      for (ComparisonCell cell : cells) {
        Double value = figure.apply(cell);
        if (value == null) {
          return null;
        }
        sum += value;
      }
      return sum / cells.size();
    }
  }

  private static List<Group> groups(ComparisonGrid grid, List<ComparisonCell> cells, int songs) {
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
    List<Group> groups = new ArrayList<>();
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
          groups.add(new Group(representation, clusterer, k, ofRow));
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

  private static double[] bestOfDealings(
      LabelCodes truth, List<Group> groups, int dealings, long seed) {
    double[] best = new double[dealings];
    IntStream.range(0, dealings)
        .parallel()
        .forEach(
            dealing -> {
              int[] dealt = truth.codes().clone();
              Bootstrap.shuffle(dealt, Bootstrap.generator(seed, dealing));
              LabelCodes labels = new LabelCodes(dealt, truth.count());
              best[dealing] =
                  groups.stream()
                      .mapToDouble(group -> group.ariOf(labels))
                      .max()
                      .orElse(Double.NEGATIVE_INFINITY);
            });
    return best;
  }

  private static ComparisonRow row(
      ComparisonGrid grid, Group group, List<Group> groups, double[] best) {
    double ari = group.ari();
    double nmi = group.mean(ComparisonCell::getNmi);
    long atLeast = Arrays.stream(best).filter(value -> value >= ari - 1e-12).count();
    Group baseline = baseline(grid, group, groups);
    Double difference = baseline == null ? null : ari - baseline.ari();
    return new ComparisonRow(
        group.representation,
        group.clusterer,
        group.k,
        ari,
        group.deviation(ComparisonCell::getAri),
        Bootstrap.interval(ari, group.ariReplicates, -1, 1),
        nmi,
        group.deviation(ComparisonCell::getNmi),
        Bootstrap.interval(nmi, group.nmiReplicates, 0, 1),
        group.mean(ComparisonCell::getAmi),
        group.mean(ComparisonCell::getPurity),
        group.silhouette(),
        group.meanOfAll(ComparisonCell::getLogistic),
        group.meanOfAll(ComparisonCell::getNearestNeighbours),
        (1.0 + atLeast) / (1.0 + best.length),
        baseline == null ? null : baseline.representation,
        difference,
        baseline == null ? null : difference(group, baseline));
  }

  private static Interval difference(Group group, Group baseline) {
    double[] replicates = new double[group.ariReplicates.length];
    Arrays.setAll(replicates, r -> group.ariReplicates[r] - baseline.ariReplicates[r]);
    return PairedDifference.interval(group.ari() - baseline.ari(), replicates);
  }

  private static @Nullable Group baseline(ComparisonGrid grid, Group group, List<Group> groups) {
    if (grid.baselines().contains(group.representation)) {
      return null;
    }
    Group best = null;
    for (Group other : groups) {
      if (other.clusterer.equals(group.clusterer)
          && other.k == group.k
          && grid.baselines().contains(other.representation)
          && (best == null || other.ari() > best.ari())) {
        best = other;
      }
    }
    return best;
  }

  private static List<String> verdict(
      ComparisonGrid grid, List<ComparisonRow> rows, List<Group> groups, String labels) {
    List<String> sentences = new ArrayList<>();
    ComparisonRow best = rows.get(0);
    for (ComparisonRow row : rows) {
      best = row.ari() > best.ari() ? row : best;
    }
    String figure =
        String.format(
            Locale.ROOT,
            "%s with %s, ARI = %.2f [%.2f, %.2f], chance p = %.3f",
            best.representation(),
            place(best.clusterer(), best.k()),
            best.ari(),
            best.ariInterval().low(),
            best.ariInterval().high(),
            best.chance());
    if (best.chance() > SIGNIFICANCE) {
      sentences.add(
          "None of the "
              + rows.size()
              + " clusterings separates "
              + labels
              + " better than chance (the best: "
              + figure
              + alike(best, rows)
              + ").");
      return List.copyOf(sentences);
    }
    sentences.add(
        "The clusterings that separate " + labels + " best: " + figure + alike(best, rows) + ".");
    // The highest mean over all representations, which favours none of them.
    String clusterer = best.clusterer();
    int k = best.k();
    double highest = Double.NEGATIVE_INFINITY;
    for (String candidate : grid.clusterers()) {
      if (grid.only().containsKey(candidate)) {
        continue;
      }
      for (int number : grid.ks(candidate)) {
        double sum =
            groups.stream()
                .filter(group -> group.clusterer.equals(candidate) && group.k == number)
                .mapToDouble(Group::ari)
                .sum();
        if (sum > highest) {
          highest = sum;
          clusterer = candidate;
          k = number;
        }
      }
    }
    for (ComparisonRow row : rows) {
      if (row.clusterer().equals(clusterer) && row.k() == k && row.baseline() != null) {
        sentences.add(sentence(row, labels));
      }
    }
    return List.copyOf(sentences);
  }

  /** The others whose ARI shows the same two decimals. */
  private static String alike(ComparisonRow best, List<ComparisonRow> rows) {
    String others =
        rows.stream()
            .filter(row -> !row.equals(best) && shown(row.ari()).equals(shown(best.ari())))
            .map(row -> row.representation() + " with " + place(row.clusterer(), row.k()))
            .collect(Collectors.joining("; "));
    return others.isEmpty() ? "" : "; as good: " + others;
  }

  private static String shown(double ari) {
    return String.format(Locale.ROOT, "%.2f", ari);
  }

  private static String sentence(ComparisonRow row, String labels) {
    Interval interval = Objects.requireNonNull(row.differenceInterval());
    String how =
        interval.low() > 0 ? "better than" : interval.high() < 0 ? "worse than" : "no better than";
    return String.format(
        Locale.ROOT,
        "%s separates %s %s %s: ΔARI = %.2f [%.2f, %.2f] (%s).",
        row.representation(),
        labels,
        how,
        row.baseline(),
        Objects.requireNonNull(row.difference()),
        interval.low(),
        interval.high(),
        place(row.clusterer(), row.k()));
  }

  private static String place(String clusterer, int k) {
    return k == 0 ? clusterer : clusterer + ", k = " + k;
  }

  private static String names(List<String> labels) {
    List<String> distinct = labels.stream().distinct().sorted().toList();
    return distinct.size() == 2
        ? distinct.get(0) + " from " + distinct.get(1)
        : "the " + distinct.size() + " labels";
  }

  private static int[] clusters(ComparisonCell cell) {
    int[] clusters = new int[cell.getSongs()];
    cell.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(clusters);
    return clusters;
  }
}
