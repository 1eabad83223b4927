package org.surmala.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Suggests a name for a misspelt one. */
public final class NameSuggestion {
  private static final double LEAST_SIMILARITY = 0.9;

  private NameSuggestion() {}

  /** The most similar name, if one is similar enough; ignores case, blanks and punctuation. */
  static Optional<String> of(String wanted, Collection<String> names) {
    return names.stream()
        .filter(name -> similarity(wanted, name) >= LEAST_SIMILARITY)
        .max(Comparator.comparingDouble(name -> similarity(wanted, name)));
  }

  /** The end of a message about an unknown name. */
  public static String question(String wanted, Collection<String> names) {
    return of(wanted, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** Similarity: 1 for equal letters; a swapped pair costs less than a wrong letter. */
  private static double similarity(String one, String other) {
    return new JaroWinklerSimilarity().apply(letters(one), letters(other));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\p{S}\\p{Z}\\s]", "");
  }
}
