package org.surmala.model.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * ONNX models of a few hundred bytes, written by hand in the Protocol Buffers of onnx.proto, IR
 * version 7 and operator set 13.
 */
public final class TinyOnnx {
  /** ONNX's number of float32. */
  static final int FLOAT = 1;

  /** ONNX's number of double. */
  static final int DOUBLE = 11;

  private TinyOnnx() {}

  /**
   * A model whose embedding is the mean of a patch over time.
   *
   * @param input its name
   * @param shape of the input; a negative extent is open
   * @param axis that is averaged and goes
   */
  public static byte[] mean(String input, int type, int axis, long... shape) {
    Proto node =
        new Proto()
            .text(1, input)
            .text(2, "embedding")
            .text(4, "ReduceMean")
            .message(5, new Proto().text(1, "axes").number(20, 7).number(8, axis))
            .message(5, new Proto().text(1, "keepdims").number(20, 2).number(3, 0));
    long[] reduced = new long[shape.length - 1];
    for (int i = 0, j = 0; i < shape.length; i++) {
      if (i != axis) {
        reduced[j++] = shape[i];
      }
    }
    return model(
        new Proto()
            .message(1, node)
            .text(2, "tiny")
            .message(11, value(input, type, shape))
            .message(12, value("embedding", type, reduced)));
  }

  /**
   * A model [n, 2] → [n, 2] that multiplies with the weights {{2, 0}, {0, 3}}, which are in another
   * file as little-endian floats behind eight other bytes.
   */
  static byte[] withWeightsIn(String location) {
    Proto weights =
        new Proto()
            .number(1, 2)
            .number(1, 2)
            .number(2, FLOAT)
            .text(8, "weights")
            .message(13, new Proto().text(1, "location").text(2, location))
            .message(13, new Proto().text(1, "offset").text(2, "8"))
            .message(13, new Proto().text(1, "length").text(2, "16"))
            .number(14, 1);
    Proto node =
        new Proto().text(1, "samples").text(1, "weights").text(2, "embedding").text(4, "MatMul");
    return model(
        new Proto()
            .message(1, node)
            .text(2, "tiny")
            .message(5, weights)
            .message(11, value("samples", FLOAT, -1, 2))
            .message(12, value("embedding", FLOAT, -1, 2)));
  }

  /** The other file of {@link #withWeightsIn}. */
  static byte[] weights() {
    ByteBuffer file = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(0);
    for (float weight : new float[] {2, 0, 0, 3}) {
      file.putFloat(weight);
    }
    return file.array();
  }

  private static byte[] model(Proto graph) {
    return new Proto()
        .number(1, 7)
        .message(7, graph)
        .message(8, new Proto().text(1, "").number(2, 13))
        .bytes();
  }

  private static Proto value(String name, int type, long... shape) {
    Proto dimensions = new Proto();
    for (long extent : shape) {
      dimensions.message(1, extent < 0 ? new Proto().text(2, "n") : new Proto().number(1, extent));
    }
    Proto tensor = new Proto().number(1, type).message(2, dimensions);
    return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
  }

  private static final class Proto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Proto number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Proto text(int field, String value) {
      return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Proto message(int field, Proto value) {
      return delimited(field, value.bytes());
    }

    private Proto delimited(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(Arrays.copyOf(value, value.length));
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
