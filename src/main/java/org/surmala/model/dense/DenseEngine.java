package org.surmala.model.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.Engine;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NativeBuffer;
import org.surmala.model.nn.NetworkLayout;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.SeededRandom;

/**
 * Trains a dense autoencoder: the loss of a batch, its hand-written gradient with respect to every
 * parameter, and the optimiser's step. Matrix products run in BLAS; all other operations are fused,
 * in place, and allocate nothing.
 *
 * <p>This file is longer than others because the forward and backward pass of each layer share
 * buffers and order, and are read side by side.
 *
 * @param <A> float[] or double[]
 */
public final class DenseEngine<A> extends Engine<A> {
  /** Rows of a batch per thread. */
  static final int SHARD_ROWS = 64;

  private final DenseNetwork network;
  private final List<Layer> layers;
  private final Objective objective;
  private final @Nullable LatentLoss term;
  private final Posteriors posteriors;
  private final double[] own;
  private final double[] ownGradient;
  private final int ownFirst;
  private final int weights;
  private final A p;
  private final List<NativeBuffer<A>> weightOf = new ArrayList<>();
  private final List<Shard> shards = new ArrayList<>();

  private final double[] squares;
  private final double[] divergences;
  private final double[] outputWeight;
  private final double[] divergenceWeight;
  private final A outputWeights;

  private boolean training;
  private double termLoss;

  /** An engine without an additional loss term. */
  DenseEngine(
      Kernels<A> kernels,
      DenseNetwork network,
      Objective objective,
      int batch,
      ParallelFor parallel) {
    this(kernels, network, objective, batch, parallel, null);
  }

  /**
   * An engine with all parameters 0; set them and call {@link #parametersChanged}.
   *
   * @param batch largest batch, in rows
   * @param term an additional loss term of a variational network, whose own parameters follow the
   *     network's; null for none
   */
  DenseEngine(
      Kernels<A> kernels,
      DenseNetwork network,
      Objective objective,
      int batch,
      ParallelFor parallel,
      @Nullable LatentLoss term) {
    super(
        kernels,
        network.layout().weights(),
        network.layout().parameters() + (term == null ? 0 : term.parameters()),
        batch,
        SHARD_ROWS,
        parallel);
    if (term != null && !network.variational()) {
      throw new IllegalArgumentException("a loss term on posteriors needs a variational network");
    }
    this.network = network;
    this.objective = objective;
    this.term = term;
    NetworkLayout layout = network.layout();
    layers = layout.layers();
    weights = layout.weights();
    ownFirst = layout.parameters();
    posteriors = new Posteriors(term == null ? 0 : network.latent(), batch);
    own = new double[term == null ? 0 : term.parameters()];
    ownGradient = new double[own.length];
    p = parameters();
    for (Layer layer : layers) {
      weightOf.add(weights().from(layer.weight()));
    }
    squares = new double[network.input()];
    divergences = new double[network.latent()];
    outputWeight = new double[network.input()];
    divergenceWeight = new double[network.latent()];
    outputWeights = kernels.array(network.input());
    for (int shard = 0; shard < shards(); shard++) {
      shards.add(new Shard(mostRows(shard), gradient(shard)));
    }
  }

  @Override
  public long operations(int count) {
    return 2L * weights * count;
  }

  /** Sets a row of the batch: preprocessed values, followed by the condition. */
  @Override
  public void setRow(int row, float[] values) {
    Shard shard = shards.get(shardOf(row));
    int at = rowInShard(row);
    kernels.load(values, shard.x, at * network.input(), network.input());
    if (network.conditionSize() > 0) {
      int width = network.input() + network.conditionSize();
      kernels.load(values, shard.seen, at * width, width);
    }
  }

  /** Sets one value of the batch; columns after the input are the condition. */
  void setInput(int row, int column, double value) {
    Shard shard = shards.get(shardOf(row));
    int at = rowInShard(row);
    if (column < network.input()) {
      kernels.set(shard.x, at * network.input() + column, value);
    }
    kernels.set(shard.seen, at * (network.input() + network.conditionSize()) + column, value);
  }

  void setNoise(int row, int dimension, double value) {
    Shard shard = shards.get(shardOf(row));
    kernels.set(shard.noise, rowInShard(row) * network.latent() + dimension, value);
  }

  /**
   * Computes the loss of the first {@code count} rows.
   *
   * @param forTraining whether dropout applies
   * @param draw one random stream per shard for noise and dropout; null to use the noise that was
   *     set
   */
  void forward(int count, double beta, boolean forTraining, SeededRandom @Nullable [] draw) {
    training = forTraining;
    forward(count, beta, draw);
  }

  @Override
  public void combine(int used, int rows, double beta) {
    Arrays.fill(squares, 0);
    Arrays.fill(divergences, 0);
    for (int s = 0; s < used; s++) {
      Shard shard = shards.get(s);
      addTo(squares, shard.squares);
      for (int j = 0; j < divergences.length; j++) {
        divergences[j] += shard.divergence[j];
      }
    }
    double reconstruction = objective.reconstruction(squares, rows, outputWeight);
    set(outputWeights, outputWeight);
    double divergence = 0;
    termLoss = 0;
    LatentLoss further = term;
    if (further != null && further.isDivergence()) {
      Arrays.fill(divergenceWeight, 0);
      divergence = compute(further, rows, beta);
    } else if (network.variational()) {
      divergence = objective.divergence(divergences, rows, beta, divergenceWeight);
      termLoss = further == null ? 0 : compute(further, rows, 1);
    }
    setLoss(reconstruction, divergence, beta, termLoss);
  }

  private double compute(LatentLoss further, int rows, double weight) {
    int latent = network.latent();
    posteriors.begin(rows);
    for (int row = 0; row < rows; row++) {
      A head = shards.get(shardOf(row)).values.get(network.head());
      int first = rowInShard(row) * 2 * latent;
      for (int j = 0; j < latent; j++) {
        posteriors.mean[j][row] = kernels.get(head, first + j);
        posteriors.logVariance[j][row] = kernels.get(head, first + latent + j);
      }
    }
    for (int i = 0; i < own.length; i++) {
      own[i] = kernels.get(p, ownFirst + i);
    }
    return further.compute(posteriors, weight, own, ownGradient);
  }

  /** Mean per row of the additional loss term in the last batch, if it is not a divergence. */
  double termLoss() {
    return termLoss;
  }

  /** Adds the last batch's squared errors of each feature, and divergences of each dimension. */
  void addTo(double[] allSquares, double[] allDivergences) {
    for (int j = 0; j < squares.length; j++) {
      allSquares[j] += squares[j];
    }
    for (int j = 0; j < divergences.length; j++) {
      allDivergences[j] += divergences[j];
    }
  }

  @Override
  public void backward() {
    super.backward();
    for (int i = 0; i < own.length; i++) {
      kernels.set(gradient(), ownFirst + i, ownGradient[i]);
    }
  }

  @Override
  public void forwardShard(int index, int count, @Nullable SeededRandom stream) {
    Shard shard = shards.get(index);
    if (stream != null) {
      shard.draw(count, stream);
    }
    shard.inputs.get(0).put(shard.seen, 0, count * layers.get(0).inputs());
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      int outputs = layer.outputs();
      A value = shard.values.get(i);
      kernels.gemm(
          false,
          false,
          count,
          outputs,
          layer.inputs(),
          shard.inputs.get(i),
          weightOf.get(i),
          shard.result);
      shard.result.get(value, 0, count * outputs);
      if (layer.hidden()) {
        kernels.addBias(value, count, outputs, p, layer.bias());
        if (layer.normalised()) {
          kernels.normalise(
              value,
              count,
              outputs,
              p,
              layer.gain(),
              layer.shift(),
              shard.normals.get(i),
              shard.inverses.get(i));
        }
        kernels.activate(network.activation(), value, count * outputs);
        if (training && network.dropout() > 0) {
          kernels.multiply(value, shard.kept.get(i), shard.scratch, count * outputs);
          shard.inputs.get(i + 1).put(shard.scratch, 0, count * outputs);
        } else {
          shard.inputs.get(i + 1).put(value, 0, count * outputs);
        }
      } else if (i == network.head()) {
        kernels.addBias(value, count, outputs, p, layer.bias());
        if (network.variational()) {
          Arrays.fill(shard.divergence, 0);
          kernels.reparameterise(
              value,
              shard.noise,
              count,
              network.latent(),
              shard.spread,
              shard.sample,
              shard.divergence);
          appendCondition(shard, shard.sample, count);
        } else {
          appendCondition(shard, value, count);
        }
      } else {
        kernels.residual(value, p, layer.bias(), shard.x, count, outputs, shard.squares);
      }
    }
  }

  /** Sets the decoder's input: embeddings, each followed by the condition of its row. */
  private void appendCondition(Shard shard, A sample, int count) {
    int latent = network.latent();
    int conditionSize = network.conditionSize();
    NativeBuffer<A> input = shard.inputs.get(network.head() + 1);
    if (conditionSize == 0) {
      input.put(sample, 0, count * latent);
      return;
    }
    for (int row = 0; row < count; row++) {
      int into = row * (latent + conditionSize);
      int from = row * (network.input() + conditionSize) + network.input();
      for (int j = 0; j < latent; j++) {
        kernels.set(shard.joined, into + j, kernels.get(sample, row * latent + j));
      }
      for (int j = 0; j < conditionSize; j++) {
        kernels.set(shard.joined, into + latent + j, kernels.get(shard.seen, from + j));
      }
    }
    input.put(shard.joined, 0, count * (latent + conditionSize));
  }

  /** Removes the condition's columns from the gradient with respect to the decoder's input. */
  private void removeCondition(A gradient, int count) {
    int latent = network.latent();
    for (int row = 1; row < count; row++) {
      for (int j = 0; j < latent; j++) {
        double value = kernels.get(gradient, row * (latent + network.conditionSize()) + j);
        kernels.set(gradient, row * latent + j, value);
      }
    }
  }

  @Override
  public void backwardShard(int index, int count) {
    Shard shard = shards.get(index);
    int last = layers.size() - 1;
    A gradient = shard.values.get(last);
    kernels.scaleColumns(gradient, count, network.input(), outputWeights);
    kernels.columnSums(gradient, count, network.input(), shard.gradient, layers.get(last).bias());
    for (int i = last; i >= 0; i--) {
      Layer layer = layers.get(i);
      shard.slope.put(gradient, 0, count * layer.outputs());
      kernels.gemm(
          true,
          false,
          layer.inputs(),
          layer.outputs(),
          count,
          shard.inputs.get(i),
          shard.slope,
          shard.weightGradients.get(i));
      if (i == 0) {
        break;
      }
      kernels.gemm(
          false,
          true,
          count,
          layer.inputs(),
          layer.outputs(),
          shard.slope,
          weightOf.get(i),
          shard.result);
      Layer before = layers.get(i - 1);
      shard.result.get(shard.scratch, 0, count * layer.inputs());
      gradient = shard.scratch;
      if (i - 1 == network.head() && network.conditionSize() > 0) {
        removeCondition(gradient, count);
      }
      if (before.hidden()) {
        if (training && network.dropout() > 0) {
          kernels.multiply(gradient, shard.kept.get(i - 1), gradient, count * before.outputs());
        }
        kernels.activationGradient(
            network.activation(), shard.values.get(i - 1), gradient, count * before.outputs());
        if (before.normalised()) {
          kernels.normaliseGradient(
              gradient,
              count,
              before.outputs(),
              p,
              before.gain(),
              before.shift(),
              shard.normals.get(i - 1),
              shard.inverses.get(i - 1),
              shard.gradient);
        }
      } else if (network.variational()) {
        kernels.headGradient(
            shard.values.get(i - 1),
            shard.noise,
            shard.spread,
            gradient,
            divergenceWeight,
            count,
            network.latent(),
            shard.headGradient);
        gradient = shard.headGradient;
        if (term != null) {
          addTerm(index, count, gradient);
        }
      }
      kernels.columnSums(gradient, count, before.outputs(), shard.gradient, before.bias());
    }
    shard.weightGradient.get(shard.gradient, 0, weights);
  }

  private void addTerm(int index, int count, A gradient) {
    int latent = network.latent();
    for (int row = 0; row < count; row++) {
      int first = row * 2 * latent;
      int column = index * SHARD_ROWS + row;
      for (int j = 0; j < latent; j++) {
        int mean = first + j;
        int variance = mean + latent;
        kernels.set(
            gradient, mean, kernels.get(gradient, mean) + posteriors.meanGradient[j][column]);
        kernels.set(
            gradient,
            variance,
            kernels.get(gradient, variance) + posteriors.logVarianceGradient[j][column]);
      }
    }
  }

  @Override
  public void close() {
    super.close();
    shards.forEach(Shard::close);
  }

  /** The rows of a batch for one thread, with all buffers computed from them. */
  private final class Shard {
    final A x;
    final A seen;
    final A joined;
    final A noise;
    final A spread;
    final A sample;
    final A headGradient;
    final A scratch;
    final A squares;
    final A gradient;
    final double[] divergence;
    final List<A> values = new ArrayList<>();
    final List<A> normals = new ArrayList<>();
    final List<A> inverses = new ArrayList<>();
    final List<A> kept = new ArrayList<>();
    final List<NativeBuffer<A>> inputs = new ArrayList<>();
    final List<NativeBuffer<A>> weightGradients = new ArrayList<>();
    final NativeBuffer<A> weightGradient;
    final NativeBuffer<A> result;
    final NativeBuffer<A> slope;

    Shard(int most, A gradient) {
      int widest = network.input();
      for (Layer layer : layers) {
        widest = Math.max(widest, Math.max(layer.inputs(), layer.outputs()));
        boolean normalised = layer.normalised();
        boolean dropped = layer.hidden() && network.dropout() > 0;
        values.add(kernels.array(most * layer.outputs()));
        normals.add(kernels.array(normalised ? most * layer.outputs() : 0));
        inverses.add(kernels.array(normalised ? most : 0));
        kept.add(kernels.array(dropped ? most * layer.outputs() : 0));
        inputs.add(kernels.buffer(most * layer.inputs()));
      }
      x = kernels.array(most * network.input());
      boolean isConditional = network.conditionSize() > 0;
      seen = isConditional ? kernels.array(most * (network.input() + network.conditionSize())) : x;
      joined =
          kernels.array(isConditional ? most * (network.latent() + network.conditionSize()) : 0);
      noise = kernels.array(most * network.latent());
      spread = kernels.array(most * network.latent());
      sample = kernels.array(most * network.latent());
      headGradient = kernels.array(most * network.headOutputs());
      scratch = kernels.array(most * widest);
      squares = kernels.array(network.input());
      this.gradient = gradient;
      divergence = new double[network.latent()];
      weightGradient = kernels.buffer(weights);
      for (Layer layer : layers) {
        weightGradients.add(weightGradient.from(layer.weight()));
      }
      result = kernels.buffer(most * widest);
      slope = kernels.buffer(most * widest);
    }

    void draw(int count, SeededRandom stream) {
      if (network.variational()) {
        for (int i = 0; i < count * network.latent(); i++) {
          kernels.set(noise, i, stream.gaussian());
        }
      }
      if (training && network.dropout() > 0) {
        double scale = 1 / (1 - network.dropout());
        for (int i = 0; i < layers.size(); i++) {
          if (layers.get(i).hidden()) {
            A keptValues = kept.get(i);
            for (int j = 0; j < count * layers.get(i).outputs(); j++) {
              kernels.set(keptValues, j, stream.uniform() < network.dropout() ? 0 : scale);
            }
          }
        }
      }
    }

    void close() {
      inputs.forEach(NativeBuffer::close);
      weightGradient.close();
      result.close();
      slope.close();
    }
  }
}
