package org.surmala.step;

import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Follows elements through steps. Each element travels beside a record, for instance the event that
 * brought it. The record takes in what the steps give besides their main outputs.
 *
 * @param <C> the record
 */
public interface Tracker<C> extends Serializable {
  /** The output of records whose element has left the steps. */
  TupleTag<C> ended();

  /** Coder of the records. */
  Coder<C> coder();

  /**
   * Takes a value into the record.
   *
   * @param output one of a step's other outputs, or the last step's main output
   */
  <S> C with(C record, TupleTag<S> output, S value);

  /** Whether an element of which a step gave this besides its main output goes no further. */
  boolean isEnd(Object value);
}
