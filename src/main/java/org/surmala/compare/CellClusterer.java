package org.surmala.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.cluster.ClusterOptions;
import org.surmala.cluster.ClusterSweep;
import org.surmala.evaluate.ClusteringEvaluator;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.Silhouette;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;

/**
 * Clusters the songs of one fit, and scores the clusters against the labels.
 *
 * @param options options, except the seed, which is that of the cell
 * @param labels one for each song, in the order of their ids
 */
record CellClusterer(ClusterOptions options, LabelCodes labels) {
  private static final int SILHOUETTE_SONGS = 20_000;
  private static final int SILHOUETTE_SAMPLE = 2_000;

  /** The finished cell. */
  ComparisonCell cluster(PlannedCell cell, FittedSongs fit) {
    return scored(cell, fit, clusters(cell, fit));
  }

  /** The cell with the given clusters. */
  ComparisonCell scored(PlannedCell cell, FittedSongs fit, int[] clusters) {
    double[][] points = fit.points();
    ExternalIndices agreement = ExternalIndices.of(labels, LabelCodes.of(clusters));
    double silhouette = silhouette(points, clusters, fit.activeDimensions(), cell.getSeed());
    ByteBuffer packed =
        ByteBuffer.allocate(Integer.BYTES * clusters.length).order(ByteOrder.LITTLE_ENDIAN);
    packed.asIntBuffer().put(clusters);
    return ComparisonCell.newBuilder()
        .setRepresentation(cell.getRepresentation())
        .setClusterer(cell.getClusterer())
        .setK(cell.getK())
        .setSeed(cell.getSeed())
        .setSongs(points.length)
        .setSilhouette(Double.isNaN(silhouette) ? null : silhouette)
        .setAri(agreement.adjustedRand())
        .setNmi(agreement.normalizedMutualInformation())
        .setAmi(agreement.adjustedMutualInformation())
        .setPurity(agreement.purity())
        .setActiveDimensions(fit.activeDimensions())
        .setLogistic(fit.logistic())
        .setNearestNeighbours(fit.nearestNeighbours())
        .setPrecisionAt1(fit.precisionAt1())
        .setPrecisionAt10(fit.precisionAt10())
        .setMeanAveragePrecision(fit.meanAveragePrecision())
        .setLabels(packed)
        .build();
  }

  private int[] clusters(PlannedCell cell, FittedSongs fit) {
    ClusterAlgorithm algorithm = ClusterAlgorithm.of(cell.getClusterer());
    return algorithm == ClusterAlgorithm.MODEL
        ? fit.ownClusters()
        : new ClusterSweep(options.withSeed(cell.getSeed()))
            .labels(algorithm, fit.points(), cell.getK());
  }

  /** The silhouette; NaN if it would mislead, see {@link org.surmala.evaluate.Flag}. */
  private static double silhouette(double[][] points, int[] clusters, int active, long seed) {
    int[] kept = IntStream.range(0, clusters.length).filter(i -> clusters[i] >= 0).toArray();
    int[] labels = Arrays.stream(kept).map(i -> clusters[i]).toArray();
    long largest =
        Arrays.stream(labels)
            .boxed()
            .collect(Collectors.groupingBy(c -> c, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    boolean isWithheld =
        active < Math.min(2, points[0].length)
            || largest > ClusteringEvaluator.ONE_CLUSTER * clusters.length
            || kept.length < (1 - ClusteringEvaluator.NOISE) * clusters.length;
    if (isWithheld) {
      return Double.NaN;
    }
    double[][] rows = Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new);
    return rows.length <= SILHOUETTE_SONGS
        ? Silhouette.mean(rows, labels)
        : Silhouette.sample(rows, labels, SILHOUETTE_SAMPLE, seed).mean();
  }
}
