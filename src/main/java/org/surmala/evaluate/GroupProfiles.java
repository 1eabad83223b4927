package org.surmala.evaluate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.SongGroup;

/**
 * Profiles of the groups within the clusters, each compared with the other songs of its cluster.
 * The only group of a cluster has the cluster's profile.
 */
final class GroupProfiles {
  private final Clustering clustering;
  private final double[][] points;
  private final List<String> featureNames;
  private final double[][] features;
  private final Map<String, String> labels;
  private final Map<String, String> artists;

  /** Parameters as in {@link ClusterProfiles#of}. */
  GroupProfiles(
      Clustering clustering,
      double[][] points,
      List<String> featureNames,
      double[][] features,
      Map<String, String> labels,
      Map<String, String> artists) {
    this.clustering = clustering;
    this.points = points;
    this.featureNames = featureNames;
    this.features = features;
    this.labels = labels;
    this.artists = artists;
  }

  /**
   * Profiles by cluster, then by number; empty without groups. Groups of former profiles keep their
   * names.
   */
  List<ClusterProfile> of(List<ClusterProfile> clusters, List<ClusterProfile> former) {
    ClusterGroups level = clustering.getGroups();
    if (level == null) {
      return List.of();
    }
    Map<Integer, List<SongGroup>> groups = new TreeMap<>();
    for (SongGroup group : level.getGroups()) {
      if (group.getCentre().hasRemaining()) {
        groups.computeIfAbsent(group.getCluster(), c -> new ArrayList<>()).add(group);
      }
    }
    int[] labelOf = ints(clustering.getLabels());
    int[] numberOf = ints(level.getNumbers());
    List<ClusterProfile> profiles = new ArrayList<>();
    for (ClusterProfile cluster : clusters) {
      List<SongGroup> own = groups.getOrDefault(cluster.getCluster(), List.of());
      if (own.size() == 1) {
        profiles.add(ClusterProfile.newBuilder(cluster).setGroup(own.get(0).getNumber()).build());
      } else if (!own.isEmpty()) {
        int[] members =
            IntStream.range(0, labelOf.length)
                .filter(i -> labelOf[i] == cluster.getCluster())
                .toArray();
        profiles.addAll(split(cluster, own, members, numberOf, former));
      }
    }
    return profiles;
  }

  private List<ClusterProfile> split(
      ClusterProfile cluster,
      List<SongGroup> groups,
      int[] members,
      int[] numberOf,
      List<ClusterProfile> former) {
    Map<Integer, Integer> row = new HashMap<>();
    Map<Integer, String> kept = new HashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      row.put(groups.get(g).getNumber(), g);
    }
    for (ClusterProfile profile : former) {
      Integer known = profile.getGroup() == null ? null : row.get(profile.getGroup());
      if (known != null && profile.getCluster() == cluster.getCluster()) {
        kept.put(known, profile.getName());
      }
    }
    ByteBuffer centres =
        ByteBuffer.allocate(groups.size() * clustering.getDimensions() * Double.BYTES);
    ByteBuffer stabilities = buffer(groups.size() * Double.BYTES);
    ByteBuffer numbers = buffer(members.length * Integer.BYTES);
    for (SongGroup group : groups) {
      centres.put(group.getCentre().duplicate());
      stabilities.putDouble(group.getStability() == null ? Double.NaN : group.getStability());
    }
    for (int member : members) {
      numbers.putInt(row.getOrDefault(numberOf[member], -1));
    }
    Clustering within =
        Clustering.newBuilder(clustering)
            .setIds(Arrays.stream(members).mapToObj(clustering.getIds()::get).toList())
            .setLabels(numbers.flip())
            .setCentroids(centres.flip())
            .setClusterStabilities(stabilities.flip())
            .setGroups(null)
            .build();
    List<ClusterProfile> profiles =
        ClusterProfiles.of(
            within,
            rows(points, members),
            featureNames,
            rows(features, members),
            labels,
            artists,
            kept);
    for (ClusterProfile profile : profiles) {
      profile.setGroup(groups.get(profile.getCluster()).getNumber());
      profile.setCluster(cluster.getCluster());
    }
    return profiles;
  }

  private static double[][] rows(double[][] all, int[] wanted) {
    return Arrays.stream(wanted).mapToObj(i -> all[i]).toArray(double[][]::new);
  }

  private static int[] ints(ByteBuffer packed) {
    int[] values = new int[packed.remaining() / Integer.BYTES];
    packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
