package org.surmala.failure;

import org.jspecify.annotations.Nullable;
import org.surmala.schema.Failure;

/**
 * Thrown by the pure part of a stage if a song fails; the stage's DoFn turns it into a {@link
 * Failure}. Any other exception is a defect and ends the run.
 */
public final class SongException extends Exception {
  private final FailureCode code;

  /**
   * @param message one line with the values found and the remedy, if there is one
   */
  public SongException(FailureCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The same with a cause. */
  public SongException(FailureCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }

  /** The record for the failure ledger. */
  public Failure toFailure(@Nullable String id, String uri, String filepath) {
    return Failure.newBuilder()
        .setId(id)
        .setUri(uri)
        .setFilepath(filepath)
        .setStage(code.stage())
        .setCode(code.code())
        .setMessage(String.valueOf(getMessage()))
        .setIsTransient(code.isTransient())
        .build();
  }
}
