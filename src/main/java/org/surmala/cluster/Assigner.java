package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.Clustering;
import org.surmala.schema.FittedClusterer;
import org.surmala.schema.SongGroup;

/** Assigns new songs to the clusters of a chosen clustering, without refitting. Immutable. */
public final class Assigner {
  private final Clustering clustering;
  private final ClusterPredictor rule;
  private final double[][] centroids;
  private final double[] sortedDistances;

  /** Centres of the groups of each cluster. */
  private final Map<Integer, List<Centre>> groups = new HashMap<>();

  private record Centre(int number, double[] place) {
    double distance(double[] vector) {
      return Math.sqrt(Geometry.squaredDistance(vector, place));
    }
  }

  private Assigner(Clustering clustering, FittedClusterer fitted) {
    this.clustering = clustering;
    rule = SavedPredictors.load(fitted);
    double[] values = PackedDoubles.doubles(clustering.getCentroids());
    int dimensions = clustering.getDimensions();
    // Numbers may have gaps where clusters continue those of an earlier clustering.
    centroids = new double[values.length / dimensions][];
    for (int c = 0; c < centroids.length; c++) {
      centroids[c] = Arrays.copyOfRange(values, c * dimensions, (c + 1) * dimensions);
    }
    sortedDistances = PackedDoubles.doubles(clustering.getDistances());
    Arrays.sort(sortedDistances);
    ClusterGroups level = clustering.getGroups();
    if (level != null) {
      for (SongGroup group : level.getGroups()) {
        double[] centre = PackedDoubles.doubles(group.getCentre());
        if (centre.length > 0) {
          groups
              .computeIfAbsent(group.getCluster(), c -> new ArrayList<>())
              .add(new Centre(group.getNumber(), centre));
        }
      }
    }
  }

  /** An assigner of the chosen clustering of a sweep, which alone has a fitted clusterer. */
  public static Assigner of(Clustering clustering) {
    FittedClusterer fitted = clustering.getFitted();
    if (fitted == null) {
      throw new IllegalArgumentException(
          ("the clustering %s with k = %s is not chosen, so it cannot assign; take the"
                  + " chosen one")
              .formatted(clustering.getClusterer(), clustering.getK()));
    }
    return new Assigner(clustering, fitted);
  }

  /**
   * Assigns a song.
   *
   * @param vector its embedding by the same model
   * @return cluster, group, distance and novelty; no silhouette
   * @throws IllegalArgumentException if the vector has the wrong length
   */
  public ClusterAssignment assign(String id, double[] vector) {
    if (vector.length != clustering.getDimensions()) {
      throw new IllegalArgumentException(
          "song %s has %s dimensions, the clustering %s; embed it by model %s"
              .formatted(
                  id, vector.length, clustering.getDimensions(), clustering.getModelVersion()));
    }
    int cluster = rule.assign(vector);
    double distance = Geometry.distance(vector, centroids, cluster);
    Centre group = group(cluster, vector);
    return ClusterAssignment.newBuilder()
        .setId(id)
        .setRepresentation(clustering.getRepresentation())
        .setModelVersion(clustering.getModelVersion())
        .setClusterer(clustering.getClusterer())
        .setK(clustering.getK())
        .setCluster(cluster)
        .setDistance(distance)
        .setNovelty(ClusterSweep.novelty(sortedDistances, distance))
        .setGroup(group == null ? null : (Integer) group.number())
        .setGroupDistance(group == null ? null : (Double) group.distance(vector))
        .build();
  }

  /** The cluster of a vector; -1 is noise. */
  int cluster(double[] vector) {
    return rule.assign(vector);
  }

  /** The nearest group of the cluster; null if the cluster has no groups. */
  private @Nullable Centre group(int cluster, double[] vector) {
    return groups.getOrDefault(cluster, List.of()).stream()
        .min(Comparator.comparingDouble(group -> group.distance(vector)))
        .orElse(null);
  }
}
