package org.surmala.featurize;

import java.util.Locale;

/** On what scale frequencies and levels enter the song vector. */
public enum FeatureScale {
  /**
   * As they are heard: frequencies in octaves, levels and flatness in decibels. Their distributions
   * over songs are then nearly symmetric, and a standardised distance is not ruled by a few extreme
   * songs.
   */
  PERCEPTUAL,
  /** As librosa's functions give them: Hz, amplitude, ratio. */
  LINEAR;

  /** The scale as options spell it: {@code perceptual}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
