package org.surmala.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.surmala.schema.ClusterProfile;

/**
 * Options of the evaluation.
 *
 * @param run name of the run in every row of the metrics
 * @param bootstraps bootstrap replicates for confidence intervals; 0 for none
 * @param permutations label permutations for p-values; 0 for none
 * @param silhouetteSample size of the sample for silhouettes above {@code silhouetteExact} songs;
 *     100 or more
 * @param silhouetteExact largest number of songs with exact silhouettes
 * @param marks caveats on the scores of representations, by name
 * @param featureNames names of the feature dimensions, in order
 * @param featureGroups groups of the same dimensions; empty without groups
 * @param group column of groups, such as artist: songs with the same value belong together; empty
 *     for none
 * @param former profiles of the former version; clusters and groups that continue under the same
 *     number keep their names
 */
public record EvaluateOptions(
    String run,
    int bootstraps,
    int permutations,
    int silhouetteSample,
    int silhouetteExact,
    long seed,
    Map<String, FigureCaveat> marks,
    List<String> featureNames,
    List<String> featureGroups,
    String group,
    List<ClusterProfile> former)
    implements Serializable {
  /** Usual size of the sample for silhouettes. */
  public static final int SILHOUETTE_SAMPLE = 5_000;

  /** Usual largest number of songs with exact silhouettes. */
  public static final int SILHOUETTE_EXACT = 20_000;

  public EvaluateOptions {
    marks = Map.copyOf(marks);
    if (run.isBlank()) {
      throw new IllegalArgumentException("run is empty; give the run a name");
    }
    featureNames = List.copyOf(featureNames);
    featureGroups = List.copyOf(featureGroups);
    former = List.copyOf(former);
    if (!featureGroups.isEmpty() && featureGroups.size() != featureNames.size()) {
      throw new IllegalArgumentException(
          "%s features, but groups of %s; give one for each, or none"
              .formatted(featureNames.size(), featureGroups.size()));
    }
    atLeast("evaluate.bootstraps", bootstraps, 0);
    atLeast("evaluate.permutations", permutations, 0);
    atLeast("evaluate.silhouette_sample", silhouetteSample, 100);
    atLeast("evaluate.silhouette_exact", silhouetteExact, 100);
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + " is " + value + "; it must be " + least + " or more");
    }
  }

  /** The same options with clusters that keep the names in these profiles. */
  public EvaluateOptions withFormer(List<ClusterProfile> profiles) {
    return new EvaluateOptions(
        run,
        bootstraps,
        permutations,
        silhouetteSample,
        silhouetteExact,
        seed,
        marks,
        featureNames,
        featureGroups,
        group,
        profiles);
  }
}
