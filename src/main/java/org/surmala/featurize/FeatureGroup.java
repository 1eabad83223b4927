package org.surmala.featurize;

import java.util.Locale;

/** The group of a dimension of the song vector, used to select and weight dimensions. */
public enum FeatureGroup {
  /** Timbre, independent of pitch and level. */
  TIMBRE,
  /** The distribution of energy over frequency. */
  SPECTRUM,
  /** Pitch classes, chords and key. */
  HARMONY,
  /** Onsets, beat and tempo. */
  RHYTHM,
  /** The melody of the strongest voice. */
  MELODY,
  /** Loudness and its changes. */
  LEVEL,
  /** The embedding by the user's pretrained model. */
  EMBEDDING;

  /** The name in options and tables: {@code timbre}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
