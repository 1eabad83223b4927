package org.surmala.model.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.dense.DenseEngine;

/**
 * Trains a network of {@link Block}s. As in {@link DenseEngine}, a batch is split into shards of a
 * fixed number of rows, each with its own gradient, and the gradients are added in shard order: the
 * number of threads changes the time, not the result. No step allocates memory.
 *
 * <p>A step is {@link #forward}, {@link #backward}, {@link #update}. Not safe for use by several
 * threads.
 *
 * @param <A> float[] or double[]
 */
public abstract class BlockEngine<A> implements Engine<A> {
  public final Kernels<A> kernels;
  private final int batch;
  private final int shardRows;
  private final int size;
  private final ParallelFor parallel;
  private final Parameters<A> parameters;
  private final List<A> gradients = new ArrayList<>();
  private final List<ShardMemory<A>> shards = new ArrayList<>();

  private final ParallelFor.Part forwardPart = this::runForward;
  private final ParallelFor.Part backwardPart = this::runBackward;

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
  public BlockEngine(
      Kernels<A> kernels, int weights, int count, int batch, int shardRows, ParallelFor parallel) {
    this.kernels = kernels;
    size = count;
    this.batch = batch;
    this.shardRows = shardRows;
    this.parallel = parallel;
    parameters = new Parameters<>(kernels, weights, count, parallel);
    for (int first = 0; first < batch; first += shardRows) {
      A gradient = kernels.array(count);
      gradients.add(gradient);
      shards.add(
          new ShardMemory<>(
              kernels, parameters.values(), parameters.memory(), gradient, kernels.array(count)));
    }
  }

  /** Computes a shard's share of the loss, from its first {@code count} rows. */
  public abstract void forwardShard(int shard, int count, @Nullable SeededRandom stream);

  /** Sums the shards' losses: sets reconstruction and divergence by {@link #setLoss}. */
  public abstract void combine(int used, int rows, double beta);

  /** Adds a shard's gradient to its memory, which is 0 before. */
  public abstract void backwardShard(int shard, int count);

  /** Sets one row of the batch, already preprocessed. */
  public abstract void setRow(int row, float[] values);

  public final ShardMemory<A> memory(int shard) {
    return shards.get(shard);
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

  public final void setLoss(double newReconstruction, double newDivergence, double beta) {
    reconstruction = newReconstruction;
    divergence = newDivergence;
    total = newReconstruction + beta * newDivergence;
  }

  /** All parameters; {@link #parametersChanged} must follow a change. */
  @Override
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

  @Override
  public final int shards() {
    return shards.size();
  }

  @Override
  public final double reconstruction() {
    return reconstruction;
  }

  @Override
  public final double divergence() {
    return divergence;
  }

  @Override
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
    parallel.run(usedShards(), forwardPart);
    combine(usedShards(), rows, beta);
  }

  @Override
  public final void backward() {
    parallel.run(usedShards(), backwardPart);
    parameters.sum(gradients, usedShards());
  }

  @Override
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
    kernels.clear(shards.get(shard).gradient(), 0, size);
    backwardShard(shard, rowsOf(shard));
  }

  @Override
  public void close() {
    parameters.close();
  }
}
