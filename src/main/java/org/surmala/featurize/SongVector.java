package org.surmala.featurize;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.Delta;
import org.surmala.dsp.Moments;

/**
 * Computes the vector of a window: statistics of its frame-wise features, rhythm and key.
 *
 * <p>On the perceptual scale, features of timbre or pitch are summarised over audible frames only,
 * those within 60 dB of the sound's loudest frame; they are 0 in a window without any. The level
 * itself is limited to this range. So it does not matter whether a decoder outputs silence as zeros
 * or as faint noise.
 *
 * <p>Not safe for use by several threads; allocates only for a sound that is longer than any
 * before.
 */
final class SongVector {
  /** Frames of a slope, as in librosa. */
  static final int DELTA_WIDTH = 9;

  private static final double REFERENCE_HZ = 1000;

  /** Lowest frequency on the octave scale; the centroid of silence, 0 Hz, is set to it. */
  private static final double LOWEST_HZ = 20;

  private static final double LOWEST_POWER = 1e-10;

  /** Frames more than 60 dB below the loudest one count as silent. */
  private static final double AUDIBLE = 1e-3;

  private final FrameFeatures frames;
  private final FeatureOptions options;
  private final int sampleRate;
  private final int dimensions;
  private final List<Feature> frameWise;
  private final List<Feature> whole;
  private final List<Statistic> statistics;
  private final boolean withSlopes;
  private final Delta delta = new Delta(DELTA_WIDTH, 1);
  private final Map<Feature, float[]> scaled = new EnumMap<>(Feature.class);
  private final Map<Feature, float[]> slopes = new EnumMap<>(Feature.class);
  private final Moments moments;
  private final Moments slopeMoments;
  private final SoundFeatures sound;
  private int[] every = new int[0];
  private int[] audible = new int[0];
  private int audibleCount;

  /** Root mean square below which a frame of the sound counts as silent. */
  private double threshold;

  SongVector(FrameFeatures frames, FeatureOptions options, int sampleRate) {
    this.frames = frames;
    this.options = options;
    this.sampleRate = sampleRate;
    dimensions = options.dimensions(sampleRate).size();
    frameWise = options.selected(true);
    whole = options.selected(false);
    statistics = options.selectedStatistics();
    withSlopes =
        statistics.contains(Statistic.DELTA_MEAN) || statistics.contains(Statistic.DELTA_STD);
    int widest = 1;
    for (Feature feature : frameWise) {
      widest = Math.max(widest, frames.width(feature));
    }
    moments = new Moments(widest);
    slopeMoments = new Moments(widest);
    sound = new SoundFeatures(sampleRate, options.hopLength());
  }

  /** Length of the vector. */
  int dimensions() {
    return dimensions;
  }

  /** Prepares {@link #write} for the last analysed sound. */
  void prepare() {
    int count = frames.frames();
    reserve(count);
    findAudible(count);
    for (Feature feature : frameWise) {
      float[] values = scaled(feature);
      int width = frames.width(feature);
      rescale(feature, frames.of(feature), values, count * width);
      if (isHeardOnly(feature)) {
        bridgeSilence(values, width, count);
      }
      if (withSlopes) {
        delta.apply(values, count, width, slopes(feature));
      }
    }
  }

  private void reserve(int count) {
    if (count > every.length) {
      for (Feature feature : frameWise) {
        int size = count * frames.width(feature);
        scaled.put(feature, new float[size]);
        slopes.put(feature, new float[withSlopes ? size : 0]);
      }
      every = new int[count];
      Arrays.setAll(every, frame -> frame);
      audible = new int[count];
    }
  }

  private void findAudible(int count) {
    float[] rms = frames.of(Feature.RMS);
    float loudest = 0;
    for (int frame = 0; frame < count; frame++) {
      loudest = Math.max(loudest, rms[frame]);
    }
    threshold = AUDIBLE * loudest;
    audibleCount = 0;
    for (int frame = 0; frame < count; frame++) {
      if (rms[frame] > 0 && rms[frame] >= threshold) {
        audible[audibleCount++] = frame;
      }
    }
  }

  /** Whether silent frames have no value: silence has a level, but neither timbre nor pitch. */
  private boolean isHeardOnly(Feature feature) {
    return options.scale() == FeatureScale.PERCEPTUAL && feature.isRelative();
  }

  /** Sets silent frames to the value of the last audible one, so that slopes ignore silence. */
  private void bridgeSilence(float[] values, int width, int count) {
    int next = 0;
    int source = audibleCount == 0 ? 0 : audible[0];
    for (int frame = 0; frame < count; frame++) {
      if (next < audibleCount && audible[next] == frame) {
        source = frame;
        next++;
      } else if (source != frame) {
        System.arraycopy(values, source * width, values, frame * width, width);
      }
    }
  }

  private void rescale(Feature feature, float[] from, float[] to, int length) {
    if (options.scale() == FeatureScale.LINEAR) {
      System.arraycopy(from, 0, to, 0, length);
      return;
    }
    switch (feature) {
      case SPECTRAL_CENTROID, SPECTRAL_BANDWIDTH, SPECTRAL_ROLLOFF -> octaves(from, to, length, 1);
      case ZERO_CROSSING_RATE -> octaves(from, to, length, sampleRate / 2.0);
      case SPECTRAL_FLATNESS -> {
        for (int i = 0; i < length; i++) {
          to[i] = (float) (10 * Math.log10(Math.max(LOWEST_POWER, from[i])));
        }
      }
      case RMS -> {
        for (int i = 0; i < length; i++) {
          double audio = Math.max(from[i], threshold);
          to[i] = (float) (10 * Math.log10(Math.max(LOWEST_POWER, audio * audio)));
        }
      }
      default -> System.arraycopy(from, 0, to, 0, length);
    }
  }

  private static void octaves(float[] from, float[] to, int length, double hz) {
    for (int i = 0; i < length; i++) {
      double octaves = Math.log(Math.max(LOWEST_HZ, from[i] * hz) / REFERENCE_HZ) / Math.log(2);
      to[i] = (float) octaves;
    }
  }

  /** Writes the vector of a window, whose last frame is before {@code end}. */
  void write(int first, int end, float[] vector) {
    int firstAudible = audibleFrom(first);
    int endAudible = audibleFrom(end);
    int at = 0;
    for (Feature feature : frameWise) {
      int width = frames.width(feature);
      int[] rows = isHeardOnly(feature) ? audible : every;
      int from = isHeardOnly(feature) ? firstAudible : first;
      int to = isHeardOnly(feature) ? endAudible : end;
      moments.measure(scaled(feature), width, rows, from, to);
      if (withSlopes) {
        slopeMoments.measure(slopes(feature), width, rows, from, to);
      }
      for (Statistic statistic : statistics) {
        for (int i = 0; i < width; i++) {
          vector[at++] =
              (float)
                  switch (statistic) {
                    case MEAN -> moments.mean(i);
                    case STD -> moments.deviation(i);
                    case SKEW -> moments.skewness(i);
                    case DELTA_MEAN -> slopeMoments.mean(i);
                    case DELTA_STD -> slopeMoments.deviation(i);
                  };
        }
      }
    }
    if (!whole.isEmpty()) {
      sound.measure(frames, first, end, audible, firstAudible, endAudible);
      for (Feature feature : whole) {
        at = sound.write(feature, vector, at);
      }
    }
  }

  /** Beats per minute of the last written window; null if tempo is not selected. */
  @Nullable Double bpm() {
    return whole.contains(Feature.TEMPO) ? sound.bpm() : null;
  }

  /** Index of the first audible frame from the given one on. */
  private int audibleFrom(int frame) {
    int found = Arrays.binarySearch(audible, 0, audibleCount, frame);
    return found >= 0 ? found : -1 - found;
  }

  private float[] scaled(Feature feature) {
    return Objects.requireNonNull(scaled.get(feature));
  }

  private float[] slopes(Feature feature) {
    return Objects.requireNonNull(slopes.get(feature));
  }
}
