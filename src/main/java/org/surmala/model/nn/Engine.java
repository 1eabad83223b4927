package org.surmala.model.nn;

/**
 * What trains a network, step by step, once the loss of a batch is computed.
 *
 * @param <A> float[] or double[]
 */
public interface Engine<A> extends AutoCloseable {
  /** All parameters. */
  A parameters();

  /** Number of shards of a full batch: one stream of noise is needed for each. */
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
   * @param decay decoupled decay of the weights; biases, gains and shifts do not decay
   * @param clip the gradient's norm is scaled down to this where it is greater; infinite for never
   */
  void update(AdamOptions options, double learningRate, double decay, double clip);

  @Override
  void close();
}
