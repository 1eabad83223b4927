package org.surmala.featurize;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.ChromaFilterbank;
import org.surmala.dsp.CosineTransform;
import org.surmala.dsp.Decibels;
import org.surmala.dsp.FrameLevel;
import org.surmala.dsp.MelFilterbank;
import org.surmala.dsp.OnsetStrength;
import org.surmala.dsp.PitchTracker;
import org.surmala.dsp.SpectralContrast;
import org.surmala.dsp.SpectralShape;
import org.surmala.dsp.Stft;
import org.surmala.dsp.Tonnetz;

/**
 * The frame-wise features of a sound from a single short-time Fourier transform, each equal to
 * librosa's function with the same name. Not safe for use by several threads; allocates only for a
 * sound that is longer than any before.
 */
final class FrameFeatures {
  private final Stft stft;
  private final double[] power;
  private final double[] magnitude;
  private final MelFilterbank melFilterbank;
  private final CosineTransform cosineTransform;
  private final ChromaFilterbank chromaFilterbank;
  private final Tonnetz tonnetz = new Tonnetz();
  private final SpectralShape shape;
  private final SpectralContrast contrast;
  private final FrameLevel level;
  private final int onsetDelay;

  /** Null if the melody is not selected, so that it costs no time. */
  private final @Nullable PitchTracker pitchTracker;

  private final Map<Feature, Integer> widths = new EnumMap<>(Feature.class);
  private final Map<Feature, float[]> values = new EnumMap<>(Feature.class);
  private float[] valleys = new float[0];
  private float[] pitches = new float[0];
  private int capacity;
  private int frames;

  /** Prepares the analysis for a sample rate in Hz. */
  FrameFeatures(FeatureOptions options, int sampleRate) {
    int fftSize = options.fftSize();
    int hop = options.hopLength();
    stft = new Stft(fftSize, hop);
    power = new double[stft.bins()];
    magnitude = new double[stft.bins()];
    melFilterbank = new MelFilterbank(sampleRate, fftSize, options.mels());
    cosineTransform = new CosineTransform(options.mels(), options.mfccs());
    chromaFilterbank = new ChromaFilterbank(sampleRate, fftSize);
    shape = new SpectralShape(sampleRate, fftSize);
    contrast = new SpectralContrast(sampleRate, fftSize);
    level = new FrameLevel(fftSize, hop);
    onsetDelay = fftSize / (2 * hop);
    pitchTracker = options.has(Feature.MELODY) ? new PitchTracker(sampleRate, hop) : null;
    for (Feature feature : Feature.values()) {
      if (feature.isFrameWise()) {
        widths.put(feature, feature.width(options, sampleRate));
      }
    }
  }

  /** Number of frames: 1 + length / hop. */
  int framesOf(int length) {
    return stft.frames(length);
  }

  /** Analyses the first {@code length} samples of a sound, full scale 1. */
  void analyse(float[] samples, int length) {
    frames = stft.frames(length);
    reserve(frames);
    level.take(samples, length);
    for (int frame = 0; frame < frames; frame++) {
      analyseFrame(samples, length, frame);
    }
    float[] logMel = of(Feature.LOG_MEL);
    float[] contrasts = of(Feature.SPECTRAL_CONTRAST);
    int bands = melFilterbank.bands();
    int octaves = contrast.bands();
    Decibels.ofPowers(logMel, frames * bands);
    Decibels.ofPowers(contrasts, frames * octaves);
    Decibels.ofPowers(valleys, frames * octaves);
    for (int i = 0; i < frames * octaves; i++) {
      contrasts[i] -= valleys[i];
    }
    float[] mfcc = of(Feature.MFCC);
    for (int frame = 0; frame < frames; frame++) {
      cosineTransform.apply(logMel, frame * bands, mfcc, frame * width(Feature.MFCC));
    }
    OnsetStrength.of(logMel, frames, bands, onsetDelay, of(Feature.ONSET_STRENGTH));
    if (pitchTracker != null) {
      for (int frame = 0; frame < frames; frame++) {
        pitches[frame] = pitchTracker.pitch(samples, length, frame);
      }
    }
  }

  private void analyseFrame(float[] samples, int length, int frame) {
    stft.power(samples, length, frame, power);
    magnitudes(power, magnitude);
    melFilterbank.apply(power, of(Feature.LOG_MEL), frame * melFilterbank.bands());
    float[] chroma = of(Feature.CHROMA);
    int classes = frame * ChromaFilterbank.CLASSES;
    chromaFilterbank.apply(power, chroma, classes);
    tonnetz.apply(chroma, classes, of(Feature.TONNETZ), frame * Tonnetz.COORDINATES);
    shape.measure(power, magnitude);
    of(Feature.SPECTRAL_CENTROID)[frame] = (float) shape.centroid();
    of(Feature.SPECTRAL_BANDWIDTH)[frame] = (float) shape.bandwidth();
    of(Feature.SPECTRAL_ROLLOFF)[frame] = (float) shape.rollOff();
    of(Feature.SPECTRAL_FLATNESS)[frame] = (float) shape.flatness();
    contrast.measure(magnitude, of(Feature.SPECTRAL_CONTRAST), valleys, frame * contrast.bands());
    of(Feature.RMS)[frame] = (float) level.rms(frame);
    of(Feature.ZERO_CROSSING_RATE)[frame] = (float) level.zeroCrossingRate(frame);
  }

  /** A separate loop, which the compiler vectorises. */
  private static void magnitudes(double[] power, double[] magnitude) {
    for (int k = 0; k < power.length; k++) {
      magnitude[k] = Math.sqrt(power[k]);
    }
  }

  private void reserve(int needed) {
    if (needed > capacity) {
      widths.forEach((feature, width) -> values.put(feature, new float[needed * width]));
      valleys = new float[needed * contrast.bands()];
      pitches = new float[pitchTracker == null ? 0 : needed];
      capacity = needed;
    }
  }

  /** Number of frames of the last analysed sound. */
  int frames() {
    return frames;
  }

  /** Number of values per frame. */
  int width(Feature feature) {
    return Objects.requireNonNull(widths.get(feature));
  }

  /**
   * The pitch of each frame in semitones from A4, NaN without a pitch; overwritten by the next
   * analysis. Empty if the melody is not selected.
   */
  float[] pitches() {
    return pitches;
  }

  /** The values of a feature, frame by frame; overwritten by the next analysis. */
  float[] of(Feature feature) {
    return Objects.requireNonNull(values.get(feature));
  }
}
