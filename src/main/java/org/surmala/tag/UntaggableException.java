package org.surmala.tag;

/** A file whose tag cannot be read or written; the message says why. */
public final class UntaggableException extends Exception {
  UntaggableException(String message, Throwable cause) {
    super(message, cause);
  }
}
