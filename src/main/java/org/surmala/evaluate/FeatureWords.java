package org.surmala.evaluate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plain words for high and low values of a feature. */
public final class FeatureWords {
  private record Word(String start, String end, String more, String less) {}

  // The first that fits counts. The level of a coefficient of the cepstrum has no plain word.
  private static final List<Word> WORDS =
      List.of(
          new Word("tempo_strength", "", "strongly pulsed", "weakly pulsed"),
          new Word("tempo", "", "fast", "slow"),
          new Word("onset_rate", "", "busy", "sparse"),
          new Word("onset", "_mean", "percussive", "flowing"),
          new Word("beat_regularity", "", "steady", "free in time"),
          new Word("centroid", "_mean", "bright", "dark"),
          new Word("spectral_centroid", "_mean", "bright", "dark"),
          new Word("rolloff", "_mean", "bright", "dark"),
          new Word("spectral_rolloff", "_mean", "bright", "dark"),
          new Word("bandwidth", "_mean", "wide", "narrow"),
          new Word("spectral_bandwidth", "_mean", "wide", "narrow"),
          new Word("flatness", "_mean", "noisy", "tonal"),
          new Word("spectral_flatness", "_mean", "noisy", "tonal"),
          new Word("contrast", "_mean", "clear", "dense"),
          new Word("spectral_contrast", "_mean", "clear", "dense"),
          new Word("zero_crossing", "_mean", "sharp", "soft"),
          new Word("loudness", "", "loud", "quiet"),
          new Word("tonnetz", "_std", "chordal", "without chords"),
          new Word("mfcc", "_std", "changing in timbre", "even in timbre"),
          new Word("key_mode", "", "major", "minor"),
          new Word("rms", "_mean", "loud", "quiet"),
          new Word("rms", "_std", "dynamic", "even"),
          new Word("centroid", "_std", "changing in colour", "constant in colour"),
          new Word("spectral_centroid", "_std", "changing in colour", "constant in colour"));

  private FeatureWords() {}

  /**
   * The word for more (or less) of one of some features; null when there is none, and for the level
   * of normalised segments beside the loudness that was heard.
   */
  public static @Nullable String of(List<String> features, int feature, boolean more) {
    boolean isNormalised =
        features.get(feature).equals("rms_mean") && features.contains(ClusterProfiles.LOUDNESS);
    return isNormalised ? null : of(features.get(feature), more);
  }

  /** The word for more (or less) of a feature; null when there is none. */
  static @Nullable String of(String feature, boolean more) {
    String name = feature.toLowerCase(Locale.ROOT);
    for (Word word : WORDS) {
      if (name.startsWith(word.start()) && name.endsWith(word.end())) {
        return more ? word.more() : word.less();
      }
    }
    return null;
  }
}
