package org.surmala.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.report.plot.DendrogramFigure;
import org.surmala.report.plot.DendrogramFigure.Node;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.Heading;
import org.surmala.report.plot.Legend;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.Merge;
import org.surmala.words.Noun;

/**
 * The top of the tree of a hierarchical clustering: the last {@link #MOST_JOINS} joins. A branch
 * has the colour of the primary cluster with most of its songs, as on the map.
 */
final class DendrogramTree {
  private static final int MOST_JOINS = 40;
  private static final int MOST_COLOURS = 16;

  private final Clustering clustering;
  private final Map<String, Integer> clusters = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();
  private final Noun noun;
  private final int n;
  private final int firstShown;
  private final int cutBelow;
  private final int[] labels;

  private DendrogramTree(Clustering clustering, ReportData data) {
    this.clustering = clustering;
    this.noun = data.noun();
    this.n = clustering.getIds().size();
    int joins = clustering.getMerges().size();
    this.firstShown = n + Math.max(0, joins - MOST_JOINS);
    // The cut undoes the last k-1 joins.
    this.cutBelow = n + joins - (clustering.getK() - 1);
    for (ClusterAssignment assignment : data.assignments()) {
      clusters.put(assignment.getId(), assignment.getCluster());
    }
    for (ReportedSong song : data.songs()) {
      titles.put(song.song().getId(), song.song().getTitle());
    }
    this.labels = new int[n];
    ByteBuffer own = clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n; i++) {
      labels[i] =
          clusters.getOrDefault(
              clustering.getIds().get(i), own.getInt(own.position() + Integer.BYTES * i));
    }
  }

  /**
   * The figure of the hierarchical clustering that is closest to the primary clustering; null
   * without one.
   */
  static @Nullable Figure of(ReportOptions options, ReportData data) {
    Clustering best = null;
    for (Clustering clustering : data.clusterings()) {
      if (clustering.getMerges().isEmpty()
          || !clustering.getRepresentation().equals(options.representation())) {
        continue;
      }
      boolean better =
          best == null
              || (clustering.getClusterer().equals(options.clusterer())
                  && !best.getClusterer().equals(options.clusterer()))
              || (clustering.getChosen() && !best.getChosen());
      if (better) {
        best = clustering;
      }
    }
    return best == null ? null : of(best, data);
  }

  private static DendrogramFigure of(Clustering clustering, ReportData data) {
    DendrogramTree dendrogram = new DendrogramTree(clustering, data);
    int joins = clustering.getMerges().size();
    int root = dendrogram.n + joins - 1;
    Map<Integer, Legend.Entry> entries = new TreeMap<>();
    for (ClusterAssignment assignment : data.assignments()) {
      int cluster = assignment.getCluster();
      if (cluster >= 0 && cluster < MOST_COLOURS) {
        entries.put(cluster, Legend.Entry.mark(data.names().full(cluster), cluster));
      }
    }
    boolean cut = clustering.getK() > 1 && clustering.getK() <= joins;
    String note =
        "%s, %s: %s%s%s. Colour: the cluster with most %s of a branch."
            .formatted(
                Terms.of(clustering.getRepresentation()),
                Terms.of(clustering.getClusterer()),
                data.noun().count(dendrogram.n),
                joins > MOST_JOINS ? "; the last " + MOST_JOINS + " joins" : "",
                cut ? "; dashed: the cut into " + clustering.getK() + " clusters" : "",
                data.noun().plural());
    return new DendrogramFigure(
        new Heading("Dendrogram", note),
        new Legend("Cluster", List.copyOf(entries.values())),
        "Height of the join (distance)",
        dendrogram.node(root),
        cut ? dendrogram.cutHeight() : Double.NaN);
  }

  private double cutHeight() {
    List<Merge> merges = clustering.getMerges();
    int first = cutBelow - n;
    double below = first == 0 ? 0 : merges.get(first - 1).getHeight();
    return (below + merges.get(first).getHeight()) / 2;
  }

  private Node node(int number) {
    Map<Integer, Integer> votes = new TreeMap<>();
    vote(number, votes);
    int most =
        votes.entrySet().stream()
            .max(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElseThrow()
            .getKey();
    int songs = votes.values().stream().mapToInt(Integer::intValue).sum();
    int category = number >= cutBelow || most >= ClusterFigures.MOST_CLUSTERS ? -1 : most;
    if (number < n) {
      String id = clustering.getIds().get(number);
      return new Node(titles.getOrDefault(id, id), 0, category, List.of());
    }
    Merge merge = clustering.getMerges().get(number - n);
    if (number < firstShown) {
      return new Node(noun.count(songs), 0, category, List.of());
    }
    return new Node(
        "", merge.getHeight(), category, List.of(node(merge.getLeft()), node(merge.getRight())));
  }

  private void vote(int number, Map<Integer, Integer> votes) {
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.push(number);
    while (!open.isEmpty()) {
      int next = open.pop();
      if (next < n) {
        votes.merge(labels[next], 1, Integer::sum);
      } else {
        Merge merge = clustering.getMerges().get(next - n);
        open.push(merge.getLeft());
        open.push(merge.getRight());
      }
    }
  }
}
