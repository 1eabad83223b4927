package org.surmala.runner;

/**
 * Where a run is.
 *
 * @param stage what is being done, one word
 * @param done units of this stage that are done
 * @param of units there are; 0 while that is not known
 * @param unit of both: songs, epochs; empty where nothing is counted
 * @param failed songs that failed so far
 * @param note more about what is being done; empty when there is nothing to say
 */
public record RunProgress(String stage, long done, long of, String unit, long failed, String note) {
  /** Without a note. */
  public RunProgress(String stage, long done, long of, String unit, long failed) {
    this(stage, done, of, unit, failed, "");
  }
}
