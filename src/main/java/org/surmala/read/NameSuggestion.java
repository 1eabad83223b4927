package org.surmala.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Finds the name that a user may have meant. */
public final class NameSuggestion {
  private static final double LEAST_SIMILARITY = 0.9;

  private NameSuggestion() {}

  /** The name that is most alike, where one is alike; case, blanks and punctuation do not count. */
  static Optional<String> of(String wanted, Collection<String> names) {
    return names.stream()
        .filter(name -> similarity(wanted, name) >= LEAST_SIMILARITY)
        .max(Comparator.comparingDouble(name -> similarity(wanted, name)));
  }

  /** The end of a message about a name that is not there. */
  public static String question(String wanted, Collection<String> names) {
    return of(wanted, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** 1 for the same letters; a swapped pair costs less than a wrong letter. */
  private static double similarity(String one, String other) {
    return new JaroWinklerSimilarity().apply(letters(one), letters(other));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\p{S}\\p{Z}\\s]", "");
  }
}
