package org.surmala.runner;

/**
 * The progress of a run.
 *
 * @param stage current stage, one word
 * @param done finished units of this stage
 * @param of total units; 0 if unknown
 * @param unit the unit: songs, epochs; empty if nothing is counted
 * @param failed songs that failed so far
 * @param note details of the stage; may be empty
 */
public record RunProgress(String stage, long done, long of, String unit, long failed, String note) {
  /** Progress without a note. */
  public RunProgress(String stage, long done, long of, String unit, long failed) {
    this(stage, done, of, unit, failed, "");
  }
}
