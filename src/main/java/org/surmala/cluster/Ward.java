package org.surmala.cluster;

import java.util.ArrayList;
import java.util.List;
import org.surmala.metric.ColumnMajorMatrix;

/**
 * Hierarchical clustering that joins the two clusters whose union increases the squared error least
 * (Ward 1963), by the nearest-neighbour chain (Murtagh 1983). Distances are computed from
 * centroids: O(n) memory, O(n²) time. Heights are those of scikit-learn and SciPy: √(2ab / (a + b))
 * times the distance of the centroids, for clusters of a and b points.
 */
final class Ward implements Clusterer {
  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.WARD;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    checkLimit(points.length);
    return SweptClusterer.of(points, new Chain(points).run());
  }

  /** Clusters in slots; a join frees the last slot. A cluster is named by its first point. */
  private static final class Chain {
    private final int points;
    private final ColumnMajorMatrix centroids;
    private final double[] sizes;
    private final double[] heights;
    private final int[] nameOfSlot;
    private final int[] slotOfName;
    private final double[] distances;
    private int slots;

    Chain(double[][] rows) {
      points = rows.length;
      slots = points;
      centroids = ColumnMajorMatrix.of(rows);
      sizes = new double[points];
      heights = new double[points];
      nameOfSlot = new int[points];
      slotOfName = new int[points];
      distances = new double[points];
      for (int i = 0; i < points; i++) {
        sizes[i] = 1;
        nameOfSlot[i] = i;
        slotOfName[i] = i;
      }
    }

    Dendrogram run() {
      List<Dendrogram.Join> joins = new ArrayList<>(points);
      int[] chain = new int[points + 1];
      int length = 0;
      double[] centroid = new double[centroids.dimensions()];
      while (slots > 1) {
        if (length == 0) {
          chain[length++] = nameOfSlot[0];
        }
        int top = chain[length - 1];
        int before = length > 1 ? chain[length - 2] : -1;
        int nearest = nearest(top, before, centroid);
        if (nearest != before) {
          chain[length++] = nearest;
          continue;
        }
        double squared = distances[slotOfName[before]];
        // Rounding must not put a join below its children.
        double height = Math.max(Math.sqrt(2 * squared), Math.max(heights[top], heights[before]));
        joins.add(new Dendrogram.Join(top, before, height));
        join(top, before, height);
        length -= 2;
      }
      return new Dendrogram(points, joins);
    }

    /**
     * The cluster that is cheapest to join; ties go to the previous cluster in the chain, else to
     * the lower name.
     */
    private int nearest(int name, int before, double[] centroid) {
      int slot = slotOfName[name];
      centroids.read(slot, centroid);
      centroids.squaredDistances(centroid, 0, slots, distances);
      double size = sizes[slot];
      for (int other = 0; other < slots; other++) {
        distances[other] *= size * sizes[other] / (size + sizes[other]);
      }
      distances[slot] = Double.POSITIVE_INFINITY;
      int nearest = before;
      double least = before < 0 ? Double.POSITIVE_INFINITY : distances[slotOfName[before]];
      for (int other = 0; other < slots; other++) {
        double distance = distances[other];
        if (distance < least
            || (distance == least && nearest != before && nameOfSlot[other] < nearest)) {
          least = distance;
          nearest = nameOfSlot[other];
        }
      }
      return nearest;
    }

    private void join(int a, int b, double height) {
      int kept = Math.min(a, b);
      int slot = slotOfName[kept];
      int freed = slotOfName[Math.max(a, b)];
      double[] one = new double[centroids.dimensions()];
      double[] two = new double[centroids.dimensions()];
      centroids.read(slot, one);
      centroids.read(freed, two);
      double total = sizes[slot] + sizes[freed];
      for (int d = 0; d < one.length; d++) {
        one[d] = (one[d] * sizes[slot] + two[d] * sizes[freed]) / total;
      }
      centroids.write(slot, one);
      sizes[slot] = total;
      heights[kept] = height;
      int last = --slots;
      if (freed != last) {
        centroids.read(last, two);
        centroids.write(freed, two);
        sizes[freed] = sizes[last];
        nameOfSlot[freed] = nameOfSlot[last];
        slotOfName[nameOfSlot[last]] = freed;
      }
    }
  }
}
