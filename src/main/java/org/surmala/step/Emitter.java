package org.surmala.step;

import java.io.IOException;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Receives the outputs of a step.
 *
 * @param <T> input type of the next step
 */
public interface Emitter<T> {
  /** Emits an element to the next step. */
  void emit(T value) throws IOException;

  /** Emits an element to another output of the step. */
  <S> void emit(TupleTag<S> output, S value) throws IOException;
}
