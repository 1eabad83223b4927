package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.NearestNeighbours;
import org.surmala.schema.Merge;

/**
 * HDBSCAN (Campello, Moulavi and Sander 2013): DBSCAN at every radius at once. The mutual
 * reachability distance of two points is the largest of their distance and both core distances. Its
 * minimum spanning tree is a hierarchy, condensed to the splits whose two sides both have enough
 * points. Clusters are selected by excess of mass. The root is never a cluster. Points outside the
 * selected clusters are noise.
 *
 * @param minPoints points within the core distance, the point itself included
 * @param minClusterSize smallest cluster, in points
 */
record Hdbscan(int minPoints, int minClusterSize) implements Clusterer {
  /** Smallest distance, as a share of the largest one, so that duplicates have a finite density. */
  private static final double LEAST_DISTANCE = 1e-9;

  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.HDBSCAN;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    checkLimit(points.length);
    return k -> fit(points);
  }

  private Partition fit(double[][] points) {
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    double[] core = NearestNeighbours.of(points, columns).reaches(points, minPoints);
    List<Merge> merges = spanningTree(columns, points, core).merges();
    Condensed tree = new Condensed(points.length, merges, minClusterSize);
    int[] labels = tree.labels();
    int[] numbered = RelabelBySize.bySize(labels);
    double[] radii = new double[RelabelBySize.clusters(numbered)];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        radii[numbered[i]] = 1 / tree.birth(labels[i]);
      }
    }
    boolean[] all = new boolean[points.length];
    Arrays.fill(all, true);
    return new Partition(
        numbered,
        RelabelBySize.centroids(points, numbered),
        NearestMemberPredictor.of(points, numbered, all, core, radii),
        null,
        null,
        Map.of(
            "min_points", Integer.toString(minPoints),
            "min_cluster_size", Integer.toString(minClusterSize)));
  }

  /**
   * Minimum spanning tree over mutual reachability (Prim); its edges in order of length are a
   * hierarchy.
   */
  private static Dendrogram spanningTree(
      ColumnMajorMatrix columns, double[][] points, double[] core) {
    int n = points.length;
    double[] least = new double[n];
    int[] from = new int[n];
    boolean[] done = new boolean[n];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    double[] distances = new double[n];
    List<Dendrogram.Join> joins = new ArrayList<>(n);
    int current = 0;
    for (int step = 1; step < n; step++) {
      done[current] = true;
      columns.squaredDistances(points[current], 0, n, distances);
      int next = -1;
      for (int i = 0; i < n; i++) {
        if (done[i]) {
          continue;
        }
        double reach = Math.max(Math.sqrt(distances[i]), Math.max(core[i], core[current]));
        if (reach < least[i]) {
          least[i] = reach;
          from[i] = current;
        }
        if (next < 0 || least[i] < least[next]) {
          next = i;
        }
      }
      joins.add(new Dendrogram.Join(from[next], next, least[next]));
      current = next;
    }
    return new Dendrogram(n, joins);
  }

  /** The hierarchy with only the splits between clusters that are large enough. */
  private static final class Condensed {
    private final int points;
    private final List<Merge> merges;
    private final int[] sizes;
    private final int[] clusterOfPoint;
    private final List<Integer> parents = new ArrayList<>();
    private final List<Double> births = new ArrayList<>();
    private final List<Double> stabilities = new ArrayList<>();
    private final double leastDistance;

    Condensed(int points, List<Merge> merges, int minClusterSize) {
      this.points = points;
      this.merges = merges;
      sizes = new int[points + merges.size()];
      Arrays.fill(sizes, 0, points, 1);
      for (int i = 0; i < merges.size(); i++) {
        sizes[points + i] = sizes[merges.get(i).getLeft()] + sizes[merges.get(i).getRight()];
      }
      double largest = merges.get(merges.size() - 1).getHeight();
      leastDistance = largest == 0 ? 1 : largest * LEAST_DISTANCE;
      clusterOfPoint = new int[points];
      int root = points + merges.size() - 1;
      int[] clusterOfNode = new int[sizes.length];
      clusterOfNode[root] = newCluster(-1, 1 / distance(root));
      for (int node = root; node >= points; node--) {
        split(node, clusterOfNode, minClusterSize);
      }
    }

    /**
     * A node is visited after its parent, since joins are numbered by height; -1 marks nodes that
     * fell out of their cluster.
     */
    private void split(int node, int[] clusterOfNode, int minClusterSize) {
      int cluster = clusterOfNode[node];
      Merge merge = merges.get(node - points);
      int[] children = {merge.getLeft(), merge.getRight()};
      if (cluster < 0) {
        for (int child : children) {
          clusterOfNode[child] = -1;
        }
        return;
      }
      double density = 1 / distance(node);
      boolean isSplit =
          sizes[children[0]] >= minClusterSize && sizes[children[1]] >= minClusterSize;
      for (int child : children) {
        if (sizes[child] < minClusterSize) {
          leave(child, cluster);
          clusterOfNode[child] = -1;
          addStability(cluster, sizes[child] * (density - births.get(cluster)));
        } else if (isSplit) {
          addStability(cluster, sizes[child] * (density - births.get(cluster)));
          clusterOfNode[child] = newCluster(cluster, density);
        } else {
          clusterOfNode[child] = cluster;
        }
      }
    }

    private void leave(int node, int cluster) {
      int[] stack = new int[sizes[node] + 1];
      int top = 0;
      stack[top++] = node;
      while (top > 0) {
        int next = stack[--top];
        if (next < points) {
          clusterOfPoint[next] = cluster;
        } else {
          stack[top++] = merges.get(next - points).getLeft();
          stack[top++] = merges.get(next - points).getRight();
        }
      }
    }

    private int newCluster(int parent, double birth) {
      parents.add(parent);
      births.add(birth);
      stabilities.add(0.0);
      return parents.size() - 1;
    }

    private void addStability(int cluster, double amount) {
      stabilities.set(cluster, stabilities.get(cluster) + amount);
    }

    private double distance(int node) {
      return Math.max(leastDistance, merges.get(node - points).getHeight());
    }

    /** The density λ at which a cluster splits from its sibling. */
    double birth(int cluster) {
      return births.get(cluster);
    }

    /** The selected cluster of each point; -1 is noise. */
    int[] labels() {
      int clusters = parents.size();
      double[] below = new double[clusters];
      boolean[] selected = new boolean[clusters];
      // A child's number is larger than its parent's. The root, cluster 0, is never selected.
      for (int cluster = clusters - 1; cluster > 0; cluster--) {
        selected[cluster] = stabilities.get(cluster) >= below[cluster];
        below[parents.get(cluster)] += Math.max(stabilities.get(cluster), below[cluster]);
      }
      int[] chosen = new int[clusters];
      chosen[0] = -1;
      for (int cluster = 1; cluster < clusters; cluster++) {
        int above = chosen[parents.get(cluster)];
        chosen[cluster] = above >= 0 ? above : selected[cluster] ? cluster : -1;
      }
      return Arrays.stream(clusterOfPoint).map(cluster -> chosen[cluster]).toArray();
    }
  }
}
