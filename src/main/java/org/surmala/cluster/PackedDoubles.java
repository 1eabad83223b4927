package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.surmala.schema.Coefficients;

/** Packs doubles as bytes of a record: little-endian, row by row. */
final class PackedDoubles {
  private PackedDoubles() {}

  static ByteBuffer ints(int[] values) {
    ByteBuffer bytes = allocate(values.length, Integer.BYTES);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.flip();
  }

  static ByteBuffer doubles(double[] values) {
    ByteBuffer bytes = allocate(values.length, Double.BYTES);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.flip();
  }

  static ByteBuffer doubles(double[][] rows) {
    ByteBuffer bytes =
        allocate(rows.length * (rows.length == 0 ? 0 : rows[0].length), Double.BYTES);
    for (double[] row : rows) {
      for (double value : row) {
        bytes.putDouble(value);
      }
    }
    return bytes.flip();
  }

  static Coefficients coefficients(String name, double[][] rows) {
    return new Coefficients(
        name, List.of(rows.length, rows.length == 0 ? 0 : rows[0].length), doubles(rows));
  }

  static Coefficients coefficients(String name, double[] values) {
    return new Coefficients(name, List.of(values.length), doubles(values));
  }

  static int[] ints(ByteBuffer packed) {
    int[] values = new int[packed.remaining() / Integer.BYTES];
    packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }

  static double[] doubles(ByteBuffer packed) {
    ByteBuffer bytes = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getDouble();
    }
    return values;
  }

  static double[][] rows(Coefficients coefficients) {
    double[] values = doubles(coefficients.getValues());
    int columns = coefficients.getShape().get(1);
    double[][] rows = new double[coefficients.getShape().get(0)][columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * columns, rows[row], 0, columns);
    }
    return rows;
  }

  private static ByteBuffer allocate(int values, int size) {
    return ByteBuffer.allocate(Math.multiplyExact(values, size)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
