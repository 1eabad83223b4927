package org.surmala.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's format 1.0 or 2.0, C order: float32, float64, int32, int64 or bool, read as
 * doubles, which hold each of these exactly up to 2⁵³.
 */
public final class Npy {
  private static final Pattern HEADER =
      Pattern.compile("'descr': '([^']+)', 'fortran_order': (True|False), 'shape': \\(([^)]*)\\)");

  private final int[] shape;
  private final double[] values;

  private Npy(int[] shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** Reads a resource below {@code golden/}. */
  public static Npy read(String name) {
    try (InputStream in = Npy.class.getResourceAsStream("/golden/" + name)) {
      return parse(name, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses the bytes of a file; the name is for messages. */
  public static Npy parse(String name, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int major = file.get(6);
    int length = major == 1 ? file.getShort(8) & 0xFFFF : file.getInt(8);
    int start = major == 1 ? 10 : 12;
    String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    Matcher header = HEADER.matcher(text);
    if (!header.find() || header.group(2).equals("True")) {
      throw new IllegalArgumentException(name + " has a header that is not read here: " + text);
    }
    int[] shape =
        Arrays.stream(header.group(3).split(",", -1))
            .map(String::strip)
            .filter(extent -> !extent.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    file.position(start + length);
    String type = header.group(1);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "<f4" -> file.getFloat();
            case "<f8" -> file.getDouble();
            case "<i4" -> file.getInt();
            case "<i8" -> file.getLong();
            case "|b1" -> file.get();
            default -> throw new IllegalArgumentException(name + " is of type " + type);
          };
    }
    return new Npy(shape, values);
  }

  /** Extent of each axis. */
  public int[] shape() {
    return shape.clone();
  }

  /** The values in C order; the array itself, not a copy. */
  public double[] values() {
    return values;
  }

  /** The values as a table, for an array of two axes. */
  public double[][] rows() {
    if (shape.length != 2) {
      throw new IllegalStateException("the array has " + shape.length + " axes, not 2");
    }
    double[][] rows = new double[shape[0]][];
    for (int row = 0; row < shape[0]; row++) {
      rows[row] = Arrays.copyOfRange(values, row * shape[1], (row + 1) * shape[1]);
    }
    return rows;
  }

  /** The values as whole numbers. */
  public int[] ints() {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }
}
