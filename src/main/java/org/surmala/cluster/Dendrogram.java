package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.surmala.schema.Merge;

/** The merges of a hierarchical clustering, lowest first. */
final class Dendrogram {
  private final int points;
  private final List<Join> joins;

  /** A join of two clusters, each named by one of its points. */
  record Join(int a, int b, double height) {}

  /** Orders joins, one less than points, by height; equal heights stay in the order given. */
  Dendrogram(int points, List<Join> joins) {
    this.points = points;
    this.joins = new ArrayList<>(joins);
    this.joins.sort(Comparator.comparingDouble(Join::height));
  }

  /** The clusters when the last k - 1 joins are undone, in no particular numbering. */
  int[] cut(int k) {
    Forest forest = new Forest(points);
    for (Join join : joins.subList(0, points - k)) {
      forest.join(join.a(), join.b());
    }
    int[] labels = new int[points];
    for (int i = 0; i < points; i++) {
      labels[i] = forest.root(i);
    }
    return labels;
  }

  /** The joins as records: nodes 0 to n-1 are points, n+i is join i. */
  List<Merge> merges() {
    Forest forest = new Forest(points);
    int[] node = new int[points];
    for (int i = 0; i < points; i++) {
      node[i] = i;
    }
    List<Merge> merges = new ArrayList<>(joins.size());
    for (Join join : joins) {
      int left = node[forest.root(join.a())];
      int right = node[forest.root(join.b())];
      merges.add(new Merge(Math.min(left, right), Math.max(left, right), join.height()));
      node[forest.join(join.a(), join.b())] = points + merges.size() - 1;
    }
    return merges;
  }

  /** Disjoint sets of points. */
  static final class Forest {
    private final int[] parent;

    Forest(int points) {
      parent = new int[points];
      for (int i = 0; i < points; i++) {
        parent[i] = i;
      }
    }

    int root(int point) {
      int root = point;
      while (parent[root] != root) {
        root = parent[root];
      }
      for (int i = point; parent[i] != root; ) {
        int next = parent[i];
        parent[i] = root;
        i = next;
      }
      return root;
    }

    /** Unites two sets; the root of the union is the smaller of their roots. */
    int join(int a, int b) {
      int left = root(a);
      int right = root(b);
      int root = Math.min(left, right);
      parent[Math.max(left, right)] = root;
      return root;
    }
  }
}
