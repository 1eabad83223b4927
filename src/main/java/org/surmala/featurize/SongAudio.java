package org.surmala.featurize;

import java.io.Serializable;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.ChromaFilterbank;
import org.surmala.dsp.MusicalKey;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;

/**
 * Derives tempo and key from a song's features, if they are clear.
 *
 * <p>The tempo is that of the feature {@code tempo}: among the multiples and fractions of a beat,
 * one that is strong and near 120 per minute. It is clear if {@code beat_regularity} is at least
 * {@value #LEAST_REGULARITY} and {@code tempo_strength} at least {@value #LEAST_STRENGTH}: the
 * former excludes noise, the latter scattered clicks.
 *
 * <p>The key is that of the features {@code key_…} (Krumhansl and Kessler 1982). It is clear if
 * {@code key_clarity} is at least {@value #LEAST_CLARITY} and the standard deviation of the pitch
 * classes' shares is at least {@value #LEAST_CONTRAST} of their mean: the shares of noise are
 * nearly equal, whatever they correlate with.
 */
public final class SongAudio implements Serializable {
  private static final long serialVersionUID = 1L;
  static final double LEAST_REGULARITY = 0.18;
  static final double LEAST_STRENGTH = 0.3;
  static final double LEAST_CLARITY = 0.5;
  static final double LEAST_CONTRAST = 0.15;
  private static final double REFERENCE_BPM = 120;
  private static final int FIFTH = 7;

  private final int tempo;
  private final int strength;
  private final int regularity;
  private final int profile;
  private final int tonicCosine;
  private final int tonicSine;
  private final int mode;
  private final int clarity;

  private SongAudio(List<String> dimensions) {
    tempo = dimensions.indexOf("tempo");
    strength = dimensions.indexOf("tempo_strength");
    regularity = dimensions.indexOf("beat_regularity");
    profile = dimensions.indexOf("key_profile_00");
    tonicCosine = dimensions.indexOf("key_tonic_cos");
    tonicSine = dimensions.indexOf("key_tonic_sin");
    mode = dimensions.indexOf("key_mode");
    clarity = dimensions.indexOf("key_clarity");
  }

  /**
   * For vectors with these dimensions.
   *
   * @param dimensions names of the dimensions, in order; without those of tempo or key, the result
   *     is null
   */
  public static SongAudio of(List<String> dimensions) {
    return new SongAudio(dimensions);
  }

  /** The audio properties of a song. */
  public SongAudioInfo of(SegmentFeatures features) {
    FloatBuffer vector =
        features.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    MusicalKey key = key(vector);
    return SongAudioInfo.newBuilder()
        .setId(features.getId())
        .setInfo(features.getInfo())
        .setLoudnessLufs(features.getLoudnessLufs())
        .setBpm(bpm(features, vector))
        .setKey(key == null ? null : key.toString())
        .build();
  }

  private @Nullable Double bpm(SegmentFeatures features, FloatBuffer vector) {
    if (tempo < 0
        || regularity < 0
        || vector.get(regularity) < LEAST_REGULARITY
        || vector.get(strength) < LEAST_STRENGTH) {
      return null;
    }
    Double fine = features.getBpm();
    double bpm = fine == null ? REFERENCE_BPM * Math.pow(2, vector.get(tempo)) : fine;
    return Math.rint(10 * bpm) / 10;
  }

  private @Nullable MusicalKey key(FloatBuffer vector) {
    if (clarity < 0 || vector.get(clarity) < LEAST_CLARITY || contrast(vector) < LEAST_CONTRAST) {
      return null;
    }
    int classes = ChromaFilterbank.CLASSES;
    double angle = Math.atan2(vector.get(tonicSine), vector.get(tonicCosine));
    int fifths = (int) Math.round(angle / (2 * Math.PI) * classes);
    return new MusicalKey(Math.floorMod(FIFTH * fifths, classes), vector.get(mode) < 0);
  }

  /** Standard deviation of the pitch classes' shares relative to their mean. */
  private double contrast(FloatBuffer vector) {
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < ChromaFilterbank.CLASSES; i++) {
      double share = vector.get(profile + i);
      sum += share;
      squares += share * share;
    }
    double mean = sum / ChromaFilterbank.CLASSES;
    double variance = squares / ChromaFilterbank.CLASSES - mean * mean;
    return mean == 0 ? 0 : Math.sqrt(Math.max(0, variance)) / mean;
  }
}
