package org.surmala.featurize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.surmala.model.onnx.OnnxPreset;
import org.surmala.model.onnx.OnnxPresetJson;

/**
 * An ONNX model that the user brings, as a feature group.
 *
 * @param model where its file is: an absolute path, or a URI of another file system
 * @param sha256 of the model, hexadecimal
 * @param presetName for messages
 * @param presetJson what the model expects and gives, as {@link OnnxPresetJson} reads it
 * @param runtime version of ONNX Runtime
 * @param dimensions values in a song's embedding
 */
public record EmbeddingOptions(
    String model,
    String sha256,
    String presetName,
    String presetJson,
    String runtime,
    int dimensions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the model expects and gives. */
  public OnnxPreset preset() {
    return OnnxPresetJson.read(presetName, presetJson);
  }

  /**
   * The options as one line of text: equal exactly when the same sound gives the same embedding. It
   * is hashed into the version of the feature specification; where the file is is no part of it.
   */
  public String canonical() {
    return String.join(
        ";", "onnx=" + sha256, "onnxruntime=" + runtime, "preset=" + preset().canonical());
  }

  /** What each value of the embedding is, in its order. */
  public List<FeatureDimension> features() {
    List<FeatureDimension> all = new ArrayList<>(dimensions);
    int digits = Integer.toString(dimensions - 1).length();
    for (int i = 0; i < dimensions; i++) {
      all.add(
          new FeatureDimension(
              String.format(Locale.ROOT, "onnx_%0" + digits + "d", i),
              FeatureGroup.EMBEDDING,
              "1",
              "value " + i + " of the embedding that the model of onnx.model gives"));
    }
    return List.copyOf(all);
  }
}
