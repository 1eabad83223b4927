package org.surmala.model.nn;

import org.jspecify.annotations.Nullable;

/**
 * An affine map of rows.
 *
 * @param <A> float[] or double[]
 */
public final class AffineBlock<A> extends Block<A> {
  private final int inputs;
  private final int weight;
  private final NativeBuffer<A> weights;
  private final NativeBuffer<A> in;
  private final NativeBuffer<A> out;
  private final NativeBuffer<A> gradient;
  private final NativeBuffer<A> back;

  public AffineBlock(
      ShardMemory<A> memory,
      int most,
      int inputs,
      int outputs,
      int weight,
      int bias,
      @Nullable Activation activation) {
    super(memory, most, outputs, bias, outputs, activation);
    this.inputs = inputs;
    this.weight = weight;
    Kernels<A> kernels = memory.kernels();
    weights = memory.weights().from(weight);
    in = kernels.buffer(most * inputs);
    out = kernels.buffer(most * outputs);
    gradient = kernels.buffer(inputs * outputs);
    back = kernels.buffer(most * inputs);
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
    addGradient(gradient, weight, inputs * outputs);
    if (inSlope != null) {
      memory.kernels().gemm(false, true, rows, inputs, outputs, out, weights, back);
      back.get(inSlope, 0, rows * inputs);
    }
  }

  @Override
  public void close() {
    in.close();
    out.close();
    gradient.close();
    back.close();
  }
}
