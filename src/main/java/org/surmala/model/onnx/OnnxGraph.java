package org.surmala.model.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The external weights of an ONNX file, read from its Protocol Buffers before ONNX Runtime loads
 * it, because ONNX Runtime opens any path that a model names.
 */
final class OnnxGraph {
  /**
   * Weights in another file.
   *
   * @param type ONNX's number of the element type
   * @param location path relative to the model's folder, as the model spells it
   * @param offset offset of the first byte
   * @param length number of bytes; 0 for all up to the end of the file
   */
  record External(
      String name, int type, List<Long> shape, String location, long offset, long length) {
    External {
      shape = List.copyOf(shape);
    }

    /** The extent of each axis. */
    long[] extents() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /**
   * Protocol Buffers messages on the path to tensors, with the fields that contain other messages.
   */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    FUNCTION,
    TRAINING,
    SPARSE,
    TENSOR
  }

  private static final Map<Message, Map<Integer, Message>> FIELDS =
      Map.of(
          Message.MODEL,
          Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
          Message.GRAPH,
          Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE),
          Message.NODE,
          Map.of(5, Message.ATTRIBUTE),
          Message.ATTRIBUTE,
          Map.of(
              5, Message.TENSOR,
              6, Message.GRAPH,
              10, Message.TENSOR,
              11, Message.GRAPH,
              22, Message.SPARSE,
              23, Message.SPARSE),
          Message.FUNCTION,
          Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
          Message.TRAINING,
          Map.of(1, Message.GRAPH, 2, Message.GRAPH),
          Message.SPARSE,
          Map.of(1, Message.TENSOR, 2, Message.TENSOR));

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int MESSAGE = 2;
  private static final int FOUR_BYTES = 5;
  private static final int MOST_DEPTH = 64;

  private final List<External> externals = new ArrayList<>();
  private boolean hasGraph;

  private OnnxGraph() {}

  /**
   * The external weights.
   *
   * @throws IllegalArgumentException if the bytes are not an ONNX model, or a tensor that is not a
   *     weight of the main graph is external
   */
  static List<External> externals(byte[] model) {
    OnnxGraph graph = new OnnxGraph();
    try {
      graph.read(ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN), Message.MODEL, 0);
    } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
      throw new IllegalArgumentException("it is no ONNX model, or is cut off", cut);
    }
    if (!graph.hasGraph) {
      throw new IllegalArgumentException("it is no ONNX model: it has no graph");
    }
    return List.copyOf(graph.externals);
  }

  private void read(ByteBuffer bytes, Message message, int depth) {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException("it is no ONNX model: its graphs are nested too deeply");
    }
    if (message == Message.TENSOR) {
      // ONNX Runtime accepts external initializers only at this depth: model, graph, tensor.
      readTensor(bytes, depth == 2);
      return;
    }
    hasGraph |= message == Message.GRAPH;
    while (bytes.hasRemaining()) {
      long tag = varint(bytes);
      Message inner = FIELDS.getOrDefault(message, Map.of()).get((int) (tag >>> 3));
      if (inner != null && (tag & 7) == MESSAGE) {
        read(slice(bytes), inner, depth + 1);
      } else {
        skip(bytes, tag);
      }
    }
  }

  private void readTensor(ByteBuffer bytes, boolean isInitializer) {
    List<Long> shape = new ArrayList<>();
    int type = 0;
    String name = "";
    String location = "";
    long offset = 0;
    long length = 0;
    boolean external = false;
    while (bytes.hasRemaining()) {
      long tag = varint(bytes);
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (field == 1 && wire == VARINT) {
        shape.add(varint(bytes));
      } else if (field == 1 && wire == MESSAGE) {
        ByteBuffer packed = slice(bytes);
        while (packed.hasRemaining()) {
          shape.add(varint(packed));
        }
      } else if (field == 2 && wire == VARINT) {
        type = (int) varint(bytes);
      } else if (field == 8 && wire == MESSAGE) {
        name = text(slice(bytes));
      } else if (field == 13 && wire == MESSAGE) {
        String[] entry = entry(slice(bytes));
        switch (entry[0]) {
          case "location" -> location = entry[1];
          case "offset" -> offset = number(entry[1]);
          case "length" -> length = number(entry[1]);
          default -> {}
        }
        external = true;
      } else if (field == 14 && wire == VARINT) {
        external |= varint(bytes) == 1;
      } else {
        skip(bytes, tag);
      }
    }
    if (external && !isInitializer) {
      throw new IllegalArgumentException(
          ("it keeps the tensor '%s', which is no weight of its main graph, in the file"
                  + " '%s'; export it again with all data in one file")
              .formatted(name, location));
    }
    if (external) {
      externals.add(new External(name, type, shape, location, offset, length));
    }
  }

  private static String[] entry(ByteBuffer bytes) {
    String[] entry = {"", ""};
    while (bytes.hasRemaining()) {
      long tag = varint(bytes);
      int field = (int) (tag >>> 3);
      if ((field == 1 || field == 2) && (tag & 7) == MESSAGE) {
        entry[field - 1] = text(slice(bytes));
      } else {
        skip(bytes, tag);
      }
    }
    return entry;
  }

  private static long number(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "it is no ONNX model: '" + text + "' is no position in a file", e);
    }
  }

  private static void skip(ByteBuffer bytes, long tag) {
    switch ((int) (tag & 7)) {
      case VARINT -> varint(bytes);
      case EIGHT_BYTES -> bytes.getLong();
      case MESSAGE -> slice(bytes);
      case FOUR_BYTES -> bytes.getInt();
      default -> throw new IndexOutOfBoundsException("wire type " + (tag & 7));
    }
  }

  private static ByteBuffer slice(ByteBuffer bytes) {
    long size = varint(bytes);
    if (size < 0 || size > bytes.remaining()) {
      throw new IndexOutOfBoundsException("a message of " + size + " bytes");
    }
    ByteBuffer slice = bytes.slice(bytes.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) size);
    return slice;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number of more than ten bytes");
  }
}
