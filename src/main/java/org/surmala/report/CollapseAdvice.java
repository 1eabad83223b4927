package org.surmala.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.surmala.model.Representations;
import org.surmala.option.Option;
import org.surmala.words.Noun;

/** Advice for a collapsed latent space, in which fewer than two dimensions vary. */
public final class CollapseAdvice {
  private CollapseAdvice() {}

  /**
   * One or two sentences, which name only options that the model has.
   *
   * @param collapsed all collapsed models of the run; if raw features or PCA are among them, the
   *     songs are the cause
   */
  public static String of(String model, Collection<String> collapsed, Noun noun) {
    if (collapsed.contains("raw") || collapsed.contains("pca")) {
      return ("The %s are alike: even the raw features do not vary. There are no clusters to"
              + " find; add %s that differ.")
          .formatted(noun.plural(), noun.plural());
    }
    List<String> options = options(model);
    return options.isEmpty()
        ? "Use pca instead."
        : String.join(", or ", options) + ". If nothing helps, use pca.";
  }

  private static List<String> options(String model) {
    List<String> options = new ArrayList<>();
    if (Representations.kinds().contains(model)) {
      List<String> known = Representations.options(model).stream().map(Option::key).toList();
      add(options, known, "beta", "lower " + model + ".beta");
      add(options, known, "free_bits", "set " + model + ".free_bits=0.1");
      add(options, known, "warm_up", "increase " + model + ".warm_up");
    }
    if (!options.isEmpty()) {
      String first = options.get(0);
      options.set(0, Character.toUpperCase(first.charAt(0)) + first.substring(1));
    }
    return options;
  }

  private static void add(List<String> options, List<String> known, String name, String advice) {
    if (known.contains(name)) {
      options.add(advice);
    }
  }
}
