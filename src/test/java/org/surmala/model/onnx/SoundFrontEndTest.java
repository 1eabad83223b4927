package org.surmala.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.golden.Npy;

/** The front ends of the presets against their definitions in NumPy: golden/onnx/make_golden.py. */
final class SoundFrontEndTest {
  private static final double TOLERANCE = 2e-4;

  @ParameterizedTest
  @CsvSource({"yamnet, 16000, 1", "vggish, 16000, 1", "musicnn, 16000, 3", "effnet, 16000, 3"})
  void aPresetIsItsDefinition(String name, int rate, int seconds) {
    double[][] golden = Npy.read("onnx/" + name + ".npy").rows();
    OnnxPreset preset = OnnxFixtures.preset(name);
    check(golden, preset, signal(rate, seconds));
  }

  /** In decibels, where the quietest bands lie at -100. */
  @Test
  void clapIsItsDefinition() {
    check(Npy.read("onnx/clap.npy").rows(), OnnxFixtures.preset("clap"), signal(48_000, 10));
  }

  private static void check(double[][] golden, OnnxPreset preset, float[] samples) {
    float[] steps = new SoundFrontEnd(preset).analyse(samples);
    int bands = preset.width();
    int frames = (int) golden[0][0];
    assertThat(steps).hasSize(frames * bands);
    int[] picked = {0, 1, frames / 2, frames - 1};
    for (int i = 0; i < picked.length; i++) {
      double[] found = new double[bands];
      for (int band = 0; band < bands; band++) {
        found[band] = steps[picked[i] * bands + band];
      }
      assertThat(found).containsExactly(golden[i + 1], within(TOLERANCE));
    }
  }

  /** As make_golden.py makes it. */
  private static float[] signal(int rate, int seconds) {
    float[] samples = new float[rate * seconds];
    for (int n = 0; n < samples.length; n++) {
      double t = (double) n / rate;
      double chirp = 50 * t + 6950 / 2.0 * t * t / seconds;
      double click = n == samples.length / 3 ? 0.5 : 0;
      samples[n] =
          (float)
              (0.4 * Math.sin(2 * Math.PI * 440 * t) + 0.2 * Math.sin(2 * Math.PI * chirp) + click);
    }
    return samples;
  }

  /** Three frames of the reference values that came with the published YAMNet's weights. */
  @Test
  void yamnetIsThePublishedOne() {
    double[] samples = Npy.read("onnx/yamnet_samples.npy").values();
    float[] sound = new float[samples.length];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) samples[i];
    }
    float[] steps = new SoundFrontEnd(OnnxFixtures.preset("yamnet")).analyse(sound);
    double[] golden = Npy.read("onnx/yamnet_log_mel.npy").values();
    for (int i = 0; i < golden.length; i++) {
      assertThat((double) steps[i]).isCloseTo(golden[i], within(1e-5));
    }
  }

  @Test
  void aShortSoundIsFollowedBySilenceOrRepeated() {
    float[] sound = {1, 2, 3};
    assertThat(new SoundFrontEnd(OnnxFixtures.wave(8, "")).analyse(sound))
        .containsExactly(1, 2, 3, 0, 0, 0, 0, 0);
    assertThat(new SoundFrontEnd(OnnxFixtures.wave(8, ", \"short\": \"repeat\"")).analyse(sound))
        .containsExactly(1, 2, 3, 1, 2, 3, 1, 2);
    float[] oneFrame = new SoundFrontEnd(OnnxFixtures.preset("yamnet")).analyse(new float[1]);
    assertThat(oneFrame).hasSize(96 * 64);
    assertThat(new SoundFrontEnd(OnnxFixtures.preset("musicnn")).analyse(new float[1]))
        .hasSize(187 * 96);
  }

  /** Ten seconds at 48 kHz are one patch of CLAP, thirty are three. */
  @Test
  void clapTakesTenSecondsAtATime() {
    OnnxPreset preset = OnnxFixtures.preset("clap");
    PatchCutter cutter = new PatchCutter(preset);
    for (int seconds : new int[] {10, 30}) {
      int steps = new SoundFrontEnd(preset).analyse(new float[48_000 * seconds]).length / 64;
      assertThat(cutter.starts(steps)).hasSize(seconds / 10);
    }
  }

  /** top_db, mean and deviation by arithmetic: bands of silence lie 20 dB below the loudest. */
  @Test
  void valuesAreLimitedFromBelowAndStandardised() {
    String json =
        """
        {"input": "mel", "sample_rate": 8000, "fft_size": 64, "hop_length": 64, "mels": 4,
         "log": "db", "log_floor": 1e-10, "top_db": 20, "mean": -30, "deviation": 10,
         "patch_length": 4}
        """;
    float[] sound = new float[256];
    Arrays.fill(sound, 0, 64, 0.5f);
    float[] steps = new SoundFrontEnd(OnnxPresetJson.read("limited", json)).analyse(sound);
    float largest = Float.NEGATIVE_INFINITY;
    float least = Float.POSITIVE_INFINITY;
    for (float step : steps) {
      largest = Math.max(largest, step);
      least = Math.min(least, step);
    }
    assertThat(largest - least).isCloseTo(2, within(1e-5f));
    assertThat(steps[steps.length - 1]).isEqualTo(least);
  }
}
