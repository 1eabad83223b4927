package org.surmala.tag;

/** A file whose tag cannot be read or written; the message says why. */
public final class UntaggableException extends Exception {
  private static final long serialVersionUID = 1L;

  UntaggableException(String message, Throwable cause) {
    super(message, cause);
  }
}
