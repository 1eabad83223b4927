package org.surmala.model.nn;

import org.jspecify.annotations.Nullable;

/**
 * One layer as one shard works on it: from rows of values to rows of values, and from the loss's
 * gradient by those to that by these and by its parameters, which it adds to the shard's gradient.
 *
 * @param <A> float[] or double[]
 */
public abstract class Block<A> implements AutoCloseable {
  /** Memory and arithmetic of a shard. */
  public final ShardMemory<A> memory;

  /** Values of a row that it gives. */
  public final int outputs;

  /** What it gave last, row by row. */
  public final A value;

  /**
   * The loss's gradient by {@link #value}: to be filled before {@link #backward}, which uses it up.
   */
  public final A slope;

  private final @Nullable Activation activation;
  private final int bias;
  private final int biases;

  /**
   * @param most rows at a time
   * @param outputs values of a row, a multiple of {@code biases}: each bias counts for every {@code
   *     biases}-th of them
   * @param activation what follows; null for nothing
   */
  public Block(
      ShardMemory<A> memory,
      int most,
      int outputs,
      int bias,
      int biases,
      @Nullable Activation activation) {
    this.memory = memory;
    this.outputs = outputs;
    this.bias = bias;
    this.biases = biases;
    this.activation = activation;
    value = memory.kernels().array(most * outputs);
    slope = memory.kernels().array(most * outputs);
  }

  /** Computes {@link #value}. */
  public final void forward(A in, int rows) {
    multiply(in, rows);
    Kernels<A> kernels = memory.kernels();
    kernels.addBias(value, rows * outputs / biases, biases, memory.parameters(), bias);
    if (activation != null) {
      kernels.activate(activation, value, rows * outputs);
    }
  }

  /**
   * Adds to the gradient by the parameters.
   *
   * @param in what {@link #forward} was given
   * @param inSlope receives the gradient by it; null when nobody needs it
   */
  public final void backward(A in, @Nullable A inSlope, int rows) {
    Kernels<A> kernels = memory.kernels();
    if (activation != null) {
      kernels.activationGradient(activation, value, slope, rows * outputs);
    }
    kernels.columnSums(slope, rows * outputs / biases, biases, memory.scratch(), bias);
    kernels.add(memory.gradient(), memory.scratch(), bias, bias + biases);
    multiplyBack(in, inSlope, rows);
  }

  /** Sets {@link #value} to the product of input and weights. */
  public abstract void multiply(A in, int rows);

  /** Adds the weights' gradient, and gives that by the input. */
  public abstract void multiplyBack(A in, @Nullable A inSlope, int rows);

  /** Adds what a product left in native memory to the gradient from a weight on. */
  public final void addGradient(NativeBuffer<A> product, int weight, int count) {
    product.get(memory.scratch(), weight, count);
    memory.kernels().add(memory.gradient(), memory.scratch(), weight, weight + count);
  }

  /** Frees native memory. */
  @Override
  public abstract void close();
}
