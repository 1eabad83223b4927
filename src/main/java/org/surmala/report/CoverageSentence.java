package org.surmala.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.surmala.schema.FailureCount;
import org.surmala.words.Noun;

/** The sentence about coverage: how many files had each outcome. */
final class CoverageSentence {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CoverageSentence() {}

  /**
   * The sentence, from the manifest's counts if the run has ended, else from the report's records.
   *
   * @throws IllegalArgumentException if the manifest is not JSON
   */
  static String of(ReportData data) {
    String manifest = data.manifest();
    JsonNode counts;
    try {
      counts = manifest == null ? JSON.nullNode() : JSON.readTree(manifest).path("counts");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("run.json is not JSON: " + e.getMessage(), e);
    }
    if (counts.has("found") && counts.has("clustered")) {
      long found = counts.path("found").asLong();
      long clustered = counts.path("clustered").asLong();
      long failed = counts.path("failed").asLong();
      long skipped = counts.path("skipped").asLong();
      long duplicate = counts.path("duplicate").asLong();
      long waiting = counts.path("waiting").asLong();
      long unaccounted = found - clustered - failed - skipped - duplicate - waiting;
      String sentence =
          unaccounted == 0
              ? "%d %s found = %d clustered + %d failed + %d skipped + %d duplicates"
                  + (waiting == 0 ? "." : " + " + waiting + " waiting.")
              : "%d %s found: %d clustered, %d failed, %d skipped, %d duplicates; ";
      String files = data.noun() == Noun.ROW ? "rows" : "files";
      return sentence.formatted(found, files, clustered, failed, skipped, duplicate)
          + (unaccounted == 0
              ? ""
              : clustered == 0 && unaccounted > 0
                  ? data.noun().count(unaccounted) + " not clustered, because there are too few."
                  : "the counts do not balance: "
                      + files
                      + " were lost or counted more than once.");
    }
    long failures = data.tally().failures().stream().mapToLong(FailureCount::getFailures).sum();
    return data.noun().count(data.tally().found())
        + " identified, "
        + data.tally().songs()
        + " clustered, "
        + Terms.count(failures, "failure")
        + ".";
  }
}
