package org.surmala.model.conv;

import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.Block;
import org.surmala.model.nn.ConvShape;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NativeBuffer;
import org.surmala.model.nn.ShardMemory;

/**
 * A strided convolution, image by image: the windows of the image as the rows of a matrix (im2col),
 * times the filters. The windows of a whole batch would not fit into the processor's cache.
 *
 * @param <A> float[] or double[]
 */
final class ConvBlock<A> extends Block<A> {
  private final ConvShape shape;
  private final int filters;
  private final A unfolded;
  private final NativeBuffer<A> windows;
  private final NativeBuffer<A> out;
  private final NativeBuffer<A> gradient;
  private final NativeBuffer<A> back;

  ConvBlock(ShardMemory<A> memory, int most, Layer layer, ConvShape shape) {
    super(memory, most, layer, shape.windows() * layer.outputs());
    this.shape = shape;
    filters = layer.outputs();
    unfolded = memory.kernels().array(shape.windows() * shape.windowValues());
    windows = buffer(shape.windows() * shape.windowValues());
    out = buffer(shape.windows() * filters);
    gradient = buffer(shape.windowValues() * filters);
    back = buffer(shape.windows() * shape.windowValues());
  }

  @Override
  public void multiply(A in, int rows) {
    for (int row = 0; row < rows; row++) {
      unfold(in, row);
      memory
          .kernels()
          .gemm(
              false, false, shape.windows(), filters, shape.windowValues(), windows, weights, out);
      out.get(value, row * outputs, outputs);
    }
  }

  @Override
  public void multiplyBack(A in, @Nullable A inSlope, int rows) {
    Kernels<A> kernels = memory.kernels();
    int count = shape.windows();
    int width = shape.windowValues();
    if (inSlope != null) {
      kernels.clear(inSlope, 0, rows * shape.values());
    }
    for (int row = 0; row < rows; row++) {
      unfold(in, row);
      out.put(slope, row * outputs, outputs);
      kernels.gemm(true, false, width, filters, count, windows, out, gradient);
      addGradient(gradient);
      if (inSlope != null) {
        kernels.gemm(false, true, count, width, filters, out, weights, back);
        back.get(unfolded, 0, count * width);
        kernels.fold(shape, unfolded, inSlope, row * shape.values());
      }
    }
  }

  private void unfold(A in, int row) {
    memory.kernels().unfold(shape, in, row * shape.values(), unfolded);
    windows.put(unfolded, 0, shape.windows() * shape.windowValues());
  }
}
