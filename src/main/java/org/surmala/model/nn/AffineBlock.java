package org.surmala.model.nn;

import org.jspecify.annotations.Nullable;

/**
 * An affine map of rows.
 *
 * @param <A> float[] or double[]
 */
public final class AffineBlock<A> extends Block<A> {
  private final int inputs;
  private final NativeBuffer<A> in;
  private final NativeBuffer<A> out;
  private final NativeBuffer<A> gradient;
  private final NativeBuffer<A> back;

  public AffineBlock(ShardMemory<A> memory, int most, Layer layer) {
    super(memory, most, layer, layer.outputs());
    inputs = layer.inputs();
    in = buffer(most * inputs);
    out = buffer(most * outputs);
    gradient = buffer(inputs * outputs);
    back = buffer(most * inputs);
  }

  @Override
  public void multiply(A from, int rows) {
    in.put(from, 0, rows * inputs);
    memory.kernels().gemm(false, false, rows, outputs, inputs, in, weights, out);
    out.get(value, 0, rows * outputs);
  }

  @Override
  public void multiplyBack(A from, @Nullable A inSlope, int rows) {
    // The input is still in native memory from the forward pass.
    out.put(slope, 0, rows * outputs);
    memory.kernels().gemm(true, false, inputs, outputs, rows, in, out, gradient);
    addGradient(gradient);
    if (inSlope != null) {
      memory.kernels().gemm(false, true, rows, inputs, outputs, out, weights, back);
      back.get(inSlope, 0, rows * inputs);
    }
  }
}
