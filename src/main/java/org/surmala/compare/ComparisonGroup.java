package org.surmala.compare;

import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.schema.ComparisonCell;

/** The cells of one row, one for each seed. */
final class ComparisonGroup {
  private final String representation;
  private final String clusterer;
  private final int k;
  private final List<ComparisonCell> cells;
  private final List<LabelCodes> clusters;
  private double[] ariReplicates = new double[0];
  private double[] nmiReplicates = new double[0];

  ComparisonGroup(String representation, String clusterer, int k, List<ComparisonCell> cells) {
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

  String representation() {
    return representation;
  }

  String clusterer() {
    return clusterer;
  }

  int k() {
    return k;
  }

  /** ARI of each bootstrap replicate. */
  double[] ariReplicates() {
    return ariReplicates;
  }

  /** NMI of each bootstrap replicate. */
  double[] nmiReplicates() {
    return nmiReplicates;
  }

  double ari() {
    return mean(ComparisonCell::getAri);
  }

  double ariOf(LabelCodes permuted) {
    double sum = 0;
    for (LabelCodes found : clusters) {
      sum += ExternalIndices.of(permuted, found).adjustedRand();
    }
    return sum / clusters.size();
  }

  @Nullable Double silhouette() {
    return meanOfAll(ComparisonCell::getSilhouette);
  }

  /** The mean over all cells; null if a cell has no value. */
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

  private static int[] clusters(ComparisonCell cell) {
    int[] clusters = new int[cell.getSongs()];
    cell.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(clusters);
    return clusters;
  }
}
