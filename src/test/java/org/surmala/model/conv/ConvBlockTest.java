package org.surmala.model.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.model.nn.ConvShape;
import org.surmala.model.nn.DoubleKernels;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NativeBuffer;
import org.surmala.model.nn.SeededRandom;
import org.surmala.model.nn.ShardMemory;

/** Convolutions by im2col and gemm against direct loops that follow their definition. */
final class ConvBlockTest {
  private static final int ROWS = 2;

  @ParameterizedTest
  @CsvSource({
    // height, width, channels, kernel, stride, filters
    "5, 7, 1, 3, 2, 4",
    "6, 6, 3, 3, 2, 2",
    "8, 5, 2, 4, 2, 3",
    "5, 5, 2, 5, 1, 3",
    "4, 9, 3, 2, 2, 2",
    "3, 3, 1, 1, 1, 2",
    "7, 4, 2, 3, 3, 2"
  })
  void givenImages_whenConvolved_thenValuesAreThoseOfDirectLoops(
      int height, int width, int channels, int kernel, int stride, int filters) {
    ConvShape shape = new ConvShape(height, width, channels, kernel, stride);
    int weights = shape.windowValues() * filters;
    Kernels<double[]> kernels = DoubleKernels.create();
    double[] p = random(weights + filters, 1);
    double[] images = random(ROWS * shape.values(), 2);
    try (NativeBuffer<double[]> memory = kernels.buffer(weights);
        ConvBlock<double[]> block =
            new ConvBlock<>(
                memory(kernels, p, memory),
                ROWS,
                layer(shape, false, shape.windowValues(), filters),
                shape)) {
      memory.put(p, 0, weights);
      block.forward(images, ROWS);
      int at = 0;
      for (int image = 0; image < ROWS; image++) {
        for (int row = 0; row < shape.windowRows(); row++) {
          for (int column = 0; column < shape.windowColumns(); column++) {
            for (int f = 0; f < filters; f++) {
              double sum = p[weights + f];
              for (int dy = 0; dy < kernel; dy++) {
                for (int dx = 0; dx < kernel; dx++) {
                  int y = row * stride - (kernel - 1) / 2 + dy;
                  int x = column * stride - (kernel - 1) / 2 + dx;
                  for (int c = 0; c < channels && inside(y, height) && inside(x, width); c++) {
                    sum +=
                        images[((image * height + y) * width + x) * channels + c]
                            * p[((dy * kernel + dx) * channels + c) * filters + f];
                  }
                }
              }
              assertThat(block.value[at++]).isCloseTo(sum, within(1e-12));
            }
          }
        }
      }
      assertThat(at).isEqualTo(block.value.length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, 7, 1, 3, 2, 4",
    "6, 6, 3, 3, 2, 2",
    "8, 5, 2, 4, 2, 3",
    "5, 5, 2, 5, 1, 3",
    "4, 9, 3, 2, 2, 2",
    "7, 4, 2, 3, 3, 2"
  })
  void givenPlaces_whenConvolvedTransposed_thenValuesAreThoseOfDirectLoops(
      int height, int width, int channels, int kernel, int stride, int filters) {
    ConvShape shape = new ConvShape(height, width, channels, kernel, stride);
    int weights = shape.windowValues() * filters;
    Kernels<double[]> kernels = DoubleKernels.create();
    double[] p = random(weights + channels, 3);
    double[] places = random(ROWS * shape.windows() * filters, 4);
    double[] expected = new double[ROWS * shape.values()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = p[weights + i % channels];
    }
    for (int image = 0; image < ROWS; image++) {
      for (int window = 0; window < shape.windows(); window++) {
        for (int f = 0; f < filters; f++) {
          double value = places[(image * shape.windows() + window) * filters + f];
          for (int dy = 0; dy < kernel; dy++) {
            for (int dx = 0; dx < kernel; dx++) {
              int y = window / shape.windowColumns() * stride - (kernel - 1) / 2 + dy;
              int x = window % shape.windowColumns() * stride - (kernel - 1) / 2 + dx;
              for (int c = 0; c < channels && inside(y, height) && inside(x, width); c++) {
                expected[((image * height + y) * width + x) * channels + c] +=
                    value * p[f * shape.windowValues() + (dy * kernel + dx) * channels + c];
              }
            }
          }
        }
      }
    }
    try (NativeBuffer<double[]> memory = kernels.buffer(weights);
        TransposedConvBlock<double[]> block =
            new TransposedConvBlock<>(
                memory(kernels, p, memory),
                ROWS,
                layer(shape, true, filters, shape.windowValues()),
                shape)) {
      memory.put(p, 0, weights);
      block.forward(places, ROWS);
      assertThat(block.value).hasSize(expected.length).containsExactly(expected, within(1e-12));
    }
  }

  private static Layer layer(ConvShape shape, boolean transposed, int inputs, int outputs) {
    return new Layer(
        "layer", shape, transposed, inputs, outputs, false, false, null, 0, inputs * outputs);
  }

  private static ShardMemory<double[]> memory(
      Kernels<double[]> kernels, double[] p, NativeBuffer<double[]> weights) {
    return new ShardMemory<>(kernels, p, weights, new double[p.length], new double[p.length]);
  }

  private static boolean inside(int place, int length) {
    return place >= 0 && place < length;
  }

  private static double[] random(int count, long seed) {
    SeededRandom noise = new SeededRandom(seed, 0);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = noise.gaussian();
    }
    return values;
  }
}
