package org.surmala.featurize;

import java.util.Locale;

/** Scale of frequencies and levels in the song vector. */
public enum FeatureScale {
  /**
   * Perceptual: frequencies in octaves, levels and flatness in decibels. Their distributions over
   * songs are nearly symmetric, so that a few extreme songs do not dominate standardised distances.
   */
  PERCEPTUAL,
  /** The units of librosa's functions: Hz, amplitude, ratio. */
  LINEAR;

  /** The name in options: {@code perceptual}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
