package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.dsp.Delta;
import org.surmala.dsp.Stft;
import org.surmala.dsp.Tempo;
import org.surmala.golden.GoldenSound;
import org.surmala.golden.Npy;

/**
 * Every frame-wise feature against librosa 0.11.0 with its defaults (tuning 0) on seven signals of
 * 3 s at 22,050 Hz.
 */
final class LibrosaParityTest {
  private static final int RATE = GoldenSound.SAMPLE_RATE;

  /** Largest deviation that is allowed, as a share of the reference's largest magnitude. */
  private static final double RELATIVE = 1e-4;

  private static final double ABSOLUTE_WHERE_ZERO = 1e-6;
  private static final double DECIBELS = 0.01;

  static List<String> signals() {
    return GoldenSound.NAMES;
  }

  private static FrameFeatures analyse(String signal, int mfccs) {
    FeatureOptions defaults = FeatureOptions.defaults();
    FrameFeatures features =
        new FrameFeatures(
            new FeatureOptions(
                defaults.features(),
                defaults.statistics(),
                FeatureScale.LINEAR,
                2048,
                512,
                128,
                mfccs,
                false,
                false,
                3,
                1.5),
            RATE);
    float[] samples = GoldenSound.read(signal);
    features.analyse(samples, samples.length);
    return features;
  }

  @ParameterizedTest
  @MethodSource("signals")
  void stft(String signal) {
    float[] samples = GoldenSound.read(signal);
    Stft stft = new Stft(2048, 512);
    int frames = stft.frames(samples.length);
    float[] magnitudes = new float[frames * stft.bins()];
    double[] power = new double[stft.bins()];
    for (int frame = 0; frame < frames; frame++) {
      stft.power(samples, samples.length, frame, power);
      for (int k = 0; k < power.length; k++) {
        magnitudes[frame * power.length + k] = (float) Math.sqrt(power[k]);
      }
    }
    near(signal, "stft_magnitude", magnitudes, frames);
  }

  @ParameterizedTest
  @MethodSource("signals")
  void frameWiseFeatures(String signal) {
    FrameFeatures features = analyse(signal, 20);
    int frames = features.frames();
    nearDecibels(signal, "log_mel_db", features.of(Feature.LOG_MEL), frames);
    near(signal, "mfcc20", features.of(Feature.MFCC), frames);
    near(signal, "chroma_stft", features.of(Feature.CHROMA), frames);
    near(signal, "spectral_centroid", features.of(Feature.SPECTRAL_CENTROID), frames);
    near(signal, "spectral_bandwidth", features.of(Feature.SPECTRAL_BANDWIDTH), frames);
    near(signal, "spectral_flatness", features.of(Feature.SPECTRAL_FLATNESS), frames);
    nearDecibels(signal, "spectral_contrast", features.of(Feature.SPECTRAL_CONTRAST), frames);
    near(signal, "zero_crossing_rate", features.of(Feature.ZERO_CROSSING_RATE), frames);
    near(signal, "rms", features.of(Feature.RMS), frames);
    nearDecibels(signal, "onset_strength", features.of(Feature.ONSET_STRENGTH), frames);
    near(signal, "tonnetz_from_chroma_stft", features.of(Feature.TONNETZ), frames);
  }

  @ParameterizedTest
  @MethodSource("signals")
  void fortyMfccs(String signal) {
    FrameFeatures features = analyse(signal, 40);
    near(signal, "mfcc40", features.of(Feature.MFCC), features.frames());
  }

  @ParameterizedTest
  @MethodSource("signals")
  void deltas(String signal) {
    FrameFeatures features = analyse(signal, 20);
    int frames = features.frames();
    float[] mfcc = features.of(Feature.MFCC);
    float[] slope = new float[frames * 20];
    new Delta(9, 1).apply(mfcc, frames, 20, slope);
    near(signal, "mfcc20_delta", slope, frames);
    new Delta(9, 2).apply(mfcc, frames, 20, slope);
    near(signal, "mfcc20_delta2", slope, frames);
  }

  @ParameterizedTest
  @MethodSource("signals")
  void rollOffIsAtMostOneBinOffOnOneFrameInAHundred(String signal) {
    FrameFeatures features = analyse(signal, 20);
    float[] ours = features.of(Feature.SPECTRAL_ROLLOFF);
    double[] reference = Npy.read("features/" + signal + "/spectral_rolloff.npy").values();
    double binWidth = RATE / 2048.0;
    List<Integer> off = new ArrayList<>();
    assertThat(features.frames()).isEqualTo(reference.length);
    for (int frame = 0; frame < reference.length; frame++) {
      double bins = Math.abs(ours[frame] - reference[frame]) / binWidth;
      assertThat(bins).as("bins off in frame %s", frame).isLessThan(1.001);
      if (bins > 0.001) {
        off.add(frame);
      }
    }
    assertThat(off).hasSizeLessThanOrEqualTo(reference.length / 100);
  }

  @ParameterizedTest
  @MethodSource("signals")
  void tempo(String signal) {
    if (signal.equals("silence")) {
      return;
    }
    FrameFeatures features = analyse(signal, 20);
    Tempo tempo = new Tempo(RATE, 512);
    tempo.measure(features.of(Feature.ONSET_STRENGTH), 0, features.frames());
    double reference = Npy.read("features/" + signal + "/tempo_bpm.npy").values()[0];
    assertThat(tempo.bpm()).isBetween(0.995 * reference, 1.005 * reference);
  }

  private static void near(String signal, String array, float[] ours, int frames) {
    Npy reference = Npy.read("features/" + signal + "/" + array + ".npy");
    double largest = 0;
    for (double value : reference.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    // Rounding residue of a zero signal, at the scale of 1e-13, is a zero.
    double allowed = largest < 1e-12 ? ABSOLUTE_WHERE_ZERO : RELATIVE * largest;
    compare(array, reference, ours, frames, allowed);
  }

  private static void nearDecibels(String signal, String array, float[] ours, int frames) {
    Npy reference = Npy.read("features/" + signal + "/" + array + ".npy");
    compare(array, reference, ours, frames, DECIBELS);
  }

  /** The reference has one row for each dimension, ours one for each frame. */
  private static void compare(
      String array, Npy reference, float[] ours, int frames, double allowed) {
    int dimensions = reference.shape()[0];
    assertThat(reference.shape())
        .as("%s: dimensions, frames", array)
        .containsExactly(dimensions, frames);
    double worst = 0;
    int worstAt = 0;
    for (int d = 0; d < dimensions; d++) {
      for (int frame = 0; frame < frames; frame++) {
        double off =
            Math.abs(ours[frame * dimensions + d] - reference.values()[d * frames + frame]);
        if (!(off <= worst)) {
          worst = off;
          worstAt = d * frames + frame;
        }
      }
    }
    assertThat(worst)
        .as("%s: deviation in row %s, frame %s", array, worstAt / frames, worstAt % frames)
        .isLessThanOrEqualTo(allowed);
  }
}
