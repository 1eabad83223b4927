package org.surmala.watch;

/** A fit beside a watch that did not end well. */
final class RefitFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  RefitFailedException(String message, Throwable cause) {
    super(message, cause);
    reason = reason(cause);
  }

  /** What went wrong, without what follows from it. */
  String reason() {
    return reason;
  }

  static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
