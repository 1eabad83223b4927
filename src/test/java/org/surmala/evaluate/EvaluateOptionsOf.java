package org.surmala.evaluate;

import java.util.List;
import java.util.Map;

/** Options for tests, with a seed of 1. */
final class EvaluateOptionsOf {
  private EvaluateOptionsOf() {}

  static EvaluateOptions draws(String run, int bootstraps, int permutations) {
    return with(run, bootstraps, permutations, 20_000, 5_000, Map.of(), List.of(), "");
  }

  static EvaluateOptions with(
      String run,
      int bootstraps,
      int permutations,
      int silhouetteExact,
      int silhouetteSample,
      Map<String, FigureCaveat> marks,
      List<String> features,
      String group) {
    return new EvaluateOptions(
        run,
        bootstraps,
        permutations,
        silhouetteSample,
        silhouetteExact,
        1,
        marks,
        features,
        List.of(),
        group,
        List.of());
  }
}
