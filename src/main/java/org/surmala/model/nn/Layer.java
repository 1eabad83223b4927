package org.surmala.model.nn;

import org.jspecify.annotations.Nullable;

/**
 * A layer of a network: an affine map or a convolution, and what follows it.
 *
 * @param shape image and windows of a convolution; null for an affine map
 * @param inputs rows of the weight matrix
 * @param outputs columns of the weight matrix
 * @param posterior whether the outputs are means, then log-variances
 * @param normalised whether layer normalisation follows
 * @param activation the activation that follows; null for none
 * @param weight offset of the weights in the array of all parameters
 * @param bias offset of the biases, which the gains and the shifts of layer normalisation follow
 */
public record Layer(
    String name,
    @Nullable ConvShape shape,
    boolean transposed,
    int inputs,
    int outputs,
    boolean posterior,
    boolean normalised,
    @Nullable Activation activation,
    int weight,
    int bias) {
  /** An affine layer whose parameters have no offsets yet. */
  public static Layer affine(
      String name,
      int inputs,
      int outputs,
      boolean posterior,
      boolean normalised,
      @Nullable Activation activation) {
    return new Layer(name, null, false, inputs, outputs, posterior, normalised, activation, 0, 0);
  }

  Layer at(int newWeight, int newBias) {
    return new Layer(
        name,
        shape,
        transposed,
        inputs,
        outputs,
        posterior,
        normalised,
        activation,
        newWeight,
        newBias);
  }

  public boolean hidden() {
    return activation != null;
  }

  int biases() {
    return shape == null || !transposed ? outputs : shape.channels();
  }

  /** Offset of the gains of layer normalisation. */
  public int gain() {
    return bias + outputs;
  }

  /** Offset of the shifts of layer normalisation. */
  public int shift() {
    return bias + 2 * outputs;
  }

  int end() {
    return normalised ? shift() + outputs : bias + biases();
  }
}
