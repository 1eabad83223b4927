package org.surmala.nn;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link Kernels} in double precision: for checks against references and finite differences. */
final class DoubleKernels implements Kernels<double[]> {
  /** Below this the slope of a rectifier would be told by a number too small to be inverted. */
  private static final double STEEP = Double.MAX_VALUE;

  private static final double NORM_EPSILON = 1e-5;

  @Override
  public double[] array(int length) {
    return new double[length];
  }

  @Override
  public Twin<double[]> twin(int length) {
    Blas.useOneThread();
    INDArray memory = Nd4j.createUninitialized(DataType.DOUBLE, length);
    return new Memory(memory, new DoublePointer(memory.data().addressPointer()), true);
  }

  @Override
  public double get(double[] array, int index) {
    return array[index];
  }

  @Override
  public void set(double[] array, int index, double value) {
    array[index] = value;
  }

  @Override
  public void clear(double[] array, int offset, int length) {
    Arrays.fill(array, offset, offset + length, 0);
  }

  @Override
  public void copy(double[] from, double[] into, int count) {
    System.arraycopy(from, 0, into, 0, count);
  }

  @Override
  public void unfold(ConvShape shape, double[] image, int offset, double[] windows) {
    int kernel = shape.kernel();
    int run = kernel * shape.channels();
    int line = shape.width() * shape.channels();
    int at = 0;
    for (int row = 0; row < shape.windowRows(); row++) {
      int top = row * shape.stride() - shape.padding();
      for (int column = 0; column < shape.windowColumns(); column++) {
        int left = (column * shape.stride() - shape.padding()) * shape.channels();
        int before = Math.max(0, -left);
        int end = Math.min(run, line - left);
        for (int y = top; y < top + kernel; y++) {
          if (y < 0 || y >= shape.height()) {
            Arrays.fill(windows, at, at + run, 0);
          } else {
            int from = offset + y * line + left;
            Arrays.fill(windows, at, at + before, 0);
            System.arraycopy(image, from + before, windows, at + before, end - before);
            Arrays.fill(windows, at + end, at + run, 0);
          }
          at += run;
        }
      }
    }
  }

  @Override
  public void fold(ConvShape shape, double[] windows, double[] image, int offset) {
    int kernel = shape.kernel();
    int run = kernel * shape.channels();
    int line = shape.width() * shape.channels();
    int at = 0;
    for (int row = 0; row < shape.windowRows(); row++) {
      int top = row * shape.stride() - shape.padding();
      for (int column = 0; column < shape.windowColumns(); column++) {
        int left = (column * shape.stride() - shape.padding()) * shape.channels();
        int before = Math.max(0, -left);
        int end = Math.min(run, line - left);
        for (int y = top; y < top + kernel; y++) {
          if (y >= 0 && y < shape.height()) {
            int into = offset + y * line + left;
            for (int i = before; i < end; i++) {
              image[into + i] += windows[at + i];
            }
          }
          at += run;
        }
      }
    }
  }

  @Override
  public void load(float[] from, double[] into, int offset, int length) {
    for (int i = 0; i < length; i++) {
      into[offset + i] = from[i];
    }
  }

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Twin<double[]> a,
      Twin<double[]> b,
      Twin<double[]> c) {
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        transposeA ? openblas.CblasTrans : openblas.CblasNoTrans,
        transposeB ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        1,
        ((Memory) a).pointer,
        transposeA ? m : k,
        ((Memory) b).pointer,
        transposeB ? k : n,
        0,
        ((Memory) c).pointer,
        n);
  }

  @Override
  public void addBias(double[] z, int rows, int columns, double[] p, int bias) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        z[start + j] += p[bias + j];
      }
    }
  }

  @Override
  public void activate(Activation activation, double[] z, int count) {
    switch (activation) {
      case RELU -> {
        for (int i = 0; i < count; i++) {
          z[i] = Math.max(z[i], 0);
        }
      }
      case ELU -> {
        for (int i = 0; i < count; i++) {
          z[i] = z[i] > 0 ? z[i] : Math.expm1(z[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < count; i++) {
          z[i] = Math.tanh(z[i]);
        }
      }
    }
  }

  @Override
  public void activationGradient(Activation activation, double[] a, double[] gradient, int count) {
    switch (activation) {
      case RELU -> {
        // 1 above 0, else 0: without a branch, which would be mispredicted half of the time.
        for (int i = 0; i < count; i++) {
          gradient[i] *= Math.min(a[i] * STEEP, 1);
        }
      }
      case ELU -> {
        for (int i = 0; i < count; i++) {
          gradient[i] *= Math.min(a[i] + 1, 1);
        }
      }
      case TANH -> {
        for (int i = 0; i < count; i++) {
          gradient[i] *= 1 - a[i] * a[i];
        }
      }
    }
  }

  @Override
  public void columnSums(double[] z, int rows, int columns, double[] g, int offset) {
    clear(g, offset, columns);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        g[offset + j] += z[start + j];
      }
    }
  }

  @Override
  public void multiply(double[] a, double[] b, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = a[i] * b[i];
    }
  }

  @Override
  public void reparameterise(
      double[] head,
      double[] noise,
      int rows,
      int latent,
      double[] spread,
      double[] place,
      double[] divergence) {
    for (int row = 0; row < rows; row++) {
      int means = row * 2 * latent;
      int places = row * latent;
      for (int j = 0; j < latent; j++) {
        double mean = head[means + j];
        double logVariance = head[means + latent + j];
        double deviation = Math.exp(0.5 * logVariance);
        spread[places + j] = deviation;
        place[places + j] = mean + deviation * noise[places + j];
        divergence[j] += 0.5 * (mean * mean + deviation * deviation - 1 - logVariance);
      }
    }
  }

  @Override
  public void headGradient(
      double[] head,
      double[] noise,
      double[] spread,
      double[] placeGradient,
      double[] weight,
      int rows,
      int latent,
      double[] gradient) {
    for (int row = 0; row < rows; row++) {
      int means = row * 2 * latent;
      int places = row * latent;
      for (int j = 0; j < latent; j++) {
        double pull = weight[j];
        double deviation = spread[places + j];
        double slope = placeGradient[places + j];
        gradient[means + j] = slope + pull * head[means + j];
        gradient[means + latent + j] =
            0.5 * (slope * noise[places + j] * deviation + pull * (deviation * deviation - 1));
      }
    }
  }

  @Override
  public void residual(
      double[] y, double[] p, int bias, double[] x, int rows, int columns, double[] squares) {
    clear(squares, 0, columns);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        double difference = y[start + j] + p[bias + j] - x[start + j];
        y[start + j] = difference;
        squares[j] += difference * difference;
      }
    }
  }

  @Override
  public void scaleColumns(double[] y, int rows, int columns, double[] weight) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        y[start + j] *= weight[j];
      }
    }
  }

  @Override
  public void normalise(
      double[] z,
      int rows,
      int columns,
      double[] p,
      int gain,
      int shift,
      double[] normal,
      double[] inverse) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += z[start + j];
      }
      double mean = sum / columns;
      double squares = 0;
      for (int j = 0; j < columns; j++) {
        double difference = z[start + j] - mean;
        squares += difference * difference;
      }
      double scale = (1 / Math.sqrt(squares / columns + NORM_EPSILON));
      inverse[row] = scale;
      for (int j = 0; j < columns; j++) {
        double value = (z[start + j] - mean) * scale;
        normal[start + j] = value;
        z[start + j] = value * p[gain + j] + p[shift + j];
      }
    }
  }

  @Override
  public void normaliseGradient(
      double[] gradient,
      int rows,
      int columns,
      double[] p,
      int gain,
      int shift,
      double[] normal,
      double[] inverse,
      double[] g) {
    clear(g, gain, columns);
    columnSums(gradient, rows, columns, g, shift);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double sum = 0;
      double product = 0;
      for (int j = 0; j < columns; j++) {
        g[gain + j] += gradient[start + j] * normal[start + j];
        double slope = gradient[start + j] * p[gain + j];
        gradient[start + j] = slope;
        sum += slope;
        product += slope * normal[start + j];
      }
      double mean = sum / columns;
      double along = product / columns;
      for (int j = 0; j < columns; j++) {
        gradient[start + j] =
            inverse[row] * (gradient[start + j] - mean - normal[start + j] * along);
      }
    }
  }

  @Override
  public void add(double[] into, double[] from, int first, int end) {
    for (int i = first; i < end; i++) {
      into[i] += from[i];
    }
  }

  @Override
  public double sumOfSquares(double[] a, int first, int end) {
    // Eight sums, because one waits for each addition to end before the next.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = first;
    for (; i + 8 <= end; i += 8) {
      s0 += a[i] * a[i];
      s1 += a[i + 1] * a[i + 1];
      s2 += a[i + 2] * a[i + 2];
      s3 += a[i + 3] * a[i + 3];
      s4 += a[i + 4] * a[i + 4];
      s5 += a[i + 5] * a[i + 5];
      s6 += a[i + 6] * a[i + 6];
      s7 += a[i + 7] * a[i + 7];
    }
    for (; i < end; i++) {
      s0 += a[i] * a[i];
    }
    return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
  }

  @Override
  public void adam(
      double[] p,
      double[] g,
      double[] m,
      double[] v,
      int first,
      int end,
      double scale,
      AdamOptions options,
      double rate,
      double root,
      double keep) {
    double factor = scale;
    double beta1 = options.beta1();
    double beta2 = options.beta2();
    double new1 = (1 - options.beta1());
    double new2 = (1 - options.beta2());
    double epsilon = options.epsilon();
    double step = rate;
    double correction = root;
    double kept = keep;
    for (int i = first; i < end; i++) {
      double slope = g[i] * factor;
      double moment = beta1 * m[i] + new1 * slope;
      double square = beta2 * v[i] + new2 * slope * slope;
      m[i] = moment;
      v[i] = square;
      p[i] = kept * p[i] - step * moment / (Math.sqrt(square) * correction + epsilon);
    }
  }

  private static final class Memory implements Twin<double[]> {
    private final INDArray memory;
    private final DoublePointer pointer;
    private final boolean whole;

    Memory(INDArray memory, DoublePointer pointer, boolean whole) {
      this.memory = memory;
      this.pointer = pointer;
      this.whole = whole;
    }

    @Override
    public Twin<double[]> from(int element) {
      return new Memory(
          memory, new DoublePointer(pointer).position(pointer.position() + element), false);
    }

    @Override
    public void put(double[] array, int offset, int length) {
      pointer.put(array, offset, length);
    }

    @Override
    public void get(double[] array, int offset, int length) {
      pointer.get(array, offset, length);
    }

    @Override
    public void close() {
      if (whole) {
        memory.close();
      }
    }
  }
}
