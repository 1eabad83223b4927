package org.surmala.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.surmala.model.OptionHelp;
import org.surmala.model.Representations;
import org.surmala.words.Noun;

/** What to do where fewer than two dimensions of a model's latent space vary. */
public final class CollapseAdvice {
  private CollapseAdvice() {}

  /**
   * One or two sentences. They name no option that the model does not have.
   *
   * @param model by its kind
   * @param collapsed every model of the run that has collapsed; where the raw features or their
   *     principal components are among them, the songs are the reason
   * @param noun what is clustered
   */
  public static String of(String model, Collection<String> collapsed, Noun noun) {
    if (collapsed.contains("raw") || collapsed.contains("pca")) {
      return "The "
          + noun.plural()
          + " are alike: even features that no model has learned do not vary. There are no groups to"
          + " find; give "
          + noun.plural()
          + " that differ.";
    }
    List<String> options = options(model);
    return options.isEmpty()
        ? "Take pca in its place."
        : String.join(", or ", options) + ". Where nothing helps, take pca.";
  }

  private static List<String> options(String model) {
    List<String> options = new ArrayList<>();
    if (Representations.kinds().contains(model)) {
      List<String> known = Representations.help(model).stream().map(OptionHelp::name).toList();
      add(options, known, "beta", "lower " + model + ".beta");
      add(options, known, "free_bits", "set " + model + ".free_bits=0.1");
      add(options, known, "warm_up", "lengthen " + model + ".warm_up");
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
