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
 * DBSCAN (Ester, Kriegel, Sander and Xu 1996): a point with enough points within the radius is a
 * core point; core points within the radius of one another form a cluster; other points within the
 * radius of a core point belong to the first such cluster; the rest is noise. Labels are those of
 * scikit-learn's {@code DBSCAN}, numbered by size.
 *
 * <p>The automatic radius is the knee of the k-distance curve: the distances of all points to their
 * {@code minPoints}-th neighbour, in ascending order; the knee is where the curve is farthest below
 * its chord.
 *
 * @param epsilon radius; 0 for automatic
 * @param minPoints points within the radius of a core point, itself included
 */
record Dbscan(double epsilon, int minPoints) implements Clusterer {
  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.DBSCAN;
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
    // The radius equals one of the distances; a distance that is rounded differently could exclude
    // its point.
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
