package org.surmala.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.schema.FittedClusterer;

/**
 * Assigns a point to the cluster of the nearest member, or to noise if that member is too far; for
 * clusters of any shape. The distance to a member is at least the member's reach: 0 for plain
 * distance, the core distance for mutual reachability (HDBSCAN).
 */
final class NearestMemberPredictor implements ClusterPredictor {
  static final String NAME = "nearest_member";

  private final double[][] members;
  private final ColumnMajorMatrix columns;
  private final double[] labels;
  private final double[] reaches;
  private final double[] radii;

  /** A predictor with these members; points beyond the radius of their cluster are noise. */
  NearestMemberPredictor(double[][] members, double[] labels, double[] reaches, double[] radii) {
    this.members = members;
    columns = ColumnMajorMatrix.of(members);
    this.labels = labels;
    this.reaches = reaches;
    this.radii = radii;
  }

  /** A predictor with the points that are not noise and meet a condition. */
  static NearestMemberPredictor of(
      double[][] points, int[] labels, boolean[] isMember, double[] reaches, double[] radii) {
    int[] kept =
        IntStream.range(0, points.length).filter(i -> labels[i] >= 0 && isMember[i]).toArray();
    return new NearestMemberPredictor(
        Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new),
        Arrays.stream(kept).mapToDouble(i -> labels[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> reaches[i]).toArray(),
        radii);
  }

  @Override
  public int assign(double[] point) {
    double[] distances = new double[members.length];
    columns.squaredDistances(point, 0, members.length, distances);
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < distances.length; i++) {
      double distance = Math.max(reaches[i], Math.sqrt(distances[i]));
      if (distance < least) {
        least = distance;
        nearest = (int) labels[i];
      }
    }
    return nearest >= 0 && least <= radii[nearest] ? nearest : -1;
  }

  @Override
  public FittedClusterer save() {
    return new FittedClusterer(
        NAME,
        radii.length,
        columns.dimensions(),
        Map.of(),
        List.of(
            PackedDoubles.coefficients("members", members),
            PackedDoubles.coefficients("labels", labels),
            PackedDoubles.coefficients("reaches", reaches),
            PackedDoubles.coefficients("radii", radii)));
  }
}
