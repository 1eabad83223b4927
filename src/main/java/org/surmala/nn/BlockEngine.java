package org.surmala.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network of {@link Block}s. As in {@link DenseEngine}, a batch is cut into shards of a
 * fixed number of rows, each with a gradient of its own, which are added in the shards' order, so
 * that the number of threads changes the time and not the result; and no step allocates.
 *
 * <p>A step is {@link #forward}, {@link #backward}, {@link #update}. Not safe for use by several
 * threads.
 *
 * @param <A> float[] or double[]
 */
abstract class BlockEngine<A> implements AutoCloseable {
  /** Parts of the parameters that the optimiser works on at a time. */
  private static final int PARTS = 8;

  final Kernels<A> kernels;
  private final int batch;
  private final int shardRows;
  private final int weights;
  private final int parameters;
  private final Crew crew;
  private final A p;
  private final A m;
  private final A v;
  private final Twin<A> weightMemory;
  private final int[] partStart = new int[PARTS + 2];
  private final List<Twin<A>> partMemory = new ArrayList<>();
  private final double[] partSquares = new double[PARTS + 1];
  private final List<ShardMemory<A>> shards = new ArrayList<>();

  private final Crew.Part forwardPart = this::runForward;
  private final Crew.Part backwardPart = this::runBackward;
  private final Crew.Part reducePart = this::reduce;
  private final Crew.Part squaresPart = this::sumSquares;
  private final Crew.Part adamPart = this::adam;

  private int rows;
  private Noise @Nullable [] streams;
  private double reconstruction;
  private double divergence;
  private double total;
  private int step;
  private AdamOptions adamOptions = AdamOptions.STANDARD;
  private double gradientScale;
  private double rate;
  private double root;
  private double keep;

  /**
   * An engine with all parameters 0; set them and call {@link #parametersChanged}.
   *
   * @param batch the most rows in a batch
   * @param shardRows of which one thread works on so many
   */
  BlockEngine(
      Kernels<A> kernels, int weights, int parameters, int batch, int shardRows, Crew crew) {
    this.kernels = kernels;
    this.weights = weights;
    this.parameters = parameters;
    this.batch = batch;
    this.shardRows = shardRows;
    this.crew = crew;
    p = kernels.array(parameters);
    m = kernels.array(parameters);
    v = kernels.array(parameters);
    weightMemory = kernels.twin(weights);
    for (int i = 0; i <= PARTS; i++) {
      partStart[i] = (int) ((long) weights * i / PARTS);
      partMemory.add(weightMemory.from(partStart[i]));
    }
    partStart[PARTS + 1] = parameters;
    for (int first = 0; first < batch; first += shardRows) {
      shards.add(
          new ShardMemory<>(
              kernels, p, weightMemory, kernels.array(parameters), kernels.array(parameters)));
    }
  }

  /** Computes a shard's share of the loss, from its first {@code count} rows. */
  abstract void forwardShard(int shard, int count, @Nullable Noise stream);

  /** Adds up the shards' shares: sets reconstruction and divergence by {@link #setLoss}. */
  abstract void combine(int used, int rows, double beta);

  /** Adds a shard's share of the gradient to its memory's, which is 0. */
  abstract void backwardShard(int shard, int count);

  /** Sets one row of the batch, already preprocessed. */
  abstract void setRow(int row, float[] values);

  final ShardMemory<A> memory(int shard) {
    return shards.get(shard);
  }

  /** Rows that a shard holds at most. */
  final int mostRows(int shard) {
    return Math.min(shardRows, batch - shard * shardRows);
  }

  /** The shard that a row of the batch is in. */
  final int shardOf(int row) {
    return row / shardRows;
  }

  /** And where in it. */
  final int rowInShard(int row) {
    return row % shardRows;
  }

  final void setLoss(double newReconstruction, double newDivergence, double beta) {
    reconstruction = newReconstruction;
    divergence = newDivergence;
    total = newReconstruction + beta * newDivergence;
  }

  /** All parameters; {@link #parametersChanged} must follow a change. */
  final A parameters() {
    return p;
  }

  /** Takes over changed parameters. */
  final void parametersChanged() {
    weightMemory.put(p, 0, weights);
  }

  /** The gradient by all parameters, after {@link #backward}. */
  final A gradient() {
    return shards.get(0).gradient();
  }

  /** Number of shards of a full batch: one stream of noise is needed for each. */
  final int shards() {
    return shards.size();
  }

  /** Mean reconstruction loss per row of the last batch. */
  final double reconstruction() {
    return reconstruction;
  }

  /** Mean divergence per row of the last batch, nats. */
  final double divergence() {
    return divergence;
  }

  /** Mean loss per row of the last batch. */
  final double total() {
    return total;
  }

  /**
   * Computes the loss of the first {@code count} rows.
   *
   * @param draw one stream for each shard to draw noise from; null to use what was drawn last
   */
  final void forward(int count, double beta, Noise @Nullable [] draw) {
    if (count < 1 || count > batch) {
      throw new IllegalArgumentException("a batch of " + count + " rows, not 1 to " + batch);
    }
    rows = count;
    streams = draw;
    crew.run(usedShards(), forwardPart);
    combine(usedShards(), rows, beta);
  }

  /** Computes the gradient of the last batch's loss. */
  final void backward() {
    crew.run(usedShards(), backwardPart);
    if (usedShards() > 1) {
      crew.run(PARTS + 1, reducePart);
    }
  }

  /** Euclidean norm of the gradient. */
  final double gradientNorm() {
    crew.run(PARTS + 1, squaresPart);
    double sum = 0;
    for (double part : partSquares) {
      sum += part;
    }
    return Math.sqrt(sum);
  }

  /**
   * Takes a step of Adam.
   *
   * @param decay decoupled weight decay; biases do not decay
   * @param clip the gradient's norm is scaled down to this where it is greater; infinite for never
   */
  final void update(AdamOptions options, double learningRate, double decay, double clip) {
    step++;
    adamOptions = options;
    gradientScale = 1;
    if (clip < Double.POSITIVE_INFINITY) {
      double norm = gradientNorm();
      gradientScale = norm > clip ? clip / norm : 1;
    }
    rate = learningRate / (1 - StrictMath.pow(options.beta1(), step));
    root = 1 / Math.sqrt(1 - StrictMath.pow(options.beta2(), step));
    keep = 1 - learningRate * decay;
    crew.run(PARTS + 1, adamPart);
  }

  private int usedShards() {
    return (rows + shardRows - 1) / shardRows;
  }

  private int rowsOf(int shard) {
    return Math.min(shardRows, rows - shard * shardRows);
  }

  private void runForward(int shard) {
    Noise[] drawn = streams;
    forwardShard(shard, rowsOf(shard), drawn == null ? null : drawn[shard]);
  }

  private void runBackward(int shard) {
    kernels.clear(shards.get(shard).gradient(), 0, parameters);
    backwardShard(shard, rowsOf(shard));
  }

  private void reduce(int part) {
    for (int s = 1; s < usedShards(); s++) {
      kernels.add(gradient(), shards.get(s).gradient(), partStart[part], partStart[part + 1]);
    }
  }

  private void sumSquares(int part) {
    partSquares[part] = kernels.sumOfSquares(gradient(), partStart[part], partStart[part + 1]);
  }

  private void adam(int part) {
    int first = partStart[part];
    int end = partStart[part + 1];
    kernels.adam(
        p,
        gradient(),
        m,
        v,
        first,
        end,
        gradientScale,
        adamOptions,
        rate,
        root,
        part < PARTS ? keep : 1);
    if (part < PARTS) {
      partMemory.get(part).put(p, first, end - first);
    }
  }

  @Override
  public void close() {
    weightMemory.close();
  }
}
