package org.surmala.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.surmala.schema.ClusterProfile;

/**
 * Options of the evaluation. Start from {@link #of(String)}.
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

  /** 1,000 bootstrap replicates, 999 permutations, all silhouettes up to 20,000 songs. */
  public static EvaluateOptions of(String run) {
    return new Draft(run).build();
  }

  /** With this many bootstrap replicates. */
  public EvaluateOptions withBootstraps(int count) {
    return with(draft -> draft.bootstraps = count);
  }

  /** With this many permutations. */
  public EvaluateOptions withPermutations(int count) {
    return with(draft -> draft.permutations = count);
  }

  /** With exact silhouettes up to this number of songs, and a sample of this size above. */
  public EvaluateOptions withSilhouettes(int exactUpTo, int sample) {
    return with(
        draft -> {
          draft.silhouetteExact = exactUpTo;
          draft.silhouetteSample = sample;
        });
  }

  /** With this seed. */
  public EvaluateOptions withSeed(long value) {
    return with(draft -> draft.seed = value);
  }

  /** With caveats on representations. */
  public EvaluateOptions withMarks(Map<String, FigureCaveat> value) {
    return with(draft -> draft.marks = value);
  }

  /** With these names of features, and these groups or none. */
  public EvaluateOptions withFeatures(List<String> names, List<String> groups) {
    return with(
        draft -> {
          draft.featureNames = names;
          draft.featureGroups = groups;
        });
  }

  /** With this group column; empty for none. */
  public EvaluateOptions withGroup(String column) {
    return with(draft -> draft.group = column);
  }

  /** With clusters that keep the names in these profiles. */
  public EvaluateOptions withFormer(List<ClusterProfile> profiles) {
    return with(draft -> draft.former = profiles);
  }

  private EvaluateOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(run);
    draft.bootstraps = bootstraps;
    draft.permutations = permutations;
    draft.silhouetteSample = silhouetteSample;
    draft.silhouetteExact = silhouetteExact;
    draft.seed = seed;
    draft.marks = marks;
    draft.featureNames = featureNames;
    draft.featureGroups = featureGroups;
    draft.group = group;
    draft.former = former;
    change.accept(draft);
    return draft.build();
  }

  private static final class Draft {
    private final String run;
    private int bootstraps = 1_000;
    private int permutations = 999;
    private int silhouetteSample = 5_000;
    private int silhouetteExact = 20_000;
    private long seed = 1;
    private Map<String, FigureCaveat> marks = Map.of();
    private List<String> featureNames = List.of();
    private List<String> featureGroups = List.of();
    private String group = "";
    private List<ClusterProfile> former = List.of();

    private Draft(String run) {
      this.run = run;
    }

    private EvaluateOptions build() {
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
          former);
    }
  }
}
