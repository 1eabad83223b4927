package org.surmala.model.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** Presets and models of the tests. */
final class OnnxFixtures {
  private OnnxFixtures() {}

  /** A preset that comes with the program. */
  static OnnxPreset preset(String name) {
    try (InputStream in = OnnxPreset.class.getResourceAsStream(name + ".json")) {
      return OnnxPresetJson.read(
          name, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A preset of samples at 8 kHz, with more keys. */
  static OnnxPreset wave(int patch, String more) {
    return OnnxPresetJson.read(
        "tiny",
        "{\"input\": \"wave\", \"sample_rate\": 8000, \"patch_length\": " + patch + more + "}");
  }

  static OnnxModel model(byte[] bytes) {
    return new OnnxModel("tiny.onnx", bytes, Map.of());
  }
}
