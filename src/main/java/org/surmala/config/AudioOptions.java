package org.surmala.config;

import java.io.Serializable;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.decode.DecodeOptions;
import org.surmala.featurize.FeatureOptions;
import org.surmala.featurize.FeatureScale;
import org.surmala.segment.SegmentOptions;
import org.surmala.segment.SegmentOptions.ShortSongs;

/**
 * The options of the four audio stages.
 *
 * @param sampleRate Hz, of the segment
 * @param keepsSegments whether segments are written for playback
 */
public record AudioOptions(
    DecodeOptions decode,
    int sampleRate,
    SegmentOptions segment,
    FeatureOptions features,
    boolean keepsSegments)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SPEC_DIGITS = 12;

  /**
   * The audio options among all settings.
   *
   * @throws UsageException when two of them contradict each other
   */
  public static AudioOptions of(Settings settings) {
    try {
      double window = settings.get(Keys.WINDOW_SECONDS);
      return new AudioOptions(
          DecodeOptions.defaults()
              .withWindowSeconds(window)
              .withTimeLimitSeconds(settings.get(Keys.TIME_LIMIT)),
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
          settings.get(Keys.KEEP));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Version of the feature specification: hexadecimal digits of a hash over everything that a
   * song's vector depends on besides the song. Limits of time and what is kept are not part of it.
   */
  public String spec() {
    return DigestUtils.sha256Hex(specText()).substring(0, SPEC_DIGITS);
  }

  /** What {@link #spec} is the hash of. */
  public String specText() {
    return "sample_rate="
        + sampleRate
        + "\n"
        + segment.canonical()
        + "\n"
        + features.canonical()
        + "\n";
  }
}
