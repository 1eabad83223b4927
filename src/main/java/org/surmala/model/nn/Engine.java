package org.surmala.model.nn;

/**
 * Trains a network step by step, once the loss of a batch is computed.
 *
 * @param <A> float[] or double[]
 */
public interface Engine<A> extends AutoCloseable {
  A parameters();

  /** Number of shards of a full batch; each needs a noise stream. */
  int shards();

  /** Mean reconstruction loss per row of the last batch. */
  double reconstruction();

  /** Mean divergence per row of the last batch, nats; 0 without a posterior. */
  double divergence();

  /** Mean loss per row of the last batch. */
  double total();

  /** Computes the gradient of the last batch's loss. */
  void backward();

  /**
   * Takes a step of Adam.
   *
   * @param decay decoupled weight decay; biases, gains and shifts have none
   * @param clip largest norm of the gradient, which is scaled down to it; infinite for no limit
   */
  void update(AdamOptions options, double learningRate, double decay, double clip);

  @Override
  void close();
}
