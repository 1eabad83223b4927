package org.surmala.cluster;

import java.util.ArrayList;
import java.util.List;
import org.surmala.metric.Columns;
import org.surmala.schema.Merge;

/**
 * Hierarchical clustering by average or complete linkage, by the nearest-neighbour chain (Murtagh
 * 1983) on a table of distances that is kept up to date by the formula of Lance and Williams
 * (1967). The table takes 2 n² bytes; time grows with n². Heights are SciPy's.
 */
final class Linkage implements Clusterer {
  private static final int LIMIT = 15_000;

  private final ClusterAlgorithm algorithm;

  /** AVERAGE or COMPLETE. */
  Linkage(ClusterAlgorithm algorithm) {
    this.algorithm = algorithm;
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public Fitting on(double[][] points, long seed) {
    checkLimit(points.length);
    Dendrogram dendrogram = join(points);
    return new Fitting() {
      @Override
      public Partition at(int k) {
        return Partition.byCentroid(points, dendrogram.cut(k));
      }

      @Override
      public List<Merge> merges() {
        return dendrogram.merges();
      }
    };
  }

  private Dendrogram join(double[][] points) {
    int n = points.length;
    float[][] distances = distances(points);
    int[] sizes = new int[n];
    java.util.Arrays.fill(sizes, 1);
    List<Dendrogram.Join> joins = new ArrayList<>(n);
    int[] chain = new int[n + 1];
    int length = 0;
    while (joins.size() < n - 1) {
      if (length == 0) {
        int first = 0;
        while (sizes[first] == 0) {
          first++;
        }
        chain[length++] = first;
      }
      int top = chain[length - 1];
      int before = length > 1 ? chain[length - 2] : -1;
      int nearest = before;
      float least = before < 0 ? Float.POSITIVE_INFINITY : at(distances, top, before);
      for (int other = 0; other < n; other++) {
        if (other != top && sizes[other] > 0) {
          float distance = at(distances, top, other);
          if (distance < least || nearest < 0) {
            least = distance;
            nearest = other;
          }
        }
      }
      if (nearest != before) {
        chain[length++] = nearest;
        continue;
      }
      joins.add(new Dendrogram.Join(top, before, least));
      length -= 2;
      int kept = Math.min(top, before);
      int gone = Math.max(top, before);
      for (int other = 0; other < n; other++) {
        if (other != kept && other != gone && sizes[other] > 0) {
          float a = at(distances, kept, other);
          float b = at(distances, gone, other);
          set(distances, kept, other, merged(a, sizes[kept], b, sizes[gone]));
        }
      }
      sizes[kept] += sizes[gone];
      sizes[gone] = 0;
    }
    return new Dendrogram(n, joins);
  }

  private float merged(float a, int sizeOfA, float b, int sizeOfB) {
    return algorithm == ClusterAlgorithm.COMPLETE
        ? Math.max(a, b)
        : (float) (((double) a * sizeOfA + (double) b * sizeOfB) / ((double) sizeOfA + sizeOfB));
  }

  /** Row i holds the distances to the points before i. */
  private static float[][] distances(double[][] points) {
    Columns columns = Columns.of(points);
    float[][] rows = new float[points.length][];
    double[] squares = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      columns.squaredDistances(points[i], 0, i, squares);
      rows[i] = new float[i];
      for (int j = 0; j < i; j++) {
        rows[i][j] = (float) Math.sqrt(squares[j]);
      }
    }
    return rows;
  }

  private static float at(float[][] distances, int i, int j) {
    return i > j ? distances[i][j] : distances[j][i];
  }

  private static void set(float[][] distances, int i, int j, float value) {
    if (i > j) {
      distances[i][j] = value;
    } else {
      distances[j][i] = value;
    }
  }
}
