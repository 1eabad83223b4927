package org.surmala.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers clusters by size, so that numbers do not depend on the algorithm. */
final class RelabelBySize {
  private RelabelBySize() {}

  /** Renumbers from 0 by size, the largest first, ties by the first member; -1 stays. */
  static int[] bySize(int[] labels) {
    Map<Integer, int[]> sizes = new HashMap<>();
    List<Integer> inOrderOfFirst = new ArrayList<>();
    for (int label : labels) {
      if (label >= 0) {
        int[] size = sizes.get(label);
        if (size == null) {
          size = new int[1];
          sizes.put(label, size);
          inOrderOfFirst.add(label);
        }
        size[0]++;
      }
    }
    // The sort is stable: equal sizes stay in the order of their first members.
    inOrderOfFirst.sort(
        (a, b) ->
            Integer.compare(
                sizes.getOrDefault(b, new int[1])[0], sizes.getOrDefault(a, new int[1])[0]));
    Map<Integer, Integer> number = new HashMap<>();
    for (int i = 0; i < inOrderOfFirst.size(); i++) {
      number.put(inOrderOfFirst.get(i), i);
    }
    int[] numbered = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbered[i] = labels[i] < 0 ? -1 : number.getOrDefault(labels[i], -1);
    }
    return numbered;
  }

  /** The number of clusters; labels must have no gaps. */
  static int clusters(int[] labels) {
    int most = -1;
    for (int label : labels) {
      most = Math.max(most, label);
    }
    return most + 1;
  }

  /** The mean of each cluster's members, without noise; labels must have no gaps. */
  static double[][] centroids(double[][] points, int[] labels) {
    int clusters = clusters(labels);
    double[][] centroids = new double[clusters][points[0].length];
    int[] sizes = new int[clusters];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        sizes[labels[i]]++;
        double[] centroid = centroids[labels[i]];
        for (int d = 0; d < centroid.length; d++) {
          centroid[d] += points[i][d];
        }
      }
    }
    for (int c = 0; c < clusters; c++) {
      for (int d = 0; d < centroids[c].length; d++) {
        centroids[c][d] /= sizes[c];
      }
    }
    return centroids;
  }
}
