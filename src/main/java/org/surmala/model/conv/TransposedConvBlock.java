package org.surmala.model.conv;

import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.Block;
import org.surmala.model.nn.ConvShape;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.NativeBuffer;
import org.surmala.model.nn.ShardMemory;

/**
 * A transposed convolution: the values at each position times the filters give a window, and the
 * windows are summed into an image (col2im). It is the transpose of the {@link ConvBlock} of the
 * same shape.
 *
 * @param <A> float[] or double[]
 */
final class TransposedConvBlock<A> extends Block<A> {
  private final ConvShape shape;
  private final int filters;
  private final int weight;
  private final NativeBuffer<A> weights;
  private final A unfolded;
  private final NativeBuffer<A> in;
  private final NativeBuffer<A> windows;
  private final NativeBuffer<A> gradient;
  private final NativeBuffer<A> back;

  /**
   * @param filters input values per position
   */
  TransposedConvBlock(
      ShardMemory<A> memory,
      int most,
      ConvShape shape,
      int filters,
      int weight,
      int bias,
      @Nullable Activation activation) {
    super(memory, most, shape.values(), bias, shape.channels(), activation);
    this.shape = shape;
    this.filters = filters;
    this.weight = weight;
    Kernels<A> kernels = memory.kernels();
    weights = memory.weights().from(weight);
    unfolded = kernels.array(shape.windows() * shape.windowValues());
    in = kernels.buffer(shape.windows() * filters);
    windows = kernels.buffer(shape.windows() * shape.windowValues());
    gradient = kernels.buffer(shape.windowValues() * filters);
    back = kernels.buffer(shape.windows() * filters);
  }

  @Override
  public void multiply(A from, int rows) {
    Kernels<A> kernels = memory.kernels();
    int count = shape.windows();
    int width = shape.windowValues();
    kernels.clear(value, 0, rows * outputs);
    for (int row = 0; row < rows; row++) {
      in.put(from, row * count * filters, count * filters);
      kernels.gemm(false, false, count, width, filters, in, weights, windows);
      windows.get(unfolded, 0, count * width);
      kernels.fold(shape, unfolded, value, row * outputs);
    }
  }

  @Override
  public void multiplyBack(A from, @Nullable A inSlope, int rows) {
    Kernels<A> kernels = memory.kernels();
    int count = shape.windows();
    int width = shape.windowValues();
    for (int row = 0; row < rows; row++) {
      kernels.unfold(shape, slope, row * outputs, unfolded);
      windows.put(unfolded, 0, count * width);
      in.put(from, row * count * filters, count * filters);
      kernels.gemm(true, false, filters, width, count, in, windows, gradient);
      addGradient(gradient, weight, filters * width);
      if (inSlope != null) {
        kernels.gemm(false, true, count, filters, width, windows, weights, back);
        back.get(inSlope, row * count * filters, count * filters);
      }
    }
  }

  @Override
  public void close() {
    in.close();
    windows.close();
    gradient.close();
    back.close();
  }
}
