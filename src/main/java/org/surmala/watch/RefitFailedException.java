package org.surmala.watch;

/** A refit beside a watch failed. */
final class RefitFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  RefitFailedException(String message, Throwable cause) {
    super(message, cause);
    reason = reason(cause);
  }

  /** The root cause, without consequences. */
  String reason() {
    return reason;
  }

  static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
