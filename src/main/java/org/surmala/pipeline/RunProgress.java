package org.surmala.pipeline;

/**
 * Where a run is.
 *
 * @param stage what is being done, one word
 * @param done units of this stage that are done
 * @param of units there are; 0 while that is not known
 * @param unit of both: songs, epochs
 * @param failed songs that failed so far
 */
public record RunProgress(String stage, long done, long of, String unit, long failed) {}
