package org.surmala.step;

import java.io.IOException;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Takes what a step gives.
 *
 * @param <T> what the next step takes
 */
public interface Emitter<T> {
  /** Gives an element to the next step. */
  void emit(T value) throws IOException;

  /** Gives an element to one of the step's other outputs. */
  <S> void emit(TupleTag<S> output, S value) throws IOException;
}
