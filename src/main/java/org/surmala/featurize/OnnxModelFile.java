package org.surmala.featurize;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.WholeFile;
import org.surmala.model.onnx.OnnxModel;
import org.surmala.model.onnx.OnnxPreset;
import org.surmala.model.onnx.OnnxPresetJson;
import org.surmala.model.onnx.OnnxSession;
import org.surmala.model.onnx.SoundEmbedder;

/** Reads ONNX models and their presets from any Beam file system. */
public final class OnnxModelFile {
  private static final String JSON = ".json";
  private static final long MAX_PRESET_BYTES = 1 << 16;

  /** Cache of model descriptions by path, time and preset: each model is run once per process. */
  private static final Map<String, EmbeddingOptions> KNOWN = new ConcurrentHashMap<>();

  private OnnxModelFile() {}

  /**
   * Describes a model by running it on silence.
   *
   * @param model path or URI of its file
   * @param preset name of a preset, or path or URI of a file that ends in {@code .json}
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if model or preset is invalid, or they do not match; the
   *     message says why
   */
  public static EmbeddingOptions describe(String model, String preset) throws IOException {
    String place = PathText.absolute(model);
    MatchResult.Metadata file = find(place);
    String json = json(preset);
    OnnxPreset read = OnnxPresetJson.read(preset, json);
    String key =
        String.join(
            "\n",
            place,
            Long.toString(file.sizeBytes()),
            Long.toString(file.lastModifiedMillis()),
            preset,
            json);
    EmbeddingOptions known = KNOWN.get(key);
    if (known == null) {
      OnnxModel loaded = read(place);
      try (OnnxSession session = new OnnxSession(loaded, read)) {
        known =
            new EmbeddingOptions(
                place,
                loaded.sha256(),
                preset,
                json,
                OnnxSession.version(),
                new SoundEmbedder(session, read).dimensions());
      }
      KNOWN.put(key, known);
    }
    return known;
  }

  private static String json(String preset) throws IOException {
    if (OnnxPreset.NAMES.contains(preset)) {
      try (InputStream in = OnnxPreset.class.getResourceAsStream(preset + JSON)) {
        return text(Objects.requireNonNull(in, "presets are part of the build"));
      }
    }
    if (!preset.endsWith(JSON)) {
      throw new IllegalArgumentException(
          "there is no preset '%s'; give one of %s, or a file that ends in %s"
              .formatted(preset, String.join(", ", OnnxPreset.NAMES), JSON));
    }
    String place = PathText.absolute(preset);
    requireAtMost(find(place), MAX_PRESET_BYTES, "is not a preset");
    try (InputStream in = WholeFile.open(place)) {
      return text(in);
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Reads a model and the files with its external weights.
   *
   * @param place absolute path or URI
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a file is too large, not a model, or refers to files
   *     outside its folder
   */
  static OnnxModel read(String place) throws IOException {
    byte[] bytes = bytes(place);
    Map<String, byte[]> weights = new HashMap<>();
    for (String file : OnnxModel.weightFiles(place, bytes)) {
      weights.put(file, bytes(place.substring(0, place.lastIndexOf('/') + 1) + file));
    }
    return new OnnxModel(place, bytes, weights);
  }

  private static byte[] bytes(String place) throws IOException {
    requireAtMost(find(place), OnnxModel.MAX_BYTES, "is too large for a worker");
    try (InputStream in = WholeFile.open(place)) {
      return in.readAllBytes();
    }
  }

  private static MatchResult.Metadata find(String place) throws IOException {
    if (RemoteFiles.isRemote(place)) {
      RemoteFiles.require(place);
    }
    MatchResult.Metadata file = FolderFiles.find(place);
    if (file == null || (!RemoteFiles.isRemote(place) && Files.isDirectory(Path.of(place)))) {
      throw new IOException("there is no file '" + place + "'");
    }
    return file;
  }

  private static void requireAtMost(MatchResult.Metadata file, long most, String why) {
    if (file.sizeBytes() > most) {
      throw new IllegalArgumentException(
          "%s has %s bytes, and %s: at most %s are taken"
              .formatted(file.resourceId(), file.sizeBytes(), why, most));
    }
  }
}
