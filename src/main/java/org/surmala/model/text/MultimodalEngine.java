package org.surmala.model.text;

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

/**
 * Trains a VAE of features and text (the multimodal VAE of Wu and Goodman, 2018). Its loss is the
 * mean of two evidence bounds: one given features and text, and one given features alone. So the
 * features-only posterior is trained on every song, and a missing text has no effect.
 *
 * <p>A row of the batch is the features, the text, and 1 if there is a text, else 0.
 *
 * @param <A> float[] or double[]
 */
final class MultimodalEngine<A> extends Engine<A> {
  /** Rows of a batch per thread. */
  static final int SHARD_ROWS = 32;

  private final MultimodalNetwork network;
  private final Objective objective;
  private final double textWeight;
  private final ProductOfExperts<A> experts;
  private final List<Shard> shards = new ArrayList<>();
  private final double[] squares;
  private final double[] textSquares;
  private final double[] divergences;
  private final double[] outputWeight;
  private final double[] textOutputWeight;
  private final double[] divergenceWeight;
  private final A outputWeights;
  private final A textOutputWeights;
  private final A zeros;

  /** An engine with all parameters 0; set them and call {@link #parametersChanged}. */
  MultimodalEngine(
      Kernels<A> kernels,
      MultimodalNetwork network,
      Objective objective,
      double textWeight,
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
    this.textWeight = textWeight;
    experts = new ProductOfExperts<>(kernels, network.latent());
    squares = new double[network.features()];
    textSquares = new double[network.text()];
    divergences = new double[network.latent()];
    outputWeight = new double[network.features()];
    textOutputWeight = new double[network.text()];
    divergenceWeight = new double[network.latent()];
    outputWeights = kernels.array(network.features());
    textOutputWeights = kernels.array(network.text());
    zeros = kernels.array(Math.max(network.features(), network.text()));
    for (int shard = 0; shard < shards(); shard++) {
      shards.add(new Shard(memory(shard), mostRows(shard)));
    }
  }

  @Override
  public void setRow(int row, float[] values) {
    for (int j = 0; j < network.features(); j++) {
      setFeature(row, j, values[j]);
    }
    for (int j = 0; j < network.text(); j++) {
      setText(row, j, values[network.features() + j]);
    }
    setHasText(row, values[network.features() + network.text()] != 0);
  }

  /** Sets one feature of the batch. */
  void setFeature(int row, int column, double value) {
    Shard shard = shards.get(shardOf(row));
    int at = rowInShard(row);
    int width = network.features();
    kernels.set(shard.x, at * width + column, value);
    kernels.set(shard.twice, 2 * at * width + column, value);
    kernels.set(shard.twice, (2 * at + 1) * width + column, value);
  }

  /** Sets one value of a text of the batch. */
  void setText(int row, int column, double value) {
    kernels.set(shards.get(shardOf(row)).text, rowInShard(row) * network.text() + column, value);
  }

  /** Sets whether a row has a text; without one its text values are ignored. */
  void setHasText(int row, boolean has) {
    shards.get(shardOf(row)).hasText[rowInShard(row)] = has;
  }

  @Override
  public void forwardShard(int index, int count, @Nullable SeededRandom stream) {
    Shard shard = shards.get(index);
    int latent = network.latent();
    if (stream != null) {
      for (int i = 0; i < 2 * count * latent; i++) {
        kernels.set(shard.noise, i, stream.gaussian());
      }
    }
    shard.encoder.forward(shard.x, count);
    shard.textEncoder.forward(shard.text, count);
    A head = shard.encoder.value();
    A textHead = shard.textEncoder.value();
    for (int row = 0; row < count; row++) {
      experts.product(head, textHead, row, shard.hasText[row], shard.heads, 2 * row);
      experts.product(head, textHead, row, false, shard.heads, 2 * row + 1);
    }
    Arrays.fill(shard.divergence, 0);
    kernels.reparameterise(
        shard.heads, shard.noise, 2 * count, latent, shard.spread, shard.sample, shard.divergence);
    shard.decoder.forward(shard.sample, 2 * count);
    kernels.residual(
        shard.decoder.value(), zeros, 0, shard.twice, 2 * count, network.features(), shard.squares);
    for (int row = 0; row < count; row++) {
      for (int j = 0; j < latent; j++) {
        kernels.set(
            shard.textSample, row * latent + j, kernels.get(shard.sample, 2 * row * latent + j));
      }
    }
    shard.textDecoder.forward(shard.textSample, count);
    forgetMissing(shard, count);
    kernels.residual(
        shard.textDecoder.value(), zeros, 0, shard.text, count, network.text(), shard.textSquares);
  }

  /** Sets the text error of rows without a text to 0. */
  private void forgetMissing(Shard shard, int count) {
    int width = network.text();
    shard.texts = 0;
    for (int row = 0; row < count; row++) {
      if (shard.hasText[row]) {
        shard.texts++;
      } else {
        for (int j = 0; j < width; j++) {
          kernels.set(
              shard.textDecoder.value(), row * width + j, kernels.get(shard.text, row * width + j));
        }
      }
    }
  }

  @Override
  public void combine(int used, int rows, double beta) {
    Arrays.fill(squares, 0);
    Arrays.fill(textSquares, 0);
    Arrays.fill(divergences, 0);
    int texts = 0;
    for (int s = 0; s < used; s++) {
      Shard shard = shards.get(s);
      addTo(squares, shard.squares);
      addTo(textSquares, shard.textSquares);
      for (int j = 0; j < divergences.length; j++) {
        divergences[j] += shard.divergence[j];
      }
      texts += shard.texts;
    }
    double reconstruction = objective.reconstruction(squares, 2 * rows, outputWeight);
    Arrays.fill(textOutputWeight, 0);
    if (texts > 0) {
      // The text is in one of the two bounds, for songs with a text.
      double share = textWeight * texts / (2.0 * rows);
      reconstruction += share * objective.reconstruction(textSquares, texts, textOutputWeight);
      for (int j = 0; j < textOutputWeight.length; j++) {
        textOutputWeight[j] *= share;
      }
    }
    setLoss(
        reconstruction,
        objective.divergence(divergences, 2 * rows, beta, divergenceWeight),
        beta,
        0);
    set(outputWeights, outputWeight);
    set(textOutputWeights, textOutputWeight);
  }

  @Override
  public void backwardShard(int index, int count) {
    clearGradient(index);
    Shard shard = shards.get(index);
    int latent = network.latent();
    decodeBack(
        shard.decoder,
        network.features(),
        outputWeights,
        shard.sample,
        shard.sampleSlope,
        2 * count);
    decodeBack(
        shard.textDecoder,
        network.text(),
        textOutputWeights,
        shard.textSample,
        shard.textSampleSlope,
        count);
    for (int row = 0; row < count; row++) {
      for (int j = 0; j < latent; j++) {
        int at = 2 * row * latent + j;
        kernels.set(
            shard.sampleSlope,
            at,
            kernels.get(shard.sampleSlope, at)
                + kernels.get(shard.textSampleSlope, row * latent + j));
      }
    }
    kernels.headGradient(
        shard.heads,
        shard.noise,
        shard.spread,
        shard.sampleSlope,
        divergenceWeight,
        2 * count,
        latent,
        shard.headsSlope);
    kernels.clear(shard.encoder.slope(), 0, count * 2 * latent);
    kernels.clear(shard.textEncoder.slope(), 0, count * 2 * latent);
    for (int row = 0; row < count; row++) {
      for (int product = 2 * row; product < 2 * row + 2; product++) {
        experts.addGradient(
            shard.encoder.value(),
            row,
            shard.heads,
            shard.headsSlope,
            product,
            shard.encoder.slope());
      }
      if (shard.hasText[row]) {
        experts.addGradient(
            shard.textEncoder.value(),
            row,
            shard.heads,
            shard.headsSlope,
            2 * row,
            shard.textEncoder.slope());
      }
    }
    shard.encoder.backward(shard.x, null, count);
    shard.textEncoder.backward(shard.text, null, count);
  }

  private void decodeBack(
      LayerSequence<A> decoder, int width, A weights, A sample, A sampleSlope, int count) {
    kernels.scaleColumns(decoder.value(), count, width, weights);
    kernels.copy(decoder.value(), decoder.slope(), count * width);
    decoder.backward(sample, sampleSlope, count);
  }

  @Override
  public void close() {
    super.close();
    for (Shard shard : shards) {
      shard.encoder.close();
      shard.textEncoder.close();
      shard.decoder.close();
      shard.textDecoder.close();
    }
  }

  private final class Shard {
    final A x;
    final A text;
    final boolean[] hasText;

    /** The decoded features of each row twice, once for each bound. */
    final A twice;

    /** For each row two products of experts: of features and text, and of features alone. */
    final A heads;

    final A headsSlope;
    final A noise;
    final A spread;
    final A sample;
    final A sampleSlope;
    final A textSample;
    final A textSampleSlope;
    final A squares;
    final A textSquares;
    final double[] divergence;
    final LayerSequence<A> encoder;
    final LayerSequence<A> textEncoder;
    final LayerSequence<A> decoder;
    final LayerSequence<A> textDecoder;
    int texts;

    Shard(ShardMemory<A> memory, int most) {
      int latent = network.latent();
      x = kernels.array(most * network.features());
      text = kernels.array(most * network.text());
      hasText = new boolean[most];
      twice = kernels.array(2 * most * network.features());
      heads = kernels.array(2 * most * 2 * latent);
      headsSlope = kernels.array(2 * most * 2 * latent);
      noise = kernels.array(2 * most * latent);
      spread = kernels.array(2 * most * latent);
      sample = kernels.array(2 * most * latent);
      sampleSlope = kernels.array(2 * most * latent);
      textSample = kernels.array(most * latent);
      textSampleSlope = kernels.array(most * latent);
      squares = kernels.array(network.features());
      textSquares = kernels.array(network.text());
      divergence = new double[latent];
      encoder = chain(MultimodalNetwork.Part.ENCODER, memory, most);
      textEncoder = chain(MultimodalNetwork.Part.TEXT_ENCODER, memory, most);
      decoder = chain(MultimodalNetwork.Part.DECODER, memory, 2 * most);
      textDecoder = chain(MultimodalNetwork.Part.TEXT_DECODER, memory, most);
    }

    private LayerSequence<A> chain(MultimodalNetwork.Part part, ShardMemory<A> memory, int most) {
      List<Block<A>> blocks = new ArrayList<>();
      for (Layer layer : network.layers(part)) {
        blocks.add(new AffineBlock<>(memory, most, layer));
      }
      return new LayerSequence<>(blocks);
    }
  }
}
