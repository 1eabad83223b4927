package org.surmala.step;

import java.io.IOException;

/**
 * Does the work of a step, for one thread: what it holds is made once and used for every element.
 *
 * @param <InputT> what the step takes
 * @param <OutputT> what the next step takes
 */
public interface Worker<InputT, OutputT> {
  /**
   * Takes one element.
   *
   * @throws IOException when a file system fails; it ends the run
   */
  void process(InputT input, Emitter<OutputT> out) throws IOException;

  /** Gives what was held back; called at the end of each bundle. */
  default void finish(Emitter<OutputT> out) throws IOException {}

  /** Frees what it holds outside the heap; nothing is processed after that. */
  default void close() {}
}
