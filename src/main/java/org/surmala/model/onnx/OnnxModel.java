package org.surmala.model.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The bytes of an ONNX model and of the files with its external weights.
 *
 * @param location location of the model, for messages
 * @param bytes bytes of the model's file
 * @param weights bytes of the other files, by the path in the model
 */
public record OnnxModel(String location, byte[] bytes, Map<String, byte[]> weights) {
  /** Largest file: Protocol Buffers are limited to 2 GiB, and a worker holds model and runtime. */
  public static final long MAX_BYTES = 1L << 30;

  public OnnxModel {
    weights = new TreeMap<>(weights);
  }

  /**
   * Paths of the files with external weights, relative to the model's folder.
   *
   * @throws IllegalArgumentException if the bytes are not an ONNX model, or a path leaves the
   *     folder; the message names the location
   */
  public static List<String> weightFiles(String location, byte[] bytes) {
    try {
      TreeSet<String> files = new TreeSet<>();
      for (OnnxGraph.External external : OnnxGraph.externals(bytes)) {
        files.add(inside(external.location()));
      }
      return List.copyOf(files);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(location + ": " + bad.getMessage(), bad);
    }
  }

  private static String inside(String location) {
    boolean leads =
        location.isBlank()
            || location.startsWith("/")
            || location.contains("\\")
            || location.contains(":")
            || List.of(location.split("/", -1)).contains("..");
    if (leads) {
      throw new IllegalArgumentException(
          "it reads its weights from '"
              + location
              + "', outside its folder; put the file beside the model, or export the model as one"
              + " file");
    }
    return location;
  }

  /**
   * Hexadecimal SHA-256 of the model's file; with external weights, over the hashes of all files
   * and their paths.
   */
  public String sha256() {
    String own = DigestUtils.sha256Hex(bytes);
    if (weights.isEmpty()) {
      return own;
    }
    StringBuilder all = new StringBuilder(own);
    weights.forEach(
        (path, file) ->
            all.append('\n').append(path).append(' ').append(DigestUtils.sha256Hex(file)));
    return DigestUtils.sha256Hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of external weights, in a direct buffer; a shorter file is refused. */
  ByteBuffer weights(OnnxGraph.External external) {
    byte[] file = weights.getOrDefault(external.location(), new byte[0]);
    long length = external.length() == 0 ? file.length - external.offset() : external.length();
    if (external.offset() < 0 || length < 0 || external.offset() > file.length - length) {
      throw new IllegalArgumentException(
          ("%s: the weights '%s' extend beyond the end of %s, which has %s bytes; copy"
                  + " both files again")
              .formatted(location, external.name(), external.location(), file.length));
    }
    return ByteBuffer.allocateDirect((int) length)
        .put(file, (int) external.offset(), (int) length)
        .flip();
  }
}
