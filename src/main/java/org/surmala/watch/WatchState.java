package org.surmala.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.surmala.io.ChecksummedFile;
import org.surmala.pipeline.StaleFiles;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.RefitRequest;

/**
 * The file watch.json: the current model version, and the refit that is due.
 *
 * @param modelVersion number of the model version; 0 for none
 * @param model version of its model; null for none
 * @param through number of the last event that it was fitted with
 * @param songsSince number of songs that it was not fitted with
 * @param refit the refit that is due; null for none
 */
public record WatchState(
    @JsonProperty("model_version") int modelVersion,
    @JsonProperty("model") @Nullable String model,
    @JsonProperty("through") long through,
    @JsonProperty("songs_since") int songsSince,
    @JsonProperty("refit") @Nullable Refit refit) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A refit that is due.
   *
   * @param cause count, timer, drift, demand or first
   * @param through number of the last event that counts
   * @param since time of the request, in ISO 8601
   */
  record Refit(
      @JsonProperty("model_version") int modelVersion,
      @JsonProperty("cause") String cause,
      @JsonProperty("through") long through,
      @JsonProperty("since") String since) {}

  static WatchState of(
      @Nullable ModelVersion version, int songsSince, @Nullable RefitRequest request) {
    Refit refit =
        request == null
            ? null
            : new Refit(
                request.getNumber(),
                request.getCause(),
                request.getThrough(),
                Instant.ofEpochMilli(request.getRequested()).toString());
    return version == null
        ? new WatchState(0, null, 0, songsSince, refit)
        : new WatchState(
            version.getNumber(),
            version.getCheckpoint().getVersion(),
            version.getThrough(),
            songsSince,
            refit);
  }

  /** Writes the file into a folder of results, whose path ends in a slash. */
  void write(String results) throws IOException {
    byte[] json =
        (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ChecksummedFile.write(results, StaleFiles.WATCH_STATE, out -> out.write(json));
  }

  /** Reads the file from a folder of results, whose path ends in a slash. */
  public static WatchState read(String results) throws IOException {
    try (InputStream in = ChecksummedFile.open(results + StaleFiles.WATCH_STATE)) {
      return JSON.readValue(in, WatchState.class);
    }
  }
}
