package org.surmala.evaluate;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Trait;

/**
 * Names clusters by the features that distinguish them, in plain words, and by their typical
 * artists: {@code fast, loud, percussive; like Slayer, Nexuiz}. Words for tempo, loudness,
 * brightness and percussion are chosen first, then the strongest; all names use the same order. If
 * clusters would have the same name, the largest keeps it, and the others get a fourth word, a
 * fifth, or finally a number.
 */
final class ClusterNaming {
  private static final int WORDS = 3;
  private static final String WITHOUT_TRAITS = "mixed";

  /** Artists that may be in names: no long ones, such as lists of guests, and no line breaks. */
  private static final Pattern ARTIST = Pattern.compile("[^\\p{Cntrl}]{1,24}");

  private ClusterNaming() {}

  /**
   * Sets the description and the name of each profile.
   *
   * @param profiles of one clustering, the largest cluster first
   * @param kept names to keep, by cluster
   */
  static void name(List<ClusterProfile> profiles, Map<Integer, String> kept) {
    Set<String> taken = new HashSet<>();
    for (ClusterProfile profile : profiles) {
      String name = kept.get(profile.getCluster());
      if (name != null) {
        profile.setName(name);
        taken.add(name);
      }
    }
    for (ClusterProfile profile : profiles) {
      List<String> words =
          profile.getTraits().stream()
              .map(Trait::getWord)
              .filter(word -> word != null)
              .distinct()
              .sorted(Comparator.comparing(word -> !FeatureWords.aspect(word).isPlain()))
              .toList();
      String artists =
          profile.getArtists().stream()
              .filter(artist -> ARTIST.matcher(artist).matches())
              .collect(Collectors.joining(", "));
      String like = artists.isEmpty() ? "" : "; like " + artists;
      profile.setDescription(first(words, WORDS));
      if (kept.containsKey(profile.getCluster())) {
        continue;
      }
      String said = words.isEmpty() ? WITHOUT_TRAITS : first(words, WORDS);
      for (int count = WORDS + 1; taken.contains(said + like) && count <= words.size(); count++) {
        said = first(words, count);
      }
      String name = said + like;
      for (int number = 2; !taken.add(name); number++) {
        name = said + " " + number + like;
      }
      profile.setName(name);
    }
  }

  private static String first(List<String> words, int count) {
    return words.stream()
        .limit(count)
        .sorted(Comparator.comparing(FeatureWords::aspect))
        .collect(Collectors.joining(", "));
  }
}
