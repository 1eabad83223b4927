package org.surmala.pipeline;

/** A fit beside a watch that did not end well. */
final class RefitFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  RefitFailedException(String message, Throwable cause) {
    super(message, cause);
    reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** What went wrong, without what follows from it. */
  String reason() {
    return reason;
  }
}
