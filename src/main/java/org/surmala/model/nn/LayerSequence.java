package org.surmala.model.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of blocks.
 *
 * @param <A> float[] or double[]
 */
public final class LayerSequence<A> implements AutoCloseable {
  private final List<Block<A>> blocks;
  private final Block<A> last;

  /**
   * @param blocks at least one
   */
  public LayerSequence(List<? extends Block<A>> blocks) {
    this.blocks = List.copyOf(blocks);
    last = blocks.get(blocks.size() - 1);
  }

  /** The output of the last block. */
  public A value() {
    return last.value;
  }

  /** The gradient with respect to {@link #value}; fill it before {@link #backward}. */
  public A slope() {
    return last.slope;
  }

  public void forward(A in, int rows) {
    A from = in;
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).forward(from, rows);
      from = blocks.get(i).value;
    }
  }

  /**
   * Adds to the gradient with respect to the parameters.
   *
   * @param in the input of {@link #forward}
   * @param inSlope receives the gradient with respect to the input; null if it is not needed
   */
  public void backward(A in, @Nullable A inSlope, int rows) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      A from = i == 0 ? in : blocks.get(i - 1).value;
      blocks.get(i).backward(from, i == 0 ? inSlope : blocks.get(i - 1).slope, rows);
    }
  }

  @Override
  public void close() {
    blocks.forEach(Block::close);
  }
}
