package org.surmala.pipeline;

/** A fit beside a watch that did not end well. */
final class RefitFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefitFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
