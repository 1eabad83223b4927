package org.surmala.pipeline;

import java.util.List;
import java.util.Map;

/**
 * What became of every file that was found.
 *
 * @param found files listed
 * @param clustered songs with a cluster
 * @param failed files in the failure ledger
 * @param skipped files of other kinds
 * @param duplicate further paths of a song
 */
public record Coverage(long found, long clustered, long failed, long skipped, long duplicate) {
  /** The file of a run's results that holds it. */
  static final String FILE = "coverage.csv";

  static final String FOUND = "found";
  static final String CLUSTERED = "clustered";
  static final String FAILED = "failed";
  static final String SKIPPED = "skipped";
  static final String DUPLICATE = "duplicate";
  static final List<String> OUTCOMES = List.of(FOUND, CLUSTERED, FAILED, SKIPPED, DUPLICATE);

  /** From the rows of {@link #FILE}: files by outcome. */
  static Coverage of(Map<String, Long> files) {
    return new Coverage(
        files.getOrDefault(FOUND, 0L),
        files.getOrDefault(CLUSTERED, 0L),
        files.getOrDefault(FAILED, 0L),
        files.getOrDefault(SKIPPED, 0L),
        files.getOrDefault(DUPLICATE, 0L));
  }

  /** Whether every file is accounted for, once. */
  public boolean balances() {
    return unaccounted() == 0;
  }

  /** Share of the songs that failed, 0 to 1; 0 where there is none. */
  public double failedShare() {
    long songs = clustered + failed;
    return songs == 0 ? 0 : (double) failed / songs;
  }

  /** Files that are nowhere accounted for; negative when some are counted more than once. */
  long unaccounted() {
    return found - clustered - failed - skipped - duplicate;
  }

  /** An equation where it holds, else the counts and what is missing. */
  @Override
  public String toString() {
    return balances()
        ? "found %d = clustered %d + failed %d + skipped %d + duplicate %d"
            .formatted(found, clustered, failed, skipped, duplicate)
        : "found %d: clustered %d, failed %d, skipped %d, duplicate %d, %s %d"
            .formatted(
                found,
                clustered,
                failed,
                skipped,
                duplicate,
                unaccounted() > 0 ? "not clustered" : "counted more than once",
                Math.abs(unaccounted()));
  }
}
