package org.surmala.failure;

import org.jspecify.annotations.Nullable;
import org.surmala.schema.Failure;

/**
 * Thrown by the pure part of a stage when it gives up one song; the stage's DoFn turns it into a
 * {@link Failure}. Anything else that is thrown is a defect and ends the run.
 */
public final class SongException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  /**
   * @param code why
   * @param message one line with the values found and, where there is one, the remedy
   */
  public SongException(FailureCode code, String message) {
    super(message);
    this.code = code;
  }

  /** As above, keeping what caused it. */
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
