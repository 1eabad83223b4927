package org.surmala.step;

import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Tracks elements through steps. Each element is paired with a record, such as the event that
 * brought it. The record collects the other outputs of the steps.
 *
 * @param <C> record type
 */
public interface Tracker<C> extends Serializable {
  /** The output of records whose element has passed the steps. */
  TupleTag<C> ended();

  /** Coder of the records. */
  Coder<C> coder();

  /** Adds a value of another output of a step, or of the last step's main output, to the record. */
  <S> C with(C record, TupleTag<S> output, S value);

  /** Whether this value on another output ends the element's way through the steps. */
  boolean isEnd(Object value);
}
