package org.surmala.config;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.decode.DecodeOptions;
import org.surmala.featurize.EmbeddingOptions;
import org.surmala.featurize.FeatureDimension;
import org.surmala.featurize.FeatureOptions;
import org.surmala.featurize.FeatureScale;
import org.surmala.featurize.OnnxModelFile;
import org.surmala.segment.SegmentOptions;
import org.surmala.segment.SegmentOptions.ShortSongs;

/**
 * The options of the four audio stages.
 *
 * @param sampleRate sample rate of the segment, Hz
 * @param embedding the user's pretrained model; null without one
 * @param keepsSegments whether segments are written for playback
 */
public record AudioOptions(
    DecodeOptions decode,
    int sampleRate,
    SegmentOptions segment,
    FeatureOptions features,
    @Nullable EmbeddingOptions embedding,
    boolean keepsSegments)
    implements Serializable {
  private static final int SPEC_DIGITS = 12;

  /**
   * The audio options among all settings.
   *
   * @throws UsageException if they contradict each other
   */
  public static AudioOptions of(Settings settings) {
    double window = settings.get(Keys.WINDOW_SECONDS);
    return UsageException.unlessRefused(
        () ->
            new AudioOptions(
                DecodeOptions.of(
                    window, settings.get(Keys.WINDOW_COUNT), settings.get(Keys.TIME_LIMIT)),
                settings.get(Keys.SAMPLE_RATE),
                new SegmentOptions(
                    window,
                    settings.get(Keys.MIN_SECONDS),
                    ShortSongs.valueOf(settings.get(Keys.SHORT_SONGS).toUpperCase(Locale.ROOT)),
                    settings.get(Keys.NORMALISE),
                    settings.get(Keys.LOUDNESS)),
                new FeatureOptions(
                    settings.get(Keys.FEATURES),
                    settings.get(Keys.STATISTICS),
                    FeatureScale.valueOf(settings.get(Keys.FEATURE_SCALE).toUpperCase(Locale.ROOT)),
                    settings.get(Keys.FFT_SIZE),
                    settings.get(Keys.HOP_LENGTH),
                    settings.get(Keys.MELS),
                    settings.get(Keys.MFCCS),
                    settings.get(Keys.WINDOWS),
                    settings.get(Keys.PATCHES),
                    settings.get(Keys.PATCH_SECONDS),
                    settings.get(Keys.PATCH_HOP_SECONDS)),
                embedding(settings),
                settings.get(Keys.KEEP)));
  }

  private static @Nullable EmbeddingOptions embedding(Settings settings) {
    String model = settings.get(Keys.ONNX_MODEL);
    String preset = settings.get(Keys.ONNX_PRESET);
    if (model.isEmpty() && preset.isEmpty()) {
      return null;
    }
    if (model.isEmpty()) {
      throw new UsageException(
          "%s is '%s', but there is no model; give %s=PATH"
              .formatted(Keys.ONNX_PRESET.key(), preset, Keys.ONNX_MODEL.key()));
    }
    if (preset.isEmpty()) {
      throw new UsageException(
          "%s is '%s', but what it expects is not said; give %s: %s"
              .formatted(
                  Keys.ONNX_MODEL.key(), model, Keys.ONNX_PRESET.key(), Keys.ONNX_PRESET.range()));
    }
    try {
      return OnnxModelFile.describe(model, preset);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(Keys.ONNX_MODEL.key() + ": " + e.getMessage(), e);
    }
  }

  /** The dimensions of a song: those of its feature vector, then those of its embedding. */
  public List<FeatureDimension> dimensions() {
    List<FeatureDimension> all = new ArrayList<>(features.dimensions(sampleRate));
    if (embedding != null) {
      all.addAll(embedding.features());
    }
    return List.copyOf(all);
  }

  /** Sample rate of the user's pretrained model, Hz; null without one. */
  public @Nullable Integer modelRate() {
    return embedding == null ? null : embedding.preset().sampleRate();
  }

  /**
   * Version of the feature specification: hexadecimal digits of a hash over all options that a
   * song's vector depends on. Time limits and stored extras are not part of it.
   */
  public String spec() {
    return DigestUtils.sha256Hex(specText()).substring(0, SPEC_DIGITS);
  }

  /** The text that {@link #spec} hashes. */
  public String specText() {
    return "sample_rate=%s\n%s%s\n%s\n%s"
        .formatted(
            sampleRate,
            segment.canonical(),
            decode.windowCount() == 1 ? "" : " window_count=" + decode.windowCount(),
            features.canonical(),
            embedding == null ? "" : embedding.canonical() + "\n");
  }
}
