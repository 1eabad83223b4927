package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.InternalIndices;
import org.surmala.metric.Silhouette;
import org.surmala.schema.SweepFigures;

/** Scores the partitions of a sweep without labels. */
final class SweepScores {
  private SweepScores() {}

  /** Scores of partitions of points in memory, without gap and stability. */
  static List<SweepFigures> of(
      ClusterOptions options, double[][] points, List<Partition> partitions) {
    List<int[]> labellings = partitions.stream().map(Partition::labels).toList();
    boolean isNoisy = labellings.stream().flatMapToInt(Arrays::stream).anyMatch(label -> label < 0);
    if (!isNoisy) {
      List<Silhouette.Sample> silhouettes = silhouettes(options, points, labellings);
      return IntStream.range(0, partitions.size())
          .mapToObj(
              i -> figures(points, labellings.get(i), silhouettes.get(i), partitions.get(i).bic()))
          .toList();
    }
    List<SweepFigures> all = new ArrayList<>();
    for (Partition partition : partitions) {
      int[] kept =
          IntStream.range(0, points.length).filter(i -> partition.labels()[i] >= 0).toArray();
      double[][] rows = Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new);
      int[] labels = ClusterSweep.restricted(partition.labels(), kept);
      all.add(
          figures(
              rows, labels, silhouettes(options, rows, List.of(labels)).get(0), partition.bic()));
    }
    return all;
  }

  private static List<Silhouette.Sample> silhouettes(
      ClusterOptions options, double[][] rows, List<int[]> labellings) {
    int size =
        rows.length <= ClusterSweep.MOST_EXACT
            ? Math.max(2, rows.length)
            : options.silhouetteSample();
    return Silhouette.samples(rows, labellings, size, options.seed());
  }

  private static SweepFigures figures(
      double[][] rows, int[] labels, Silhouette.Sample silhouette, @Nullable Double bic) {
    int[] sizes = new int[RelabelBySize.clusters(labels)];
    for (int label : labels) {
      sizes[label]++;
    }
    SweepFigures figures = SweepFigures.newBuilder().setBic(bic).build();
    setSilhouette(figures, silhouette, sizes);
    int dimensions = rows.length == 0 ? 0 : rows[0].length;
    setSeparation(figures, InternalIndices.of(rows, labels), sizes, dimensions);
    return figures;
  }

  /** Sets the silhouette of clusters of these sizes, without noise. */
  static void setSilhouette(SweepFigures figures, Silhouette.Sample silhouette, int[] sizes) {
    boolean isSampled = silhouette.indices().length < Arrays.stream(sizes).sum();
    figures.setSilhouette(ClusterSweep.defined(silhouette.mean()));
    figures.setSilhouetteLow(isSampled ? ClusterSweep.defined(silhouette.low()) : null);
    figures.setSilhouetteHigh(isSampled ? ClusterSweep.defined(silhouette.high()) : null);
  }

  /** Sets the scores of clusters around their centroids; an existing BIC is kept. */
  static void setSeparation(
      SweepFigures figures, InternalIndices separation, int[] sizes, int dimensions) {
    figures.setDaviesBouldin(ClusterSweep.defined(separation.daviesBouldin()));
    figures.setCalinskiHarabasz(ClusterSweep.defined(separation.calinskiHarabasz()));
    if (figures.getBic() == null) {
      figures.setBic(sphericalBic(separation.inertia(), sizes, dimensions));
    }
  }

  /**
   * BIC of equal spherical Gaussians at the centroids, with hard assignment (Pelleg and Moore
   * 2000): −2 ln L + p ln n.
   */
  private static @Nullable Double sphericalBic(double inertia, int[] sizes, int d) {
    int n = Arrays.stream(sizes).sum();
    int k = sizes.length;
    if (n <= k || inertia == 0) {
      return null;
    }
    double variance = inertia / ((double) d * (n - k));
    double logLikelihood = -0.5 * n * d * Math.log(2 * Math.PI * variance) - 0.5 * d * (n - k);
    for (int size : sizes) {
      logLikelihood += size * Math.log((double) size / n);
    }
    return ((double) k * d + k) * Math.log(n) - 2 * logLikelihood;
  }
}
