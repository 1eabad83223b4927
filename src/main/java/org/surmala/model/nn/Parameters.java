package org.surmala.model.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * All parameters of a network in training: weights first, which are also in native memory for
 * matrix products, then the rest; and Adam's moments. The work is split into the same parts at any
 * number of threads, and allocates nothing.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <A> float[] or double[]
 */
public final class Parameters<A> implements AutoCloseable {
  /** Number of parts of the weights; the other parameters are one more part. */
  private static final int PARTS = 8;

  private final Kernels<A> kernels;
  private final ParallelFor parallel;
  private final int weights;
  private final int count;
  private final A values;
  private final A firstMoment;
  private final A secondMoment;
  private final NativeBuffer<A> memory;
  private final int[] partStart = new int[PARTS + 2];
  private final List<NativeBuffer<A>> partMemory = new ArrayList<>();
  private final double[] partSquares = new double[PARTS + 1];

  private final IntConsumer addPart = this::add;
  private final IntConsumer squaresPart = this::sumSquares;
  private final IntConsumer adamPart = this::adam;

  private List<A> gradients = List.of();
  private int used;
  private int step;
  private AdamOptions adamOptions = AdamOptions.STANDARD;
  private double gradientScale;
  private double rate;
  private double root;
  private double keep;

  /**
   * Parameters that are all 0.
   *
   * @param weights number of weights, which come first
   * @param count number of all parameters
   */
  public Parameters(Kernels<A> kernels, int weights, int count, ParallelFor parallel) {
    this.kernels = kernels;
    this.parallel = parallel;
    this.weights = weights;
    this.count = count;
    values = kernels.array(count);
    firstMoment = kernels.array(count);
    secondMoment = kernels.array(count);
    memory = kernels.buffer(weights);
    for (int i = 0; i <= PARTS; i++) {
      partStart[i] = (int) ((long) weights * i / PARTS);
      partMemory.add(memory.from(partStart[i]));
    }
    partStart[PARTS + 1] = count;
  }

  /** The values; {@link #changed} must follow a change from outside. */
  public A values() {
    return values;
  }

  /** The weights in native memory. */
  public NativeBuffer<A> memory() {
    return memory;
  }

  /** Must be called after the values have changed. */
  public void changed() {
    memory.put(values, 0, weights);
  }

  /** Adds the given number of gradients, in their order, into the first. */
  public void sum(List<A> all, int first) {
    if (first > 1) {
      gradients = all;
      used = first;
      parallel.run(PARTS + 1, (long) count * first, addPart);
    }
  }

  /** Euclidean norm of the first gradient. */
  public double norm(List<A> all) {
    gradients = all;
    parallel.run(PARTS + 1, 2L * count, squaresPart);
    double sum = 0;
    for (double part : partSquares) {
      sum += part;
    }
    return Math.sqrt(sum);
  }

  /**
   * Takes a step of Adam along the first gradient.
   *
   * @param decay decoupled weight decay; only weights decay
   * @param clip largest norm of the gradient, which is scaled down to it; infinite for no limit
   */
  public void update(
      List<A> all, AdamOptions options, double learningRate, double decay, double clip) {
    gradients = all;
    step++;
    adamOptions = options;
    gradientScale = 1;
    if (clip < Double.POSITIVE_INFINITY) {
      double norm = norm(all);
      gradientScale = norm > clip ? clip / norm : 1;
    }
    rate = learningRate / (1 - StrictMath.pow(options.beta1(), step));
    root = 1 / Math.sqrt(1 - StrictMath.pow(options.beta2(), step));
    keep = 1 - learningRate * decay;
    parallel.run(PARTS + 1, 8L * count, adamPart);
  }

  private void add(int part) {
    for (int s = 1; s < used; s++) {
      kernels.add(gradients.get(0), gradients.get(s), partStart[part], partStart[part + 1]);
    }
  }

  private void sumSquares(int part) {
    partSquares[part] =
        kernels.sumOfSquares(gradients.get(0), partStart[part], partStart[part + 1]);
  }

  private void adam(int part) {
    int first = partStart[part];
    int end = partStart[part + 1];
    kernels.adam(
        values,
        gradients.get(0),
        firstMoment,
        secondMoment,
        first,
        end,
        gradientScale,
        adamOptions,
        rate,
        root,
        part < PARTS ? keep : 1);
    if (part < PARTS) {
      partMemory.get(part).put(values, first, end - first);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
