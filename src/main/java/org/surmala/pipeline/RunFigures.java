package org.surmala.pipeline;

import java.io.IOException;
import java.util.Map;
import org.surmala.report.RunSummary;

/**
 * Coverage and summary of a run, from its records.
 *
 * @param coverage the outcome of every file
 * @param summary the results in brief
 */
public record RunFigures(Coverage coverage, RunSummary summary) {
  /**
   * Reads a results folder, whose path ends in a slash.
   *
   * @throws IOException if a file is missing or damaged, or two files contradict each other
   */
  public static RunFigures read(String results) throws IOException {
    Coverage coverage = Coverage.of(Coverage.read(results));
    RunSummary summary = RunSummary.read(results);
    requireSame(results, "assignments", sum(summary.clusterSizes()), coverage.clustered());
    requireSame(results, "failures", sum(summary.failures()), coverage.failed());
    return new RunFigures(coverage, summary);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void requireSame(String results, String name, long records, long counted)
      throws IOException {
    if (records != counted) {
      throw new IOException(
          "%s has %d records of %s where %d were counted; run again"
              .formatted(results, records, name, counted));
    }
  }
}
