package org.surmala.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.surmala.metric.NearestNeighbours;
import smile.clustering.DBSCAN;
import smile.neighbor.Neighbor;
import smile.neighbor.RNNSearch;

/**
 * DBSCAN (Ester, Kriegel, Sander and Xu 1996): a point with enough points around it is dense; dense
 * points within the radius of one another are one cluster; other points within the radius of a
 * dense one belong to the first such cluster; the rest is noise. Labels are those of scikit-learn's
 * {@code DBSCAN}, numbered by size.
 *
 * <p>When no radius is given it is found: the distance of each point to its neighbour that makes it
 * dense, in ascending order, bends upwards where the sparse points begin, and the radius is where
 * the curve lies farthest below its chord.
 */
final class Dbscan implements Clusterer {
  private static final int LIMIT = 50_000;

  private final double epsilon;
  private final int minPoints;

  /**
   * A clusterer with these options.
   *
   * @param epsilon radius; 0 to have it found
   * @param minPoints points within the radius, the one in the middle included
   */
  Dbscan(double epsilon, int minPoints) {
    this.epsilon = epsilon;
    this.minPoints = minPoints;
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.DBSCAN;
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    checkLimit(points.length);
    return k -> fit(points);
  }

  private Partition fit(double[][] points) {
    NearestNeighbours search = NearestNeighbours.of(points);
    double radius = epsilon > 0 ? epsilon : knee(search, points);
    int n = points.length;
    int[][] near =
        Arrays.stream(points)
            .parallel()
            .map(point -> search.within(point, radius).points())
            .toArray(int[][]::new);
    Integer[] numbers = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    // The radius is one of the distances: another's rounding could leave its point outside.
    RNNSearch<Integer, Integer> known =
        (point, within, found) -> {
          for (int other : near[point]) {
            found.add(new Neighbor<>(numbers[other], numbers[other], other, 0));
          }
        };
    DBSCAN<Integer> fitted =
        DBSCAN.fit(numbers, known, minPoints, Math.max(radius, Double.MIN_VALUE));
    int[] labels =
        Arrays.stream(fitted.y).map(label -> label == DBSCAN.OUTLIER ? -1 : label).toArray();
    boolean[] isCore = new boolean[n];
    for (int i = 0; i < n; i++) {
      isCore[i] = near[i].length >= minPoints;
    }
    int[] numbered = RelabelBySize.bySize(labels);
    double[] radii = new double[fitted.k];
    Arrays.fill(radii, radius);
    return new Partition(
        numbered,
        RelabelBySize.centroids(points, numbered),
        NearestMemberPredictor.of(points, numbered, isCore, new double[n], radii),
        null,
        null,
        Map.of(
            "epsilon", String.format(Locale.ROOT, "%s", radius),
            "min_points", Integer.toString(minPoints)));
  }

  private double knee(NearestNeighbours search, double[][] points) {
    double[] curve = search.reaches(points, minPoints);
    Arrays.sort(curve);
    int n = curve.length;
    double rise = curve[n - 1] - curve[0];
    int knee = n - 1;
    double deepest = 0;
    for (int i = 0; i < n; i++) {
      double below = (double) i / (n - 1) - (rise == 0 ? 1 : (curve[i] - curve[0]) / rise);
      if (below > deepest) {
        deepest = below;
        knee = i;
      }
    }
    return curve[knee];
  }
}
