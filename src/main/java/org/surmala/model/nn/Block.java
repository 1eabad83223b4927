package org.surmala.model.nn;

import java.util.ArrayList;
import java.util.List;
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

  /** The layer's weights in native memory. */
  public final NativeBuffer<A> weights;

  private final Layer layer;
  private final int biases;
  private final List<NativeBuffer<A>> buffers = new ArrayList<>();

  /**
   * @param most largest number of rows
   * @param outputs values of an output row, a multiple of the layer's biases: each bias applies to
   *     every {@code biases}-th value
   */
  public Block(ShardMemory<A> memory, int most, Layer layer, int outputs) {
    this.memory = memory;
    this.outputs = outputs;
    this.layer = layer;
    biases = layer.biases();
    weights = memory.weights().from(layer.weight());
    value = memory.kernels().array(most * outputs);
    slope = memory.kernels().array(most * outputs);
  }

  /** Computes {@link #value}. */
  public final void forward(A in, int rows) {
    multiply(in, rows);
    Kernels<A> kernels = memory.kernels();
    kernels.addBias(value, rows * outputs / biases, biases, memory.parameters(), layer.bias());
    if (layer.activation() != null) {
      kernels.activate(layer.activation(), value, rows * outputs);
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
    if (layer.activation() != null) {
      kernels.activationGradient(layer.activation(), value, slope, rows * outputs);
    }
    int bias = layer.bias();
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

  /** Adds a product in native memory to the gradient of the weights. */
  public final void addGradient(NativeBuffer<A> product) {
    int first = layer.weight();
    int count = layer.inputs() * layer.outputs();
    product.get(memory.scratch(), first, count);
    memory.kernels().add(memory.gradient(), memory.scratch(), first, first + count);
  }

  /** Native memory for a number of values, freed with the block. */
  public final NativeBuffer<A> buffer(int values) {
    NativeBuffer<A> buffer = memory.kernels().buffer(values);
    buffers.add(buffer);
    return buffer;
  }

  /** Frees native memory. */
  @Override
  public final void close() {
    buffers.forEach(NativeBuffer::close);
  }
}
