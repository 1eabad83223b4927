package org.surmala.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.config.Keys;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.model.Representations;

/**
 * The request of a comparison.
 *
 * @param table feature table; empty for the feature store of an earlier run
 * @param label label column of metadata.csv; a table's options name its own
 * @param leastOfLabel smallest number of songs per label, 1 or more; rarer labels are left out
 * @param data folder of the feature store and the journal
 * @param settings options of the features, models and clusterers
 * @param beamOptions options of Beam and its runner, as typed
 * @param representations distinct kinds; their companions are added
 * @param baselines the kinds that are baselines
 * @param clusterers distinct names
 * @param ks numbers of clusters, each 2 or more; empty for the number of labels
 * @param seeds number of seeds, 1 or more, counted up from the settings' seed
 */
public record ComparisonRequest(
    Optional<SongSource.Table> table,
    String label,
    int leastOfLabel,
    String results,
    String data,
    Settings settings,
    List<String> beamOptions,
    List<String> representations,
    List<String> baselines,
    List<String> clusterers,
    List<Integer> ks,
    int seeds) {
  /** The kind of model that defines clusters. */
  private static final String VADE = "vade";

  /** Maximum number of seeds: more add nothing and are probably a typing error. */
  private static final int MOST_SEEDS = 1000;

  /**
   * @throws UsageException if a list has an unknown or repeated member, or a number is out of
   *     range; the message names the option, the allowed values and the value found
   */
  public ComparisonRequest {
    beamOptions = List.copyOf(beamOptions);
    representations = List.copyOf(representations);
    baselines = List.copyOf(baselines);
    clusterers = List.copyOf(clusterers);
    ks = List.copyOf(ks);
    requireAmong("--representations", representations, Representations.kinds());
    requireAmong("--baselines", baselines, representations);
    requireAmong(
        "--clusterers",
        clusterers,
        Arrays.stream(ClusterAlgorithm.values()).map(ClusterAlgorithm::label).toList());
    if (clusterers.contains(ClusterAlgorithm.MODEL.label()) && !representations.contains(VADE)) {
      throw new UsageException(
          ("--clusterers has %s, the clusters that a model defines; add %s to"
                  + " --representations, or leave it out")
              .formatted(ClusterAlgorithm.MODEL.label(), VADE));
    }
    if (clusterers.equals(List.of(ClusterAlgorithm.MODEL.label())) && representations.size() > 1) {
      throw new UsageException(
          ("--clusterers is %s alone, which only %s has; add a clusterer for the other"
                  + " representations")
              .formatted(ClusterAlgorithm.MODEL.label(), VADE));
    }
    requireOnce("--k", ks);
    ks.forEach(k -> requireWithin("--k", k, 2, Integer.MAX_VALUE));
    requireWithin("--seeds", seeds, 1, MOST_SEEDS);
    requireWithin("--min-label", leastOfLabel, 1, Integer.MAX_VALUE);
    representations = Representations.withCompanions(representations);
  }

  private static void requireAmong(String option, List<String> given, List<String> allowed) {
    for (String name : given) {
      if (!allowed.contains(name)) {
        throw new UsageException(
            option + " has '" + name + "'; give some of " + String.join(",", allowed));
      }
    }
    requireOnce(option, given);
  }

  private static void requireOnce(String option, List<?> given) {
    if (given.stream().distinct().count() < given.size()) {
      throw new UsageException(option + " is " + given + "; give each once");
    }
  }

  private static void requireWithin(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UsageException(
          option
              + " is "
              + value
              + "; give a whole number "
              + (most == Integer.MAX_VALUE ? "of " + least + " or more" : least + " to " + most));
    }
  }

  /** The grid for songs with the given number of labels. */
  ComparisonGrid grid(int labels) {
    long first = settings.get(Keys.SEED);
    return new ComparisonGrid(
        representations,
        baselines,
        clusterers,
        clusterers.stream().filter(name -> !ClusterAlgorithm.of(name).takesK()).toList(),
        Map.of(ClusterAlgorithm.MODEL.label(), List.of(VADE)),
        ks.isEmpty() ? List.of(labels) : ks,
        LongStream.iterate(first, seed -> seed + 1).limit(seeds).boxed().toList());
  }
}
