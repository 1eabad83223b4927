package org.surmala.featurize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Options of feature extraction.
 *
 * @param features features of the song vector, from {@link #NAMES}; their order does not matter,
 *     the vector always has that of {@link #NAMES}
 * @param statistics statistics of the frame-wise features, from {@link #STATISTICS}, likewise
 * @param scale scale of frequencies and levels in the song vector
 * @param fftSize samples in a frame: a power of two, 256 to 16384
 * @param hopLength samples from one frame to the next, 1 to {@code fftSize}
 * @param mels bands of the log-mel spectrum, 8 to 512
 * @param mfccs cepstral coefficients, 1 to {@code mels}
 * @param windows whether feature vectors of overlapping windows are stored too
 * @param patches whether log-mel spectrograms of the windows are stored
 * @param windowSeconds length of a window, 0.5 to 600
 * @param windowHopSeconds time between the starts of windows, 0.1 to {@code windowSeconds}
 */
public record FeatureOptions(
    List<String> features,
    List<String> statistics,
    FeatureScale scale,
    int fftSize,
    int hopLength,
    int mels,
    int mfccs,
    boolean windows,
    boolean patches,
    double windowSeconds,
    double windowHopSeconds)
    implements Serializable {
  /** Every feature that can be selected, in the order of the song vector. */
  public static final List<String> NAMES =
      Arrays.stream(Feature.values()).map(Feature::label).toList();

  /** Every statistic of a frame-wise feature that can be selected, in the order of the vector. */
  public static final List<String> STATISTICS =
      Arrays.stream(Statistic.values()).map(Statistic::label).toList();

  /** Increased whenever the same options give other values, so that no old features are reused. */
  private static final int REVISION = 3;

  private static final String[] PITCH_CLASSES = {
    "c", "c_sharp", "d", "d_sharp", "e", "f", "f_sharp", "g", "g_sharp", "a", "a_sharp", "b"
  };
  private static final String[] TONNETZ_AXES = {
    "fifth_sin",
    "fifth_cos",
    "minor_third_sin",
    "minor_third_cos",
    "major_third_sin",
    "major_third_cos"
  };

  public FeatureOptions {
    features = inOrder("features", features, NAMES);
    statistics = inOrder("statistics", statistics, STATISTICS);
    if (fftSize < 256 || fftSize > 16384 || Integer.bitCount(fftSize) != 1) {
      throw new IllegalArgumentException(
          "features.fft_size must be a power of two from 256 to 16384, not " + fftSize);
    }
    requireRange("hop_length", hopLength, 1, fftSize);
    requireRange("mels", mels, 8, 512);
    requireRange("mfccs", mfccs, 1, mels);
    requireRange("window_seconds", windowSeconds, 0.5, 600);
    requireRange("window_hop_seconds", windowHopSeconds, 0.1, windowSeconds);
  }

  private static List<String> inOrder(String option, List<String> chosen, List<String> known) {
    for (String name : chosen) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "features." + option + " has '" + name + "'; choose from " + String.join(", ", known));
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "features." + option + " is empty; choose from " + String.join(", ", known));
    }
    if (new HashSet<>(chosen).size() < chosen.size()) {
      throw new IllegalArgumentException(
          "features." + option + " names one twice: " + String.join(", ", chosen));
    }
    return known.stream().filter(chosen::contains).toList();
  }

  private static void requireRange(String option, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "features.%s must be %s to %s, not %s"
              .formatted(option, plain(low), plain(high), plain(value)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * All features but {@code log_mel} and {@code melody}; mean, deviation and deviation of the
   * slope, on the perceptual scale, with librosa's frames; of the song and of windows of 3 s.
   * Skewness and mean slopes vary more within songs than between songs (ADR 103). The log-mel bands
   * would be two thirds of the vector and repeat with 128 numbers the information of 20 cepstral
   * coefficients; convolutional models read them as patches. ADR 91 evaluates the melody.
   */
  public static FeatureOptions defaults() {
    return new FeatureOptions(
        Arrays.stream(Feature.values())
            .filter(feature -> feature != Feature.LOG_MEL && feature != Feature.MELODY)
            .map(Feature::label)
            .toList(),
        Stream.of(Statistic.MEAN, Statistic.STD, Statistic.DELTA_STD)
            .map(Statistic::label)
            .toList(),
        FeatureScale.PERCEPTUAL,
        2048,
        512,
        128,
        20,
        true,
        false,
        3,
        3);
  }

  /**
   * The options as one line of text. Two options have the same line exactly if they give the same
   * values. The line is hashed into the version of the feature specification.
   */
  public String canonical() {
    return String.join(
        ";",
        "features-revision=" + REVISION,
        "features=" + String.join(",", features),
        "statistics=" + String.join(",", statistics),
        "scale=" + scale.label(),
        "fft_size=" + fftSize,
        "hop_length=" + hopLength,
        "mels=" + mels,
        "mfccs=" + mfccs,
        "windows=" + windows,
        "patches=" + patches,
        "window_seconds=" + (windows || patches ? plain(windowSeconds) : "none"),
        "window_hop_seconds=" + (windows || patches ? plain(windowHopSeconds) : "none"));
  }

  boolean has(Feature feature) {
    return features.contains(feature.label());
  }

  /** The selected features of either kind, in the vector's order. */
  List<Feature> selected(boolean frameWise) {
    return Arrays.stream(Feature.values())
        .filter(feature -> feature.isFrameWise() == frameWise && has(feature))
        .toList();
  }

  /** The selected statistics, in the vector's order. */
  List<Statistic> selectedStatistics() {
    return Arrays.stream(Statistic.values())
        .filter(statistic -> statistics.contains(statistic.label()))
        .toList();
  }

  /**
   * The dimensions of the song vector, in order: first the frame-wise features, each with its
   * statistics, then the features of the whole segment.
   *
   * @param sampleRate sample rate of the segments, Hz; below 12,800 Hz spectral contrast has fewer
   *     bands
   */
  public List<FeatureDimension> dimensions(int sampleRate) {
    List<FeatureDimension> dimensions = new ArrayList<>();
    for (Feature feature : selected(true)) {
      int width = feature.width(this, sampleRate);
      for (Statistic statistic : selectedStatistics()) {
        for (int i = 0; i < width; i++) {
          String part = part(feature, i);
          dimensions.add(
              new FeatureDimension(
                  feature.label() + (part.isEmpty() ? "" : "_" + part) + "_" + statistic.label(),
                  feature.group(i),
                  statistic.unit(feature.unit(scale)),
                  statistic.doc() + over(feature) + "the " + describe(feature, i)));
        }
      }
    }
    for (Feature feature : selected(false)) {
      SoundDimensions.of(feature, dimensions);
    }
    return List.copyOf(dimensions);
  }

  /** {@link #dimensions(int)} at 22,050 Hz. */
  public List<FeatureDimension> dimensions() {
    return dimensions(22050);
  }

  private String over(Feature feature) {
    return scale == FeatureScale.PERCEPTUAL && feature.isRelative()
        ? " over the audible frames of "
        : " over all frames of ";
  }

  private String part(Feature feature, int index) {
    return switch (feature) {
      case MFCC -> numbered(index, mfccs);
      case LOG_MEL -> numbered(index, mels);
      case CHROMA -> PITCH_CLASSES[index];
      case SPECTRAL_CONTRAST -> Integer.toString(index);
      case TONNETZ -> TONNETZ_AXES[index];
      default -> "";
    };
  }

  private static String numbered(int index, int count) {
    int digits = Math.max(2, Integer.toString(count - 1).length());
    return String.format(Locale.ROOT, "%0" + digits + "d", index);
  }

  private String describe(Feature feature, int index) {
    return switch (feature) {
      case MFCC -> feature.doc() + " " + index;
      case LOG_MEL -> feature.doc() + ", number " + index + " of " + mels;
      case CHROMA -> feature.doc() + ": " + PITCH_CLASSES[index].replace("_sharp", " sharp");
      case SPECTRAL_CONTRAST ->
          feature.doc()
              + (index == 0 ? " below 200 Hz" : " from " + (200 << (index - 1)) + " Hz up");
      case TONNETZ -> feature.doc() + ": " + TONNETZ_AXES[index].replace('_', ' ');
      default -> feature.doc();
    };
  }
}
