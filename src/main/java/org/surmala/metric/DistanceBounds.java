package org.surmala.metric;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lower bounds of squared Euclidean distances, by a single-precision matrix product (ND4J): |q −
 * p|² = |q|² + |p|² − 2qp, minus the largest rounding error. Pairs that a bound excludes need no
 * exact distance. Points are centred first, which preserves distances and reduces lengths and
 * rounding errors.
 *
 * <p>Not safe for use by several threads.
 */
final class DistanceBounds implements AutoCloseable {
  private static final double UNIT = 0x1p-23;

  private final ColumnMajorMatrix points;
  private final double[] centre;
  private final int rows;
  private final double[] squares;
  private final INDArray queries;
  private double[] pointSquares = new double[0];
  private float[] products = new float[0];

  /** Bounds for the queries from {@code first} (inclusive) to {@code last} (exclusive). */
  DistanceBounds(ColumnMajorMatrix points, double[] centre, double[][] all, int first, int last) {
    BlasThreads.useOneThread();
    this.points = points;
    this.centre = centre;
    rows = last - first;
    squares = new double[rows];
    float[] values = new float[rows * centre.length];
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < centre.length; d++) {
        float value = (float) (all[first + row][d] - centre[d]);
        values[row * centre.length + d] = value;
        squares[row] += (double) value * value;
      }
    }
    queries = Nd4j.create(values, new long[] {rows, centre.length}, 'c');
  }

  /** Computes the bounds to the points {@code from} (inclusive) to {@code to} (exclusive). */
  void compute(int from, int to) {
    int count = to - from;
    if (pointSquares.length != count) {
      pointSquares = new double[count];
      products = new float[count * rows];
    }
    float[] values = new float[centre.length * count];
    points.readFloats(from, to, centre, values, pointSquares);
    try (INDArray block = Nd4j.create(values, new long[] {centre.length, count}, 'c');
        INDArray product =
            Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, count}, 'f')) {
      queries.mmuli(block, product);
      new FloatPointer(product.data().addressPointer()).get(products);
    }
  }

  /** Whether the distance may be below a limit; query and point are indices from 0. */
  boolean mayBeBelow(double limit, int query, int point) {
    double lengths = squares[query] + pointSquares[point];
    double bound =
        lengths - 2.0 * products[point * rows + query] - (centre.length + 16) * UNIT * lengths;
    // An overflow gives no bound.
    return !(bound >= limit);
  }

  @Override
  public void close() {
    queries.close();
  }
}
