package org.surmala.featurize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.surmala.model.onnx.OnnxPreset;
import org.surmala.model.onnx.OnnxPresetJson;

/**
 * The user's ONNX model as a feature group.
 *
 * @param model path of its file: absolute, or a URI of another file system
 * @param sha256 hash of the model, hexadecimal
 * @param presetName name for messages
 * @param presetJson the preset, as JSON for {@link OnnxPresetJson}
 */
public record EmbeddingOptions(
    String model,
    String sha256,
    String presetName,
    String presetJson,
    String runtime,
    int dimensions)
    implements Serializable {
  /** The preset of the model. */
  public OnnxPreset preset() {
    return OnnxPresetJson.read(presetName, presetJson);
  }

  /**
   * The options as one line of text. Two options have the same line exactly if they give the same
   * embeddings. The line is hashed into the version of the feature specification; it does not
   * include the file's path.
   */
  public String canonical() {
    return String.join(
        ";", "onnx=" + sha256, "onnxruntime=" + runtime, "preset=" + preset().canonical());
  }

  /** The dimensions of the embedding, in order. */
  public List<FeatureDimension> features() {
    List<FeatureDimension> all = new ArrayList<>(dimensions);
    int digits = Integer.toString(dimensions - 1).length();
    for (int i = 0; i < dimensions; i++) {
      all.add(
          new FeatureDimension(
              String.format(Locale.ROOT, "onnx_%0" + digits + "d", i),
              FeatureGroup.EMBEDDING,
              "1",
              "value " + i + " of the embedding by the model of onnx.model"));
    }
    return List.copyOf(all);
  }
}
