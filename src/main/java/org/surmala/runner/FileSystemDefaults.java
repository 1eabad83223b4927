package org.surmala.runner;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Defaults for the options of a file system that a Maven profile adds. Implementations are found as
 * Java services.
 */
public interface FileSystemDefaults {
  /**
   * Sets the options that were not typed.
   *
   * @param typed Beam's options as typed
   */
  void fill(PipelineOptions options, List<String> typed);
}
