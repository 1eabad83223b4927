package org.surmala.model.nn;

/**
 * The inner loops of the engine, in one precision. Matrices are row by row. Every loop has a fixed
 * order of operations, so that its result is the same wherever it runs.
 *
 * @param <A> float[] or double[]
 */
public interface Kernels<A> {
  A array(int length);

  NativeBuffer<A> buffer(int length);

  double get(A array, int index);

  void set(A array, int index, double value);

  /** Sets {@code length} elements to 0. */
  void clear(A array, int offset, int length);

  /** Copies the first {@code count} elements. */
  void copy(A from, A into, int count);

  /**
   * Writes the windows of an image one after another (im2col): each row by row, channels innermost,
   * 0 outside the image.
   *
   * @param offset start of the image
   */
  void unfold(ConvShape shape, A image, int offset, A windows);

  /** Adds windows to their image (col2im), the transpose of {@link #unfold}. */
  void fold(ConvShape shape, A windows, A image, int offset);

  /** Copies floats into the array, converting the precision if needed. */
  void load(float[] from, A into, int offset, int length);

  /**
   * c = op(a) · op(b), where op optionally transposes: op(a) is m × k, op(b) is k × n, c is m × n.
   */
  void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      NativeBuffer<A> a,
      NativeBuffer<A> b,
      NativeBuffer<A> c);

  /** z[r, j] += p[bias + j]. */
  void addBias(A z, int rows, int columns, A p, int bias);

  /** Applies the activation to the first {@code count} elements, in place. */
  void activate(Activation activation, A z, int count);

  /**
   * Turns the gradient with respect to a layer's output into that with respect to its input, in
   * place.
   *
   * @param a the layer's output
   */
  void activationGradient(Activation activation, A a, A gradient, int count);

  /** g[offset + j] = sum of column j. */
  void columnSums(A z, int rows, int columns, A g, int offset);

  /** into[i] = a[i] · b[i]; into may be a. */
  void multiply(A a, A b, A into, int count);

  /**
   * Samples latent vectors from the posterior (Kingma and Welling, 2014): mean + spread · noise.
   *
   * @param head rows of {@code latent} means and then as many log-variances
   * @param spread receives the standard deviations
   * @param divergence receives for each dimension the sum over rows of KL(posterior ‖ N(0, 1)),
   *     which is ½ (mean² + variance − 1 − log variance)
   */
  void reparameterise(
      A head, A noise, int rows, int latent, A spread, A sample, double[] divergence);

  /**
   * The gradient with respect to the head's outputs.
   *
   * @param sampleGradient the gradient of the loss with respect to the latent vectors
   * @param weight weight of each dimension's divergence in the loss
   * @param gradient receives rows of the means' and then the log-variances' gradients
   */
  void headGradient(
      A head,
      A noise,
      A spread,
      A sampleGradient,
      double[] weight,
      int rows,
      int latent,
      A gradient);

  /** y += bias - x; squares[j] = sum over rows of y². */
  void residual(A y, A p, int bias, A x, int rows, int columns, A squares);

  /** y[r, j] *= weight[j]. */
  void scaleColumns(A y, int rows, int columns, A weight);

  /**
   * Layer normalisation (Ba et al., 2016), in place: each row to mean 0 and variance 1, then times
   * gain plus shift.
   *
   * @param normal receives the rows before gain and shift
   * @param inverse receives each row's 1 / √(variance + 1e-5)
   */
  void normalise(A z, int rows, int columns, A p, int gain, int shift, A normal, A inverse);

  /**
   * Turns the gradient with respect to the output of layer normalisation into that with respect to
   * its input, in place, and sets the gradients of gain and shift in g.
   */
  void normaliseGradient(
      A gradient, int rows, int columns, A p, int gain, int shift, A normal, A inverse, A g);

  /** into[i] += from[i] for i from {@code first} to {@code end} - 1. */
  void add(A into, A from, int first, int end);

  /** Sum of squares of the elements from {@code first} to {@code end} - 1. */
  double sumOfSquares(A a, int first, int end);

  /**
   * One step of Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter,
   * 2019) on the elements from {@code first} to {@code end} - 1.
   *
   * @param scale factor of the gradient
   * @param rate the learning rate over the first moment's bias correction
   * @param root 1 / √ of the second moment's bias correction
   * @param keep 1 - learning rate · weight decay
   */
  void adam(
      A p,
      A g,
      A m,
      A v,
      int first,
      int end,
      double scale,
      AdamOptions options,
      double rate,
      double root,
      double keep);
}
