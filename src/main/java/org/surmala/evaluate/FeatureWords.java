package org.surmala.evaluate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Plain words for high and low values of a feature. Each word describes one aspect of the sound;
 * two words for the same aspect would be redundant.
 */
public final class FeatureWords {
  /** The aspects of sound, in the order of words in names. */
  enum Aspect {
    TEMPO,
    LOUDNESS,
    BRIGHTNESS,
    PERCUSSION,
    PULSE,
    TEXTURE,
    MODE,
    CHORDS,
    DYNAMICS,
    CHANGE;

    /** Whether it is obvious to every listener: tempo, loudness, brightness and percussion. */
    boolean isPlain() {
      return compareTo(PERCUSSION) <= 0;
    }
  }

  private record Entry(Aspect aspect, String start, String end, String more, String less) {}

  /** A word and its aspect. */
  record Word(Aspect aspect, String text) {}

  // The first match counts. Cepstral coefficients have no plain word.
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(Aspect.PULSE, "tempo_strength", "", "strong beat", "weak beat"),
          new Entry(Aspect.TEMPO, "tempo", "", "fast", "slow"),
          new Entry(Aspect.TEMPO, "onset_rate", "", "busy", "sparse"),
          new Entry(Aspect.PERCUSSION, "onset", "_mean", "percussive", "flowing"),
          new Entry(Aspect.PULSE, "beat_regularity", "", "steady beat", "free time"),
          new Entry(Aspect.BRIGHTNESS, "centroid", "_mean", "bright", "dark"),
          new Entry(Aspect.BRIGHTNESS, "spectral_centroid", "_mean", "bright", "dark"),
          new Entry(Aspect.BRIGHTNESS, "rolloff", "_mean", "bright", "dark"),
          new Entry(Aspect.BRIGHTNESS, "spectral_rolloff", "_mean", "bright", "dark"),
          new Entry(Aspect.BRIGHTNESS, "zero_crossing", "_mean", "bright", "dark"),
          new Entry(Aspect.TEXTURE, "flatness", "_mean", "noisy", "tonal"),
          new Entry(Aspect.TEXTURE, "spectral_flatness", "_mean", "noisy", "tonal"),
          new Entry(Aspect.TEXTURE, "contrast", "_mean", "clear", "dense"),
          new Entry(Aspect.TEXTURE, "spectral_contrast", "_mean", "clear", "dense"),
          new Entry(Aspect.LOUDNESS, "loudness", "", "loud", "quiet"),
          new Entry(Aspect.CHORDS, "tonnetz", "_std", "varied harmony", "static harmony"),
          new Entry(Aspect.CHANGE, "mfcc", "_std", "varied sound", "uniform sound"),
          new Entry(Aspect.MODE, "key_mode", "", "major", "minor"),
          new Entry(Aspect.LOUDNESS, "rms", "_mean", "loud", "quiet"),
          new Entry(Aspect.DYNAMICS, "rms", "_std", "dynamic", "even"),
          new Entry(Aspect.CHANGE, "centroid", "_std", "varied sound", "uniform sound"),
          new Entry(Aspect.CHANGE, "spectral_centroid", "_std", "varied sound", "uniform sound"));

  private FeatureWords() {}

  /**
   * The word for more (or less) of a feature; null if there is none, and for the level of
   * normalised segments if the loudness of the audio is among the features.
   */
  public static @Nullable String of(List<String> features, int feature, boolean more) {
    boolean isNormalised =
        features.get(feature).equals("rms_mean") && features.contains(ClusterProfiles.LOUDNESS);
    Word word = isNormalised ? null : of(features.get(feature), more);
    return word == null ? null : word.text();
  }

  /** The word for more (or less) of a feature; null if there is none. */
  static @Nullable Word of(String feature, boolean more) {
    String name = feature.toLowerCase(Locale.ROOT);
    for (Entry entry : ENTRIES) {
      if (name.startsWith(entry.start()) && name.endsWith(entry.end())) {
        return new Word(entry.aspect(), more ? entry.more() : entry.less());
      }
    }
    return null;
  }

  static Aspect aspect(String word) {
    return ENTRIES.stream()
        .filter(entry -> entry.more().equals(word) || entry.less().equals(word))
        .map(Entry::aspect)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no word of a feature"));
  }
}
