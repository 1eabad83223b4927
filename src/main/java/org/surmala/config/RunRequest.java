package org.surmala.config;

import java.util.List;

/**
 * The request for a run.
 *
 * @param data folder for metadata, segments and the feature store
 * @param beamOptions options of Beam and its runner, as typed
 */
public record RunRequest(
    SongSource source, String results, String data, Settings settings, List<String> beamOptions) {
  public RunRequest {
    beamOptions = List.copyOf(beamOptions);
  }
}
