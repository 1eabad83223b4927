package org.surmala.model.conv;

import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.Block;
import org.surmala.model.nn.ConvShape;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
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
  private final A unfolded;
  private final NativeBuffer<A> in;
  private final NativeBuffer<A> windows;
  private final NativeBuffer<A> gradient;
  private final NativeBuffer<A> back;

  TransposedConvBlock(ShardMemory<A> memory, int most, Layer layer, ConvShape shape) {
    super(memory, most, layer, shape.values());
    this.shape = shape;
    filters = layer.inputs();
    unfolded = memory.kernels().array(shape.windows() * shape.windowValues());
    in = buffer(shape.windows() * filters);
    windows = buffer(shape.windows() * shape.windowValues());
    gradient = buffer(shape.windowValues() * filters);
    back = buffer(shape.windows() * filters);
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
      addGradient(gradient);
      if (inSlope != null) {
        kernels.gemm(false, true, count, filters, width, windows, weights, back);
        back.get(inSlope, row * count * filters, count * filters);
      }
    }
  }
}
