package org.surmala.step;

import java.io.IOException;

/**
 * The work of a step for one thread; its resources are created once and used for every element.
 *
 * @param <InputT> input type of the step
 * @param <OutputT> input type of the next step
 */
public interface Worker<InputT, OutputT> {
  /**
   * Processes an element.
   *
   * @throws IOException if a file system fails; it ends the run
   */
  void process(InputT input, Emitter<OutputT> out) throws IOException;

  /** Emits buffered elements; called at the end of each bundle. */
  default void finish(Emitter<OutputT> out) throws IOException {}

  /** Frees native memory; the worker is not used afterwards. */
  default void close() {}
}
