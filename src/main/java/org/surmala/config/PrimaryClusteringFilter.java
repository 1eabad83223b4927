package org.surmala.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.option.Option;
import org.surmala.schema.ClusterAssignment;

/** Selects assignments of the primary clustering, which assignments.csv has. */
public record PrimaryClusteringFilter(String representation, String clusterer)
    implements SerializableFunction<ClusterAssignment, Boolean> {
  private static final String BEST = "neighbour_vae";
  private static final Set<String> BASELINES = Set.of("raw", "pca");

  /**
   * The filter of the settings; automatic choices follow from the lists of models and clusterers.
   *
   * @param notes receives a line about an unexpected choice
   * @throws UsageException if a chosen name is not in those lists
   */
  static PrimaryClusteringFilter of(Settings settings, List<String> notes) {
    List<String> models = settings.get(Keys.MODELS);
    String representation =
        chosen(
            Keys.PRIMARY_REPRESENTATION,
            Keys.MODELS,
            settings,
            BEST,
            models.stream().filter(kind -> !BASELINES.contains(kind)).findFirst(),
            notes);
    // Not every model defines clusters.
    String clusterer =
        chosen(
            Keys.PRIMARY_CLUSTERER,
            Keys.CLUSTER_ALGORITHMS,
            settings,
            ClusterAlgorithm.KMEANS.label(),
            settings.get(Keys.CLUSTER_ALGORITHMS).stream()
                .filter(name -> !name.equals(ClusterAlgorithm.MODEL.label()))
                .findFirst(),
            notes);
    return new PrimaryClusteringFilter(representation, clusterer);
  }

  private static String chosen(
      Option<String> key,
      Option<List<String>> list,
      Settings settings,
      String usual,
      Optional<String> next,
      List<String> notes) {
    String wanted = settings.get(key);
    List<String> listed = settings.get(list);
    if (!wanted.equals(Keys.AUTO)) {
      if (!listed.contains(wanted)) {
        throw new UsageException(
            "%s: '%s' is not among %s, which is %s"
                .formatted(key.key(), wanted, list.key(), String.join(",", listed)));
      }
      return wanted;
    }
    if (listed.contains(usual)) {
      return usual;
    }
    String found = next.orElse(listed.get(0));
    if (listed.size() > 1) {
      notes.add(
          "assignments, map and playlists use %s, for %s has no %s; set %s to use another"
              .formatted(found, list.key(), usual, key.key()));
    }
    return found;
  }

  @Override
  public Boolean apply(ClusterAssignment assignment) {
    return assignment.getRepresentation().equals(representation)
        && assignment.getClusterer().equals(clusterer);
  }
}
