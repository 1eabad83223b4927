package org.surmala.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surmala.model.onnx.OnnxPreset.Pooling;

/** Patches and pooling, by arithmetic. */
final class EmbeddedSoundTest {
  private static final List<float[]> PATCHES =
      List.of(new float[] {3, 4}, new float[] {0, 2}, new float[] {6, 8});

  private static EmbeddedSound sound(Pooling pooling) {
    return new EmbeddedSound(new EmbeddingPool(pooling), PATCHES, List.of(0.5, 1.5, 2.5));
  }

  @Test
  void theMeanIsOverPatches() {
    assertThat(sound(Pooling.MEAN).pooled()).containsExactly(3, 14 / 3f);
  }

  @Test
  void theDeviationStandsBehindTheMean() {
    // Variances 6 and 56 / 9.
    assertThat(sound(Pooling.MEAN_STD).pooled())
        .containsExactly(
            new float[] {3, 14 / 3f, (float) Math.sqrt(6), (float) Math.sqrt(56 / 9.0)},
            within(1e-6f));
  }

  @Test
  void cosineEmbeddingsHaveLengthOne() {
    // Unit patches (.6, .8), (0, 1), (.6, .8): their sum is (1.2, 2.6).
    double length = Math.hypot(1.2, 2.6);
    assertThat(sound(Pooling.L2).pooled())
        .containsExactly(
            new float[] {(float) (1.2 / length), (float) (2.6 / length)}, within(1e-6f));
    assertThat(new EmbeddingPool(Pooling.L2).pool(List.of(new float[2]))).containsExactly(0, 0);
  }

  @Test
  void aPartIsOfThePatchesInItOrTheNearest() {
    assertThat(sound(Pooling.MEAN).pooled(1, 2)).containsExactly(3, 5);
    assertThat(sound(Pooling.MEAN).pooled(0, 1)).containsExactly(3, 4);
    assertThat(sound(Pooling.MEAN).pooled(1.6, 0.2)).containsExactly(0, 2);
    assertThat(sound(Pooling.MEAN).pooled(9, 1)).containsExactly(6, 8);
  }

  @Test
  void patchesFollowTheHopAndTheRestEndsWithTheSound() {
    PatchCutter overlapping = new PatchCutter(OnnxFixtures.wave(4, ", \"patch_hop\": 2"));
    assertThat(overlapping.starts(4)).containsExactly(0);
    assertThat(overlapping.starts(9)).containsExactly(0, 2, 4);
    PatchCutter apart = new PatchCutter(OnnxFixtures.wave(4, ""));
    assertThat(apart.starts(10)).containsExactly(0, 4);
    assertThat(apart.starts(11)).containsExactly(0, 4, 7);
    assertThat(apart.middle(4)).isEqualTo(6 / 8000.0);
  }

  @Test
  void theLayoutSaysWhichAxisRunsFirst() {
    String mel =
        """
        {"input": "mel", "sample_rate": 8000, "fft_size": 64, "hop_length": 64, "mels": 2,
         "log": "none", "patch_length": 2, "layout": "%s"}
        """;
    float[] steps = {1, 2, 3, 4, 5, 6};
    assertThat(laidOut(mel.formatted("nctm"), steps)).containsExactly(3, 4, 5, 6);
    assertThat(laidOut(mel.formatted("nmtc"), steps)).containsExactly(3, 5, 4, 6);
  }

  private static float[] laidOut(String json, float[] steps) {
    FloatBuffer into = FloatBuffer.allocate(4);
    new PatchCutter(OnnxPresetJson.read("axes", json)).put(steps, 1, into);
    return into.array();
  }
}
