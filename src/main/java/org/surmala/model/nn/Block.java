package org.surmala.model.nn;

import org.jspecify.annotations.Nullable;

/**
 * One layer of one shard. The forward pass maps input rows to output rows. The backward pass maps
 * the gradient with respect to the output to the gradients with respect to the input and the
 * parameters, and adds the latter to the shard's gradient.
 *
 * @param <A> float[] or double[]
 */
public abstract class Block<A> implements AutoCloseable {
  /** Memory and arithmetic of a shard. */
  public final ShardMemory<A> memory;

  /** Number of values of an output row. */
  public final int outputs;

  /** The last output, row by row. */
  public final A value;

  /**
   * The gradient with respect to {@link #value}: fill it before {@link #backward}, which overwrites
   * it.
   */
  public final A slope;

  private final @Nullable Activation activation;
  private final int bias;
  private final int biases;

  /**
   * @param most largest number of rows
   * @param outputs values of an output row, a multiple of {@code biases}: each bias applies to
   *     every {@code biases}-th value
   * @param activation activation function; null for none
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
   * Adds to the gradient with respect to the parameters.
   *
   * @param in the input of {@link #forward}
   * @param inSlope receives the gradient with respect to the input; null if it is not needed
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

  /**
   * Adds the gradient with respect to the weights, and sets the gradient with respect to the input.
   */
  public abstract void multiplyBack(A in, @Nullable A inSlope, int rows);

  /** Adds a product in native memory to the gradient, starting at a weight. */
  public final void addGradient(NativeBuffer<A> product, int weight, int count) {
    product.get(memory.scratch(), weight, count);
    memory.kernels().add(memory.gradient(), memory.scratch(), weight, weight + count);
  }

  /** Frees native memory. */
  @Override
  public abstract void close();
}
