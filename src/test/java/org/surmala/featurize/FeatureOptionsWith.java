package org.surmala.featurize;

import java.util.List;

/** Options that differ from others in one respect. */
final class FeatureOptionsWith {
  private FeatureOptionsWith() {}

  /** Options with other features. */
  static FeatureOptions features(FeatureOptions options, List<String> chosen) {
    return new FeatureOptions(
        chosen,
        options.statistics(),
        options.scale(),
        options.fftSize(),
        options.hopLength(),
        options.mels(),
        options.mfccs(),
        options.windows(),
        options.patches(),
        options.windowSeconds(),
        options.windowHopSeconds());
  }

  /** Options with other statistics. */
  static FeatureOptions statistics(FeatureOptions options, List<String> chosen) {
    return new FeatureOptions(
        options.features(),
        chosen,
        options.scale(),
        options.fftSize(),
        options.hopLength(),
        options.mels(),
        options.mfccs(),
        options.windows(),
        options.patches(),
        options.windowSeconds(),
        options.windowHopSeconds());
  }

  /** Options on another scale. */
  static FeatureOptions scale(FeatureOptions options, FeatureScale chosen) {
    return new FeatureOptions(
        options.features(),
        options.statistics(),
        chosen,
        options.fftSize(),
        options.hopLength(),
        options.mels(),
        options.mfccs(),
        options.windows(),
        options.patches(),
        options.windowSeconds(),
        options.windowHopSeconds());
  }

  /** Options with or without vectors and log-mel patches of windows. */
  static FeatureOptions windows(
      FeatureOptions options,
      boolean vectors,
      boolean melPatches,
      double seconds,
      double hopSeconds) {
    return new FeatureOptions(
        options.features(),
        options.statistics(),
        options.scale(),
        options.fftSize(),
        options.hopLength(),
        options.mels(),
        options.mfccs(),
        vectors,
        melPatches,
        seconds,
        hopSeconds);
  }
}
