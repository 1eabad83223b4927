package org.surmala.featurize;

import java.util.Locale;

/**
 * What a dimension of the song vector tells of the sound, so that it can be chosen and weighted.
 */
public enum FeatureGroup {
  /** The colour of the sound, whatever its pitch and level. */
  TIMBRE,
  /** The distribution of energy over frequency. */
  SPECTRUM,
  /** Pitch classes, chords and key. */
  HARMONY,
  /** Onsets, beat and tempo. */
  RHYTHM,
  /** The line of the strongest voice. */
  MELODY,
  /** How loud it is, and how that changes. */
  LEVEL,
  /** What a model of the user's finds in it. */
  EMBEDDING;

  /** The group as options and tables spell it: {@code timbre}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
