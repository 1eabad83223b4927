package org.surmala.model.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MelScale;
import org.surmala.dsp.Stft;
import org.surmala.model.onnx.OnnxPreset.Log;
import org.surmala.model.onnx.OnnxPreset.Mel;
import org.surmala.model.onnx.OnnxPreset.Pooling;

/**
 * Reads an {@link OnnxPreset} from the JSON of a sidecar: one object, without duplicate or unknown
 * keys. {@code src/docs/pretrained.md} lists every key and its default.
 */
public final class OnnxPresetJson {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode root;
  private final TreeSet<String> unread = new TreeSet<>();

  private OnnxPresetJson(JsonNode root) {
    this.root = root;
    root.fieldNames().forEachRemaining(unread::add);
  }

  /**
   * Reads a preset.
   *
   * @param name name for messages
   * @throws IllegalArgumentException if the text is not a valid preset; the message names the
   *     preset, the key, the allowed values and the value found
   */
  public static OnnxPreset read(String name, String json) {
    try {
      JsonNode root = STRICT.readTree(json);
      if (!root.isObject()) {
        throw new IllegalArgumentException("it is no JSON object; see src/docs/pretrained.md");
      }
      return new OnnxPresetJson(root).preset(name);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "preset " + name + ": not JSON: " + malformed.getOriginalMessage(), malformed);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("preset " + name + ": " + bad.getMessage(), bad);
    }
  }

  private OnnxPreset preset(String name) {
    boolean isMel = choice("input", null, Map.of("mel", true, "wave", false));
    int rate = integer("sample_rate", null);
    Mel mel = isMel ? mel(rate) : null;
    int length = integer("patch_length", null);
    OnnxPreset preset =
        new OnnxPreset(
            name,
            rate,
            mel,
            length,
            integer("patch_hop", length),
            choice("short", "silence", Map.of("silence", false, "repeat", true)),
            text("layout", isMel ? "ntm" : "nt"),
            optional("input_name"),
            optional("output_name"),
            optional("output_layout"),
            integer("batch", 16),
            choice(
                "pooling",
                "mean",
                Map.of("mean", Pooling.MEAN, "mean_std", Pooling.MEAN_STD, "l2", Pooling.L2)));
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no key "
              + String.join(", ", unread)
              + (isMel ? "" : " of a preset whose input is wave")
              + "; src/docs/pretrained.md has all keys");
    }
    return preset;
  }

  private Mel mel(int rate) {
    int fft = integer("fft_size", null);
    return new Mel(
        fft,
        integer("window_length", fft),
        choice("window", "hann", Map.of("hann", false, "hann_symmetric", true)),
        integer("hop_length", null),
        choice(
            "edges",
            "zero",
            Map.of(
                "zero", Stft.Edges.ZERO,
                "reflect", Stft.Edges.REFLECT,
                "none", Stft.Edges.NONE)),
        choice("spectrum", "power", Map.of("power", true, "magnitude", false)),
        integer("mels", null),
        choice("mel_scale", "slaney", Map.of("slaney", MelScale.SLANEY, "htk", MelScale.HTK)),
        choice("mel_norm", "slaney", Map.of("slaney", true, "none", false)),
        number("fmin", 0),
        number("fmax", rate / 2.0),
        choice(
            "log", null, Map.of("none", Log.NONE, "ln", Log.LN, "log10", Log.LOG10, "db", Log.DB)),
        number("log_multiplier", 1),
        number("log_offset", 0),
        number("log_floor", 0),
        number("top_db", 0),
        number("mean", 0),
        number("deviation", 1));
  }

  private @Nullable JsonNode find(String key) {
    unread.remove(key);
    JsonNode node = root.get(key);
    return node == null || node.isNull() ? null : node;
  }

  private JsonNode require(String key, String range) {
    JsonNode node = find(key);
    if (node == null) {
      throw new IllegalArgumentException(key + " is missing; give " + range);
    }
    return node;
  }

  private static IllegalArgumentException bad(String key, String range, JsonNode found) {
    return new IllegalArgumentException(key + " must be " + range + ", and is " + found);
  }

  private int integer(String key, @Nullable Integer standard) {
    JsonNode node = standard == null ? require(key, "a whole number") : find(key);
    if (node == null) {
      return standard == null ? 0 : standard;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw bad(key, "a whole number", node);
    }
    return node.intValue();
  }

  private double number(String key, double standard) {
    JsonNode node = find(key);
    if (node != null && !node.isNumber()) {
      throw bad(key, "a number", node);
    }
    return node == null ? standard : node.doubleValue();
  }

  private @Nullable String optional(String key) {
    JsonNode node = find(key);
    if (node != null && !node.isTextual()) {
      throw bad(key, "a text", node);
    }
    return node == null ? null : node.textValue();
  }

  private String text(String key, String standard) {
    String found = optional(key);
    return found == null ? standard : found;
  }

  private <T> T choice(String key, @Nullable String standard, Map<String, T> values) {
    String range = "one of " + String.join(", ", List.copyOf(new TreeSet<>(values.keySet())));
    JsonNode node = standard == null ? require(key, range) : find(key);
    T value = values.get(node == null ? String.valueOf(standard) : node.asText());
    if (value == null) {
      throw bad(key, range, node == null ? root : node);
    }
    return value;
  }
}
