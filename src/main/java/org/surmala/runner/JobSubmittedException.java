package org.surmala.runner;

/**
 * The job was submitted to a cluster over REST, and this process cannot wait for it: steps after
 * its end are skipped.
 */
public final class JobSubmittedException extends RuntimeException {
  public JobSubmittedException(String message) {
    super(message);
  }
}
