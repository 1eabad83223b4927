package org.surmala.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Models of a few hundred bytes whose output is known by arithmetic. */
final class OnnxSessionTest {
  private static final String MEL =
      """
      {"input": "mel", "sample_rate": 8000, "fft_size": 64, "hop_length": 64, "mels": 4,
       "log": "none", "patch_length": 3 %s}
      """;

  private static OnnxPreset mel(String more) {
    return OnnxPresetJson.read("mine", MEL.formatted(more));
  }

  @Test
  void theEmbeddingOfASoundIsTheMeanOverItsPatches() {
    // Each patch of two samples [a, b] is averaged over axis 2 of [n, 2, 1]: itself.
    OnnxPreset preset = OnnxFixtures.wave(2, ", \"layout\": \"ntc\", \"batch\": 2");
    byte[] model = TinyOnnx.mean("x", TinyOnnx.FLOAT, 2, -1, 2, 1);
    try (OnnxSession session = new OnnxSession(OnnxFixtures.model(model), preset)) {
      SoundEmbedder embedder = new SoundEmbedder(session, preset);
      assertThat(embedder.dimensions()).isEqualTo(2);
      float[] samples = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
      assertThat(embedder.embed(samples).pooled()).containsExactly(5, 4);
      assertThat(embedder.embed(samples).pooled()).containsExactly(5, 4);
    }
  }

  @Test
  void aBatchThatTheModelFixesIsFilledWithSilence() {
    OnnxPreset preset = OnnxFixtures.wave(2, ", \"layout\": \"ntc\"");
    byte[] model = TinyOnnx.mean("x", TinyOnnx.FLOAT, 2, 4, 2, 1);
    try (OnnxSession session = new OnnxSession(OnnxFixtures.model(model), preset)) {
      assertThat(session.batch()).isEqualTo(4);
      float[] samples = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
      assertThat(new SoundEmbedder(session, preset).embed(samples).pooled()).containsExactly(5, 4);
    }
  }

  @Test
  void aModelWithoutPatchesTakesOneAtATimeAndItsTimeIsAveraged() {
    OnnxPreset preset =
        OnnxPresetJson.read(
            "mine", MEL.formatted(", \"layout\": \"tmc\", \"output_layout\": \"td\""));
    byte[] model = TinyOnnx.mean("x", TinyOnnx.FLOAT, 2, 3, 4, 1);
    try (OnnxSession session = new OnnxSession(OnnxFixtures.model(model), preset)) {
      assertThat(session.batch()).isEqualTo(1);
      assertThat(session.dimensions()).isEqualTo(4);
    }
  }

  @Test
  void weightsInAFileBesideTheModelAreGivenToIt() {
    OnnxPreset preset = OnnxFixtures.wave(2, "");
    OnnxModel model =
        new OnnxModel(
            "tiny.onnx",
            TinyOnnx.withWeightsIn("data/tiny.bin"),
            Map.of("data/tiny.bin", TinyOnnx.weights()));
    assertThat(OnnxModel.weightFiles("tiny.onnx", model.bytes())).containsExactly("data/tiny.bin");
    try (OnnxSession session = new OnnxSession(model, preset)) {
      assertThat(new SoundEmbedder(session, preset).embed(new float[] {1, 1, 3, 5}).pooled())
          .containsExactly(new float[] {4, 9}, within(0f));
    }
    byte[] cut = Arrays.copyOf(TinyOnnx.weights(), 20);
    assertThatThrownBy(
            () ->
                new OnnxSession(
                    new OnnxModel("tiny.onnx", model.bytes(), Map.of("data/tiny.bin", cut)),
                    preset))
        .hasMessageContaining("the weights 'weights' extend beyond the end of data/tiny.bin");
  }

  @Test
  void weightsOutsideTheFolderAreRefused() {
    for (String path : new String[] {"../x.bin", "/etc/passwd", "a/../../x", "file:/x", "C:\\x"}) {
      assertThatThrownBy(() -> OnnxModel.weightFiles("t.onnx", TinyOnnx.withWeightsIn(path)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("t.onnx: it reads its weights from '" + path)
          .hasMessageContaining("outside its folder");
    }
  }

  @Test
  void theHashIsOfEveryFile() {
    byte[] bytes = TinyOnnx.withWeightsIn("w");
    OnnxModel model = new OnnxModel("t", bytes, Map.of("w", new byte[] {1}));
    assertThat(model.sha256())
        .isNotEqualTo(new OnnxModel("t", bytes, Map.of("w", new byte[] {2})).sha256())
        .isEqualTo(new OnnxModel("u", bytes, Map.of("w", new byte[] {1})).sha256());
    // sha256sum of three bytes "abc".
    assertThat(new OnnxModel("t", "abc".getBytes(StandardCharsets.UTF_8), Map.of()).sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void whatIsNoModelIsRefused() {
    byte[] whole = TinyOnnx.mean("x", TinyOnnx.FLOAT, 2, -1, 2, 1);
    for (byte[] bytes :
        new byte[][] {
          {}, "{\"no\": \"model\"}".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, 40)
        }) {
      assertThatThrownBy(() -> OnnxModel.weightFiles("t.onnx", bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("t.onnx: it is no ONNX model");
    }
  }

  @Test
  void anotherShapeNameOrTypeSaysWhatTheModelWantsAndWhatThePresetGives() {
    assertRefused(
        TinyOnnx.mean("x", TinyOnnx.FLOAT, 1, -1, 3, 64),
        mel(""),
        "the model wants input 'x' of float32 [n, 3, 64]; the preset mine gives [n, 3, 4], layout"
            + " ntm");
    assertRefused(
        TinyOnnx.mean("x", TinyOnnx.FLOAT, 1, -1, 3),
        mel(""),
        "the model wants input 'x' of float32 [n, 3]");
    assertRefused(
        TinyOnnx.mean("x", TinyOnnx.FLOAT, 1, -1, 3, 4),
        mel(", \"input_name\": \"mel\""),
        "the model has the inputs 'x' of FLOAT [n, 3, 4]; the preset mine names 'mel'; set"
            + " input_name");
    assertRefused(
        TinyOnnx.mean("x", TinyOnnx.FLOAT, 1, -1, 3, 4),
        mel(", \"output_name\": \"logits\""),
        "the model has the outputs 'embedding' of FLOAT [n, 4]; the preset mine names 'logits'");
    assertRefused(
        TinyOnnx.mean("x", TinyOnnx.DOUBLE, 1, -1, 3, 4),
        mel(""),
        "'x' of DOUBLE [n, 3, 4]; the preset mine takes and gives tensors of float32 only");
    assertRefused(
        TinyOnnx.mean("x", TinyOnnx.FLOAT, 1, -1, 3, 4),
        mel(", \"output_layout\": \"ntd\""),
        "the model gives output 'embedding' of [n, 4]; the preset mine expects the axes ntd");
  }

  private static void assertRefused(byte[] model, OnnxPreset preset, String message) {
    assertThatThrownBy(() -> new OnnxSession(OnnxFixtures.model(model), preset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
