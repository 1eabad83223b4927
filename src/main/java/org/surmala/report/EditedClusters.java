package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.schema.ClusterAssignment;

/**
 * The displayed clusters: the fitted clusters with the edits by hand. Scores describe the fitted
 * clusters.
 *
 * <p>An edit applies to the cluster with most of its songs; in a tie, to the one with its number.
 * An edit whose songs are all gone is ignored. After a split, songs that the edit does not name
 * belong to the part whose mean embedding is nearer.
 *
 * <p>A cluster of another clustering is hidden only if it has more than half of the songs that were
 * hidden and more than half of its songs are among them, so that no songs are hidden that the user
 * did not choose.
 */
public final class EditedClusters {
  /** Embeddings by song id. */
  @FunctionalInterface
  public interface Embeddings {
    Map<String, double[]> read() throws IOException;
  }

  private final List<ClusterAssignment> fitted;
  private final List<ClusterEdit> edits;
  private final Embeddings embeddings;
  private final Map<String, Integer> songs = new HashMap<>();
  private final int[] clusters;
  private final Map<Integer, String> names = new TreeMap<>();
  private final Set<Integer> pinned = new TreeSet<>();
  private final Set<Integer> hidden = new TreeSet<>();
  private final Set<Integer> regrouped = new TreeSet<>();

  /** Those that hide a cluster of which too little is left, or of which another is too much. */
  private final Set<ClusterEdit> setAside = new HashSet<>();

  /** The clusters of each edit, in the order of the edits; none for an ignored edit. */
  private final List<Set<Integer>> touched = new ArrayList<>();

  private final ClusterNames fittedNames;
  private int next;

  private EditedClusters(
      List<ClusterAssignment> fitted,
      ClusterNames names,
      List<ClusterEdit> edits,
      Embeddings embeddings) {
    this.fitted = List.copyOf(fitted);
    this.edits = List.copyOf(edits);
    this.embeddings = embeddings;
    fittedNames = names;
    clusters = fitted.stream().mapToInt(ClusterAssignment::getCluster).toArray();
    for (int i = 0; i < clusters.length; i++) {
      songs.put(ClusterEdit.key(fitted.get(i).getId()), i);
    }
    next = 1 + Arrays.stream(clusters).max().orElse(-1);
  }

  /**
   * Applies edits.
   *
   * @param fitted assignments of the primary clustering, ascending by id
   * @param embeddings read only if a split needs them
   */
  public static EditedClusters of(
      List<ClusterAssignment> fitted,
      ClusterNames names,
      List<ClusterEdit> edits,
      Embeddings embeddings)
      throws IOException {
    EditedClusters edited = new EditedClusters(fitted, names, edits, embeddings);
    for (ClusterEdit edit : edits) {
      edited.touched.add(edited.apply(edit));
    }
    return edited;
  }

  /** The fitted clusters, without edits. */
  static EditedClusters none(List<ClusterAssignment> fitted, ClusterNames names) {
    return new EditedClusters(fitted, names, List.of(), Map::of);
  }

  private Set<Integer> apply(ClusterEdit edit) throws IOException {
    Integer cluster = resolve(edit.songs(), edit.cluster());
    if (cluster == null) {
      return Set.of();
    }
    switch (edit.action()) {
      case RENAME -> names.put(cluster, edit.value());
      case PIN -> put(pinned, cluster, edit.isOn());
      case HIDE -> {
        if (edit.isOn() && !isWhatWasHidden(cluster, edit)) {
          setAside.add(edit);
          return Set.of();
        }
        put(hidden, cluster, edit.isOn());
      }
      case MERGE -> {
        return merge(cluster, edit.value());
      }
      case SPLIT -> {
        return split(cluster, edit);
      }
    }
    return Set.of(cluster);
  }

  private boolean isWhatWasHidden(int cluster, ClusterEdit edit) {
    if (edit.isOf(clustering())) {
      return true;
    }
    int[] there = edit.songs().stream().filter(songs::containsKey).mapToInt(songs::get).toArray();
    long both = Arrays.stream(there).filter(song -> clusters[song] == cluster).count();
    long size = Arrays.stream(clusters).filter(label -> label == cluster).count();
    return 2 * both > there.length && 2 * both > size;
  }

  private static void put(Set<Integer> set, int cluster, boolean isIn) {
    if (isIn) {
      set.add(cluster);
    } else {
      set.remove(cluster);
    }
  }

  /** The cluster of an edit; null if none of its songs is assigned. */
  private @Nullable Integer resolve(List<String> keys, int number) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (String key : keys) {
      Integer song = songs.get(key);
      if (song != null) {
        counts.merge(clusters[song], 1, Integer::sum);
      }
    }
    Integer best = null;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      int most = best == null ? 0 : counts.getOrDefault(best, 0);
      if (entry.getValue() > most || (entry.getValue() == most && entry.getKey() == number)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  private Set<Integer> merge(int cluster, String value) {
    List<String> words = List.of(value.split(" ", -1));
    Integer into = resolve(words.subList(1, words.size()), Integer.parseInt(words.get(0)));
    if (into == null || into == cluster || into < 0 || cluster < 0) {
      return Set.of();
    }
    for (int i = 0; i < clusters.length; i++) {
      clusters[i] = clusters[i] == cluster ? into : clusters[i];
    }
    for (Set<Integer> marks : List.of(pinned, hidden, regrouped)) {
      marks.remove(cluster);
    }
    names.remove(cluster);
    regrouped.add(into);
    return Set.of(cluster, into);
  }

  private Set<Integer> split(int cluster, ClusterEdit edit) throws IOException {
    Set<String> leaving = Set.of(edit.value().split(" ", -1));
    Set<String> named = new HashSet<>(edit.songs());
    List<Integer> moved = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < clusters.length; i++) {
      if (clusters[i] == cluster) {
        String key = ClusterEdit.key(fitted.get(i).getId());
        (leaving.contains(key) ? moved : named.contains(key) ? kept : others).add(i);
      }
    }
    if (moved.isEmpty() || kept.isEmpty()) {
      return Set.of();
    }
    if (!others.isEmpty()) {
      Map<String, double[]> vectors = embeddings.read();
      double[] own = mean(moved, vectors);
      double[] rest = mean(kept, vectors);
      for (int song : others) {
        double[] vector = vector(song, vectors);
        if (ColumnMajorMatrix.squaredDistance(vector, own)
            < ColumnMajorMatrix.squaredDistance(vector, rest)) {
          moved.add(song);
        }
      }
    }
    String parent = nameOf(cluster);
    int part = next++;
    names.put(part, parent);
    moved.forEach(song -> clusters[song] = part);
    regrouped.add(cluster);
    regrouped.add(part);
    return Set.of(cluster, part);
  }

  private double[] mean(List<Integer> members, Map<String, double[]> vectors) {
    double[] mean = new double[vector(members.get(0), vectors).length];
    for (int song : members) {
      double[] vector = vector(song, vectors);
      for (int d = 0; d < mean.length; d++) {
        mean[d] += vector[d] / members.size();
      }
    }
    return mean;
  }

  private double[] vector(int song, Map<String, double[]> vectors) {
    String id = fitted.get(song).getId();
    double[] vector = vectors.get(id);
    if (vector == null) {
      throw new IllegalStateException("song " + id + " is assigned but has no embedding");
    }
    return vector;
  }

  private String nameOf(int cluster) {
    String name = names.get(cluster);
    return name == null ? fittedNames.of(cluster) : name;
  }

  /** Names the clustering: model, clusterer and k; empty where there are no songs. */
  public String clustering() {
    return fitted.stream()
        .findFirst()
        .map(song -> song.getModelVersion() + " " + song.getClusterer() + " " + song.getK())
        .orElse("");
  }

  /** The displayed assignments, ascending by id. */
  public List<ClusterAssignment> assignments() {
    Map<Integer, Map<FittedGroup, Integer>> groups = groups();
    List<ClusterAssignment> shown = new ArrayList<>();
    for (int i = 0; i < clusters.length; i++) {
      ClusterAssignment assignment = fitted.get(i);
      Map<FittedGroup, Integer> own = groups.get(clusters[i]);
      shown.add(
          own == null
              ? assignment
              : ClusterAssignment.newBuilder(assignment)
                  .setCluster(clusters[i])
                  .setGroup(own.get(FittedGroup.of(assignment)))
                  .build());
    }
    return shown;
  }

  /** A fitted group; its number is 0 without a group. */
  private record FittedGroup(int cluster, int number) implements Comparable<FittedGroup> {
    static FittedGroup of(ClusterAssignment song) {
      Integer group = song.getGroup();
      return new FittedGroup(song.getCluster(), group == null ? 0 : group);
    }

    @Override
    public int compareTo(FittedGroup other) {
      return cluster != other.cluster
          ? Integer.compare(cluster, other.cluster)
          : Integer.compare(number, other.number);
    }
  }

  /** The group numbers of each regrouped cluster, from 1: its songs keep their groups. */
  private Map<Integer, Map<FittedGroup, Integer>> groups() {
    Map<Integer, Map<FittedGroup, Integer>> groups = new HashMap<>();
    for (int i = 0; i < clusters.length; i++) {
      if (regrouped.contains(clusters[i])) {
        Map<FittedGroup, Integer> own =
            groups.computeIfAbsent(clusters[i], cluster -> new TreeMap<>());
        FittedGroup group = FittedGroup.of(fitted.get(i));
        if (group.number() > 0) {
          own.put(group, 0);
        }
      }
    }
    for (Map<FittedGroup, Integer> own : groups.values()) {
      int number = 0;
      for (Map.Entry<FittedGroup, Integer> group : own.entrySet()) {
        group.setValue(++number);
      }
    }
    return groups;
  }

  /** The unique names of the clusters: a repeated name gets a number. */
  public ClusterNames names() {
    Set<Integer> all = new TreeSet<>();
    Arrays.stream(clusters).forEach(all::add);
    Set<String> taken = new HashSet<>();
    for (int cluster : all) {
      if (!names.containsKey(cluster)) {
        taken.add(fittedNames.of(cluster));
      }
    }
    Map<Integer, String> unique = new HashMap<>();
    for (int cluster : all) {
      String name = names.get(cluster);
      if (name != null) {
        String numbered = name;
        for (int number = 2; !taken.add(numbered); number++) {
          numbered = ClusterNames.numbered(name, number);
        }
        unique.put(cluster, numbered);
      }
    }
    Map<String, String> groupNames = new HashMap<>();
    List<ClusterAssignment> shown = assignments();
    for (int i = 0; i < clusters.length; i++) {
      String mark = ClusterNames.mark(shown.get(i));
      String name = fittedNames.group(fitted.get(i));
      if (regrouped.contains(clusters[i]) && mark != null && name != null) {
        groupNames.put(mark, name);
      }
    }
    return fittedNames.renamed(unique, groupNames);
  }

  /**
   * The names of the fitted clusters, with edited names for clusters whose songs did not change.
   */
  ClusterNames fittedNames() {
    Map<Integer, String> renamed = new HashMap<>(names);
    renamed.keySet().removeAll(regrouped);
    return fittedNames.renamed(renamed, Map.of());
  }

  /** Whether the cluster is pinned before the others. */
  public boolean isPinned(int cluster) {
    return pinned.contains(cluster);
  }

  /** Whether the cluster is hidden. */
  public boolean isHidden(int cluster) {
    return hidden.contains(cluster);
  }

  /**
   * Whether the cluster's songs differ from those of every fitted cluster, so that it has no
   * scores.
   */
  public boolean isRegrouped(int cluster) {
    return regrouped.contains(cluster);
  }

  /** Whether any edit applies to the cluster. */
  public boolean isEdited(int cluster) {
    return touched.stream().anyMatch(of -> of.contains(cluster));
  }

  /**
   * The edits except those of a cluster and of the clusters that it was merged from or split into.
   */
  public List<ClusterEdit> without(int cluster) {
    Set<Integer> undone = new LinkedHashSet<>(Set.of(cluster));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Set<Integer> of : touched) {
        grows |= of.stream().anyMatch(undone::contains) && undone.addAll(of);
      }
    }
    List<ClusterEdit> left = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      if (touched.get(i).stream().noneMatch(undone::contains)) {
        left.add(edits.get(i));
      }
    }
    return left;
  }

  /** What was done, one sentence for each edit that is applied or set aside, in their order. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      if (setAside.contains(edits.get(i))) {
        sentences.add(
            edits.get(i).clause()
                + "; nothing is hidden by this, because no cluster is now mostly its"
                + " songs.");
      } else if (!touched.get(i).isEmpty()) {
        sentences.add(edits.get(i).clause() + ".");
      }
    }
    return sentences;
  }
}
