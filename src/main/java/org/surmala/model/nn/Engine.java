package org.surmala.model.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network step by step. A batch is split into shards of a fixed number of rows, each with
 * its own gradient, and the gradients are added in shard order: the number of threads changes the
 * time, not the result. No step allocates memory.
 *
 * <p>A step is {@link #forward}, {@link #backward}, {@link #update}. Not safe for use by several
 * threads.
 *
 * @param <A> float[] or double[]
 */
public abstract class Engine<A> implements AutoCloseable {
  public final Kernels<A> kernels;
  private final int batch;
  private final int shardRows;
  private final int size;
  private final ParallelFor parallel;
  private final Parameters<A> parameters;
  private final List<A> gradients = new ArrayList<>();

  private final IntConsumer forwardPart = this::runForward;
  private final IntConsumer backwardPart = this::runBackward;

  private int rows;
  private SeededRandom @Nullable [] streams;
  private double reconstruction;
  private double divergence;
  private double total;

  /**
   * An engine with all parameters 0; set them and call {@link #parametersChanged}.
   *
   * @param weights number of weights, which are the first parameters
   * @param count number of all parameters
   * @param batch largest batch, in rows
   * @param shardRows rows per shard, the work of one thread
   */
  public Engine(
      Kernels<A> kernels, int weights, int count, int batch, int shardRows, ParallelFor parallel) {
    this.kernels = kernels;
    size = count;
    this.batch = batch;
    this.shardRows = shardRows;
    this.parallel = parallel;
    parameters = new Parameters<>(kernels, weights, count, parallel);
    for (int first = 0; first < batch; first += shardRows) {
      gradients.add(kernels.array(count));
    }
  }

  /** Computes a shard's share of the loss, from its first {@code count} rows. */
  public abstract void forwardShard(int shard, int count, @Nullable SeededRandom stream);

  /** Sums the shards' losses: sets reconstruction and divergence by {@link #setLoss}. */
  public abstract void combine(int used, int rows, double beta);

  /** Computes a shard's gradient. */
  public abstract void backwardShard(int shard, int count);

  /** Sets one row of the batch, already preprocessed. */
  public abstract void setRow(int row, float[] values);

  /** Number of operations of a pass over a number of rows; it decides if threads are worthwhile. */
  public long operations(int count) {
    return Long.MAX_VALUE / 2;
  }

  /** New memory for the blocks of a shard. */
  public final ShardMemory<A> memory(int shard) {
    return new ShardMemory<>(
        kernels, parameters.values(), weights(), gradient(shard), kernels.array(size));
  }

  /** The weights in native memory. */
  public final NativeBuffer<A> weights() {
    return parameters.memory();
  }

  /** A shard's gradient with respect to all parameters. */
  public final A gradient(int shard) {
    return gradients.get(shard);
  }

  /** Sets a shard's gradient to 0. */
  public final void clearGradient(int shard) {
    kernels.clear(gradients.get(shard), 0, size);
  }

  /** Adds the values of an array to a sum. */
  public final void addTo(double[] sum, A values) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += kernels.get(values, j);
    }
  }

  /** Sets the first values of an array. */
  public final void set(A into, double[] values) {
    for (int j = 0; j < values.length; j++) {
      kernels.set(into, j, values[j]);
    }
  }

  /** Largest batch, in rows. */
  public final int batch() {
    return batch;
  }

  /** Largest number of rows of a shard. */
  public final int mostRows(int shard) {
    return Math.min(shardRows, batch - shard * shardRows);
  }

  /** The shard of a batch row. */
  public final int shardOf(int row) {
    return row / shardRows;
  }

  /** The row's index within its shard. */
  public final int rowInShard(int row) {
    return row % shardRows;
  }

  /** Sets the loss of a batch, with the term that is added to reconstruction and divergence. */
  public final void setLoss(
      double newReconstruction, double newDivergence, double beta, double term) {
    reconstruction = newReconstruction;
    divergence = newDivergence;
    total = newReconstruction + beta * newDivergence + term;
  }

  /** All parameters; {@link #parametersChanged} must follow a change. */
  public final A parameters() {
    return parameters.values();
  }

  /** Must be called after the parameters have changed. */
  public final void parametersChanged() {
    parameters.changed();
  }

  /** The gradient with respect to all parameters, after {@link #backward}. */
  public final A gradient() {
    return gradients.get(0);
  }

  /** Number of shards of a full batch; each needs a noise stream. */
  public final int shards() {
    return gradients.size();
  }

  /** Mean reconstruction loss per row of the last batch. */
  public final double reconstruction() {
    return reconstruction;
  }

  /** Mean divergence per row of the last batch, nats; 0 without a posterior. */
  public final double divergence() {
    return divergence;
  }

  /** Mean loss per row of the last batch. */
  public final double total() {
    return total;
  }

  /**
   * Computes the loss of the first {@code count} rows.
   *
   * @param draw one random stream per shard for noise; null to use the last noise
   */
  public final void forward(int count, double beta, SeededRandom @Nullable [] draw) {
    if (count < 1 || count > batch) {
      throw new IllegalArgumentException("a batch of " + count + " rows, not 1 to " + batch);
    }
    rows = count;
    streams = draw;
    parallel.run(usedShards(), operations(rows), forwardPart);
    combine(usedShards(), rows, beta);
  }

  /** Computes the gradient of the last batch's loss. */
  public void backward() {
    parallel.run(usedShards(), 2 * operations(rows), backwardPart);
    parameters.sum(gradients, usedShards());
  }

  /**
   * Takes a step of Adam.
   *
   * @param decay decoupled weight decay; biases, gains and shifts have none
   * @param clip largest norm of the gradient, which is scaled down to it; infinite for no limit
   */
  public final void update(AdamOptions options, double learningRate, double decay, double clip) {
    parameters.update(gradients, options, learningRate, decay, clip);
  }

  private int usedShards() {
    return (rows + shardRows - 1) / shardRows;
  }

  private int rowsOf(int shard) {
    return Math.min(shardRows, rows - shard * shardRows);
  }

  private void runForward(int shard) {
    SeededRandom[] drawn = streams;
    forwardShard(shard, rowsOf(shard), drawn == null ? null : drawn[shard]);
  }

  private void runBackward(int shard) {
    backwardShard(shard, rowsOf(shard));
  }

  @Override
  public void close() {
    parameters.close();
  }
}
