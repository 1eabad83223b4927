package org.surmala.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surmala.words.Noun;

/**
 * What a run did.
 *
 * @param noun what was clustered
 * @param coverage what became of every file
 * @param decoded songs that were decoded in this run, failed ones included
 * @param recalled songs whose features were known from an earlier run
 * @param failures number of failures by code
 * @param metrics rows of clustering_metrics.csv for the clusterings that were chosen, by column
 * @param clusterSizes number of songs by the name of their cluster, largest first
 * @param stageSeconds seconds of work in each stage, summed over workers
 * @param seconds from start to end
 * @param firstSongSeconds from the start of Java until the first song was heard; none where no song
 *     was heard in this process
 * @param manyFailed whether more songs failed than failures.max_share accepts
 * @param alarm what must be read before any figure, when there is such
 * @param notes what a reader of the figures should know, one line each
 * @param results folder of the results
 * @param data folder of the data
 */
public record RunOutcome(
    Noun noun,
    Coverage coverage,
    long decoded,
    long recalled,
    Map<String, Long> failures,
    List<Map<String, String>> metrics,
    Map<String, Long> clusterSizes,
    Map<String, Double> stageSeconds,
    double seconds,
    OptionalDouble firstSongSeconds,
    boolean manyFailed,
    Optional<String> alarm,
    List<String> notes,
    String results,
    String data) {

  /**
   * What was run, with what, and what came of it: the text of run.json.
   *
   * @throws IOException when the file cannot be read
   */
  public String manifest() throws IOException {
    return RunManifest.text(results);
  }
}
