package org.surmala.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.surmala.schema.PlannedCell;

/**
 * The grid of a comparison: every representation with every clusterer, k and seed.
 *
 * @param representations distinct names
 * @param baselines the representations that are baselines
 * @param clusterers distinct names
 * @param withoutK the clusterers that find the number of clusters, and run once instead of for
 *     every k
 * @param only the representations that a clusterer supports, by its name; other clusterers support
 *     all
 * @param ks distinct numbers of clusters
 */
public record ComparisonGrid(
    List<String> representations,
    List<String> baselines,
    List<String> clusterers,
    List<String> withoutK,
    Map<String, List<String>> only,
    List<Integer> ks,
    List<Long> seeds) {
  public ComparisonGrid {
    representations = once("compare.representations", representations);
    baselines = List.copyOf(baselines);
    clusterers = once("compare.clusterers", clusterers);
    withoutK = List.copyOf(withoutK);
    only = Map.copyOf(only);
    ks = once("compare.k", ks);
    seeds = once("compare.seeds", seeds);
    for (String baseline : baselines) {
      if (!representations.contains(baseline)) {
        throw new IllegalArgumentException(
            "compare.baselines has '%s', which is not among compare.representations %s"
                .formatted(baseline, representations));
      }
    }
  }

  private static <T> List<T> once(String option, List<T> values) {
    if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException(
          option + " is " + values + "; it must name one or more, each once");
    }
    return List.copyOf(values);
  }

  /** The numbers of clusters for a clusterer; only 0 if it finds the number. */
  public List<Integer> ks(String clusterer) {
    return withoutK.contains(clusterer) ? List.of(0) : ks;
  }

  /** The clusterers that support a representation, in order. */
  public List<String> clusterers(String representation) {
    return clusterers.stream()
        .filter(name -> only.getOrDefault(name, representations).contains(representation))
        .toList();
  }

  /** All cells, in the order of the lists. */
  public List<PlannedCell> cells() {
    List<PlannedCell> cells = new ArrayList<>();
    for (String representation : representations) {
      for (long seed : seeds) {
        for (String clusterer : clusterers(representation)) {
          for (int k : ks(clusterer)) {
            cells.add(new PlannedCell(representation, clusterer, k, seed));
          }
        }
      }
    }
    return cells;
  }
}
