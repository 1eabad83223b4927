package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.Clustering;
import org.surmala.schema.SongGroup;

/**
 * Matches the groups of each cluster with those of the cluster that it continues, so that numbers
 * and names persist: as many songs as possible keep their group, and a new group gets a number that
 * was never used in the cluster.
 */
final class GroupCorrespondence {
  private GroupCorrespondence() {}

  /**
   * Renumbers groups after those of an earlier clustering.
   *
   * @param before the earlier clustering, with or without groups
   * @param found the new clustering, already renumbered
   * @param groups groups of {@code found}, by its former cluster numbers
   * @param clusterNumbers the present number of each former cluster number
   */
  static ClusterGroups continued(
      Clustering before, Clustering found, ClusterGroups groups, int[] clusterNumbers) {
    Map<Integer, Integer> counts = new HashMap<>();
    Map<String, Integer> oldNumbers = new HashMap<>();
    ClusterGroups groupsBefore = before.getGroups();
    if (groupsBefore != null) {
      groupsBefore
          .getGroups()
          .forEach(group -> counts.merge(group.getCluster(), group.getNumber(), Math::max));
      int[] numbers = PackedDoubles.ints(groupsBefore.getNumbers());
      IntStream.range(0, numbers.length)
          .forEach(i -> oldNumbers.put(before.getIds().get(i), numbers[i]));
    }
    int[] oldClusters = PackedDoubles.ints(before.getLabels());
    Map<String, Integer> oldCluster = new HashMap<>();
    IntStream.range(0, oldClusters.length)
        .forEach(i -> oldCluster.put(before.getIds().get(i), oldClusters[i]));

    Map<Integer, List<SongGroup>> byCluster = new TreeMap<>();
    for (SongGroup group : groups.getGroups()) {
      byCluster
          .computeIfAbsent(clusterNumbers[group.getCluster()], c -> new ArrayList<>())
          .add(group);
    }
    int[] clusters = PackedDoubles.ints(found.getLabels());
    int[] numbers = PackedDoubles.ints(groups.getNumbers());
    int[] moved = new int[numbers.length];
    List<SongGroup> continued = new ArrayList<>();
    byCluster.forEach(
        (cluster, own) -> {
          int known = counts.getOrDefault(cluster, 0);
          double[][] overlap = new double[own.size()][known];
          int[] members =
              IntStream.range(0, clusters.length).filter(i -> clusters[i] == cluster).toArray();
          for (int i : members) {
            String id = found.getIds().get(i);
            int was = oldNumbers.getOrDefault(id, 0);
            if (was > 0 && cluster.equals(oldCluster.get(id))) {
              overlap[numbers[i] - 1][was - 1]++;
            }
          }
          int[] matched = ClusterCorrespondence.numbers(overlap, known);
          for (int i : members) {
            moved[i] = matched[numbers[i] - 1] + 1;
          }
          continued.addAll(numbered(cluster, own, matched, known));
        });
    return ClusterGroups.newBuilder(groups)
        .setNumbers(PackedDoubles.ints(moved))
        .setGroups(continued)
        .build();
  }

  /**
   * The groups of a cluster by their new numbers, including empty entries for numbers without a
   * group.
   */
  private static List<SongGroup> numbered(
      int cluster, List<SongGroup> groups, int[] matched, int known) {
    List<SongGroup> numbered = new ArrayList<>();
    for (int g = 0; g < matched.length; g++) {
      numbered.add(
          SongGroup.newBuilder(groups.get(g))
              .setCluster(cluster)
              .setNumber(matched[g] + 1)
              .build());
    }
    for (int number = 0; number < known; number++) {
      int wanted = number;
      if (IntStream.of(matched).noneMatch(used -> used == wanted)) {
        numbered.add(new SongGroup(cluster, number + 1, ByteBuffer.allocate(0), null));
      }
    }
    numbered.sort(Comparator.comparingInt(SongGroup::getNumber));
    return numbered;
  }
}
