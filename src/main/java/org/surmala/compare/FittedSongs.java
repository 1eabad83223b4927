package org.surmala.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.evaluate.ClusteringEvaluator;
import org.surmala.evaluate.Probes;
import org.surmala.metric.DistanceRows;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.NeighbourScores;
import org.surmala.schema.ComparisonFit;
import org.surmala.schema.Probe;

/**
 * The songs under one fit of a representation.
 *
 * @param points one row for each song, in the order of their ids; float32 values in doubles
 * @param ownClusters cluster of each song by the model itself; empty if it defines none
 * @param activeDimensions number of dimensions with a standard deviation above 0.1
 * @param logistic balanced accuracy of a logistic probe; may be null
 * @param nearestNeighbours the same for the 5 nearest neighbours
 * @param precisionAt1 precision at 1; may be null
 * @param precisionAt10 precision at 10; may be null
 * @param meanAveragePrecision mean average precision; may be null
 */
record FittedSongs(
    double[][] points,
    int[] ownClusters,
    int activeDimensions,
    @Nullable Double logistic,
    @Nullable Double nearestNeighbours,
    @Nullable Double precisionAt1,
    @Nullable Double precisionAt10,
    @Nullable Double meanAveragePrecision) {
  /** A fit with its probes; a group of copies is on one side of every split. */
  static FittedSongs of(
      double[][] points, int[] ownClusters, List<String> labels, int[] copies, long seed) {
    Probe probe = Probes.of("", "", points, labels, copies, seed);
    NeighbourScores near =
        NeighbourScores.of(
            DistanceRows.euclidean(points), LabelCodes.of(labels).codes(), copies, 0, seed);
    return new FittedSongs(
        points,
        ownClusters,
        ClusteringEvaluator.activeDimensions(points),
        probe.getLogistic(),
        probe.getNearestNeighbours(),
        defined(near.precisionAt1()),
        defined(near.precisionAt10()),
        defined(near.meanAveragePrecision()));
  }

  private static @Nullable Double defined(NeighbourScores.Score score) {
    return Double.isNaN(score.value()) ? null : score.value();
  }

  /** The fit of a record. */
  static FittedSongs of(ComparisonFit record) {
    FloatBuffer values =
        record.getEmbeddings().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[][] points = new double[record.getSongs()][record.getDimensions()];
    for (double[] point : points) {
      for (int d = 0; d < point.length; d++) {
        point[d] = values.get();
      }
    }
    int[] own = new int[record.getOwnClusters().remaining() / Integer.BYTES];
    record.getOwnClusters().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(own);
    return new FittedSongs(
        points,
        own,
        record.getActiveDimensions(),
        record.getLogistic(),
        record.getNearestNeighbours(),
        record.getPrecisionAt1(),
        record.getPrecisionAt10(),
        record.getMeanAveragePrecision());
  }

  ComparisonFit toRecord() {
    int dimensions = points[0].length;
    ByteBuffer values =
        ByteBuffer.allocate(Math.multiplyExact(points.length, dimensions * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double[] point : points) {
      for (double value : point) {
        values.putFloat((float) value);
      }
    }
    ByteBuffer own =
        ByteBuffer.allocate(ownClusters.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    own.asIntBuffer().put(ownClusters);
    return ComparisonFit.newBuilder()
        .setSongs(points.length)
        .setDimensions(dimensions)
        .setEmbeddings(values.flip())
        .setOwnClusters(own)
        .setActiveDimensions(activeDimensions)
        .setLogistic(logistic)
        .setNearestNeighbours(nearestNeighbours)
        .setPrecisionAt1(precisionAt1)
        .setPrecisionAt10(precisionAt10)
        .setMeanAveragePrecision(meanAveragePrecision)
        .build();
  }
}
