package org.surmala.model.conv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.AffineBlock;
import org.surmala.model.nn.Block;
import org.surmala.model.nn.Engine;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.LayerSequence;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.SeededRandom;
import org.surmala.model.nn.ShardMemory;

/** Trains a convolutional VAE. */
final class ConvEngine<A> extends Engine<A> {
  /** Rows of a batch per thread. */
  static final int SHARD_ROWS = 8;

  private final ConvNetwork network;
  private final Objective objective;
  private final List<Shard> shards = new ArrayList<>();
  private final double[] squares;
  private final double[] divergences;
  private final double[] outputWeight;
  private final double[] divergenceWeight;
  private final A outputWeights;
  private final A zeros;

  /** An engine with all parameters 0; set them and call {@link #parametersChanged}. */
  ConvEngine(
      Kernels<A> kernels,
      ConvNetwork network,
      Objective objective,
      int batch,
      ParallelFor parallel) {
    super(
        kernels,
        network.layout().weights(),
        network.layout().parameters(),
        batch,
        SHARD_ROWS,
        parallel);
    this.network = network;
    this.objective = objective;
    squares = new double[network.input()];
    divergences = new double[network.latent()];
    outputWeight = new double[network.input()];
    divergenceWeight = new double[network.latent()];
    outputWeights = kernels.array(network.input());
    zeros = kernels.array(network.input());
    for (int shard = 0; shard < shards(); shard++) {
      shards.add(new Shard(memory(shard), mostRows(shard)));
    }
  }

  @Override
  public void setRow(int row, float[] values) {
    Shard shard = shards.get(shardOf(row));
    kernels.load(values, shard.x, rowInShard(row) * network.input(), network.input());
  }

  /** Sets one value of the batch. */
  void setInput(int row, int column, double value) {
    Shard shard = shards.get(shardOf(row));
    kernels.set(shard.x, rowInShard(row) * network.input() + column, value);
  }

  @Override
  public void forwardShard(int index, int count, @Nullable SeededRandom stream) {
    Shard shard = shards.get(index);
    int latent = network.latent();
    if (stream != null) {
      for (int i = 0; i < count * latent; i++) {
        kernels.set(shard.noise, i, stream.gaussian());
      }
    }
    shard.encoder.forward(shard.x, count);
    Arrays.fill(shard.divergence, 0);
    kernels.reparameterise(
        shard.encoder.value(),
        shard.noise,
        count,
        latent,
        shard.spread,
        shard.sample,
        shard.divergence);
    shard.decoder.forward(shard.sample, count);
    kernels.residual(
        shard.decoder.value(), zeros, 0, shard.x, count, network.input(), shard.squares);
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
    setLoss(
        objective.reconstruction(squares, rows, outputWeight),
        objective.divergence(divergences, rows, beta, divergenceWeight),
        beta,
        0);
    set(outputWeights, outputWeight);
  }

  @Override
  public void backwardShard(int index, int count) {
    clearGradient(index);
    Shard shard = shards.get(index);
    kernels.scaleColumns(shard.decoder.value(), count, network.input(), outputWeights);
    kernels.copy(shard.decoder.value(), shard.decoder.slope(), count * network.input());
    shard.decoder.backward(shard.sample, shard.sampleSlope, count);
    kernels.headGradient(
        shard.encoder.value(),
        shard.noise,
        shard.spread,
        shard.sampleSlope,
        divergenceWeight,
        count,
        network.latent(),
        shard.encoder.slope());
    shard.encoder.backward(shard.x, null, count);
  }

  @Override
  public void close() {
    super.close();
    for (Shard shard : shards) {
      shard.encoder.close();
      shard.decoder.close();
    }
  }

  private final class Shard {
    final A x;
    final A noise;
    final A spread;
    final A sample;
    final A sampleSlope;
    final A squares;
    final double[] divergence;
    final LayerSequence<A> encoder;
    final LayerSequence<A> decoder;

    Shard(ShardMemory<A> memory, int most) {
      int latent = network.latent();
      x = kernels.array(most * network.input());
      noise = kernels.array(most * latent);
      spread = kernels.array(most * latent);
      sample = kernels.array(most * latent);
      sampleSlope = kernels.array(most * latent);
      squares = kernels.array(network.input());
      divergence = new double[latent];
      List<Block<A>> blocks = new ArrayList<>();
      for (Layer layer : network.layout().layers()) {
        blocks.add(
            layer.shape() == null
                ? new AffineBlock<>(memory, most, layer)
                : layer.transposed()
                    ? new TransposedConvBlock<>(memory, most, layer, layer.shape())
                    : new ConvBlock<>(memory, most, layer, layer.shape()));
      }
      encoder = new LayerSequence<>(blocks.subList(0, network.head() + 1));
      decoder = new LayerSequence<>(blocks.subList(network.head() + 1, blocks.size()));
    }
  }
}
