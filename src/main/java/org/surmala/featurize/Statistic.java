package org.surmala.featurize;

import java.util.Locale;

/** The statistics of a feature over the frames of a window. */
enum Statistic {
  MEAN("mean"),
  STD("standard deviation"),
  SKEW("skewness (m₃/m₂^1.5; 0 for a constant)"),
  DELTA_MEAN("mean slope"),
  DELTA_STD("standard deviation of the slope");

  private final String doc;

  Statistic(String doc) {
    this.doc = doc;
  }

  /** The name in options and dimensions: {@code delta_mean}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String doc() {
    return doc;
  }

  /** Unit of the statistic for values in the given unit. */
  String unit(String of) {
    return switch (this) {
      case MEAN, STD -> of;
      case SKEW -> "1";
      case DELTA_MEAN, DELTA_STD -> of + "/frame";
    };
  }
}
