package org.surmala.runner;

/**
 * The run goes on in a cluster that took it over REST and lets nobody wait for it: what is left to
 * do after its end is left undone.
 */
public final class JobSubmittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobSubmittedException(String message) {
    super(message);
  }
}
