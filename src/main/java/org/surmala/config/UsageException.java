package org.surmala.config;

import java.util.function.Supplier;

/** A request that is not possible; the message says what to type instead. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The value of what a user has typed; a refusal of it becomes a UsageException. */
  public static <T> T unlessRefused(Supplier<T> typed) {
    try {
      return typed.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
