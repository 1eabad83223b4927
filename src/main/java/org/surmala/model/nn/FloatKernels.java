package org.surmala.model.nn;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.surmala.metric.BlasThreads;

/**
 * {@link Kernels} in single precision, used for fitting. This file is longer than others because
 * the tests derive a double-precision copy from its text.
 */
public final class FloatKernels implements Kernels<float[]> {
  /**
   * Factor that makes {@code min(value · STEEP, 1)} the derivative of a rectifier, without a
   * branch.
   */
  private static final float STEEP = Float.MAX_VALUE;

  private static final float NORM_EPSILON = 1e-5f;

  @Override
  public float[] array(int length) {
    return new float[length];
  }

  @Override
  public NativeBuffer<float[]> buffer(int length) {
    BlasThreads.useOneThread();
    INDArray memory = Nd4j.createUninitialized(DataType.FLOAT, length);
    return new Memory(memory, new FloatPointer(memory.data().addressPointer()), true);
  }

  @Override
  public double get(float[] array, int index) {
    return array[index];
  }

  @Override
  public void set(float[] array, int index, double value) {
    array[index] = (float) value;
  }

  @Override
  public void clear(float[] array, int offset, int length) {
    Arrays.fill(array, offset, offset + length, 0);
  }

  @Override
  public void copy(float[] from, float[] into, int count) {
    System.arraycopy(from, 0, into, 0, count);
  }

  @Override
  public void unfold(ConvShape shape, float[] image, int offset, float[] windows) {
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
  public void fold(ConvShape shape, float[] windows, float[] image, int offset) {
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
  public void load(float[] from, float[] into, int offset, int length) {
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
      NativeBuffer<float[]> a,
      NativeBuffer<float[]> b,
      NativeBuffer<float[]> c) {
    openblas.cblas_sgemm(
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
  public void addBias(float[] z, int rows, int columns, float[] p, int bias) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        z[start + j] += p[bias + j];
      }
    }
  }

  @Override
  public void activate(Activation activation, float[] z, int count) {
    switch (activation) {
      case RELU -> {
        for (int i = 0; i < count; i++) {
          z[i] = Math.max(z[i], 0);
        }
      }
      case ELU -> {
        for (int i = 0; i < count; i++) {
          z[i] = z[i] > 0 ? z[i] : (float) Math.expm1(z[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < count; i++) {
          z[i] = (float) Math.tanh(z[i]);
        }
      }
    }
  }

  @Override
  public void activationGradient(Activation activation, float[] a, float[] gradient, int count) {
    switch (activation) {
      case RELU -> {
        // 1 if positive, else 0: without a branch, which would be mispredicted half of the time.
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
  public void columnSums(float[] z, int rows, int columns, float[] g, int offset) {
    clear(g, offset, columns);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        g[offset + j] += z[start + j];
      }
    }
  }

  @Override
  public void multiply(float[] a, float[] b, float[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = a[i] * b[i];
    }
  }

  @Override
  public void reparameterise(
      float[] head,
      float[] noise,
      int rows,
      int latent,
      float[] spread,
      float[] sample,
      double[] divergence) {
    for (int row = 0; row < rows; row++) {
      int means = row * 2 * latent;
      int first = row * latent;
      for (int j = 0; j < latent; j++) {
        float mean = head[means + j];
        float logVariance = head[means + latent + j];
        float deviation = (float) Math.exp(0.5f * logVariance);
        spread[first + j] = deviation;
        sample[first + j] = mean + deviation * noise[first + j];
        divergence[j] += 0.5f * (mean * mean + deviation * deviation - 1 - logVariance);
      }
    }
  }

  @Override
  public void headGradient(
      float[] head,
      float[] noise,
      float[] spread,
      float[] sampleGradient,
      double[] weight,
      int rows,
      int latent,
      float[] gradient) {
    for (int row = 0; row < rows; row++) {
      int means = row * 2 * latent;
      int first = row * latent;
      for (int j = 0; j < latent; j++) {
        float pull = (float) weight[j];
        float deviation = spread[first + j];
        float slope = sampleGradient[first + j];
        gradient[means + j] = slope + pull * head[means + j];
        gradient[means + latent + j] =
            0.5f * (slope * noise[first + j] * deviation + pull * (deviation * deviation - 1));
      }
    }
  }

  @Override
  public void residual(
      float[] y, float[] p, int bias, float[] x, int rows, int columns, float[] squares) {
    clear(squares, 0, columns);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        float difference = y[start + j] + p[bias + j] - x[start + j];
        y[start + j] = difference;
        squares[j] += difference * difference;
      }
    }
  }

  @Override
  public void scaleColumns(float[] y, int rows, int columns, float[] weight) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int j = 0; j < columns; j++) {
        y[start + j] *= weight[j];
      }
    }
  }

  @Override
  public void normalise(
      float[] z,
      int rows,
      int columns,
      float[] p,
      int gain,
      int shift,
      float[] normal,
      float[] inverse) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += z[start + j];
      }
      float mean = sum / columns;
      float squares = 0;
      for (int j = 0; j < columns; j++) {
        float difference = z[start + j] - mean;
        squares += difference * difference;
      }
      float scale = (float) (1 / Math.sqrt(squares / columns + NORM_EPSILON));
      inverse[row] = scale;
      for (int j = 0; j < columns; j++) {
        float value = (z[start + j] - mean) * scale;
        normal[start + j] = value;
        z[start + j] = value * p[gain + j] + p[shift + j];
      }
    }
  }

  @Override
  public void normaliseGradient(
      float[] gradient,
      int rows,
      int columns,
      float[] p,
      int gain,
      int shift,
      float[] normal,
      float[] inverse,
      float[] g) {
    clear(g, gain, columns);
    columnSums(gradient, rows, columns, g, shift);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      float sum = 0;
      float product = 0;
      for (int j = 0; j < columns; j++) {
        g[gain + j] += gradient[start + j] * normal[start + j];
        float slope = gradient[start + j] * p[gain + j];
        gradient[start + j] = slope;
        sum += slope;
        product += slope * normal[start + j];
      }
      float mean = sum / columns;
      float along = product / columns;
      for (int j = 0; j < columns; j++) {
        gradient[start + j] =
            inverse[row] * (gradient[start + j] - mean - normal[start + j] * along);
      }
    }
  }

  @Override
  public void add(float[] into, float[] from, int first, int end) {
    for (int i = first; i < end; i++) {
      into[i] += from[i];
    }
  }

  @Override
  public double sumOfSquares(float[] a, int first, int end) {
    // Eight independent sums, so that additions can overlap.
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
      float[] p,
      float[] g,
      float[] m,
      float[] v,
      int first,
      int end,
      double scale,
      AdamOptions options,
      double rate,
      double root,
      double keep) {
    float factor = (float) scale;
    float beta1 = (float) options.beta1();
    float beta2 = (float) options.beta2();
    float new1 = (float) (1 - options.beta1());
    float new2 = (float) (1 - options.beta2());
    float epsilon = (float) options.epsilon();
    float step = (float) rate;
    float correction = (float) root;
    float kept = (float) keep;
    for (int i = first; i < end; i++) {
      float slope = g[i] * factor;
      float moment = beta1 * m[i] + new1 * slope;
      float square = beta2 * v[i] + new2 * slope * slope;
      m[i] = moment;
      v[i] = square;
      p[i] = kept * p[i] - step * moment / ((float) Math.sqrt(square) * correction + epsilon);
    }
  }

  private record Memory(INDArray memory, FloatPointer pointer, boolean whole)
      implements NativeBuffer<float[]> {
    @Override
    public NativeBuffer<float[]> from(int element) {
      return new Memory(
          memory, new FloatPointer(pointer).position(pointer.position() + element), false);
    }

    @Override
    public void put(float[] array, int offset, int length) {
      pointer.put(array, offset, length);
    }

    @Override
    public void get(float[] array, int offset, int length) {
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
