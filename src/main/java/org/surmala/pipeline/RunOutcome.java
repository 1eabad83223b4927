package org.surmala.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.surmala.report.RunSummary;
import org.surmala.words.Noun;

/**
 * What a run did.
 *
 * @param noun what was clustered
 * @param coverage what became of every file
 * @param decoded songs that were decoded in this run, failed ones included
 * @param recalled songs whose features were known from an earlier run
 * @param summary what was found
 * @param stageSeconds seconds of work in each stage, summed over workers
 * @param seconds from start to end
 * @param firstSongSeconds from the start of Java until the first song was decoded; none if no song
 *     was decoded in this process
 * @param manyFailed whether more songs failed than failures.max_share accepts
 * @param notes what a reader of the figures should know, one line each
 * @param results folder of the results
 * @param data folder of the data
 * @param unchanged whether nothing has changed since the run before, so that its results stand and
 *     nothing was computed
 */
public record RunOutcome(
    Noun noun,
    Coverage coverage,
    long decoded,
    long recalled,
    RunSummary summary,
    Map<String, Double> stageSeconds,
    double seconds,
    OptionalDouble firstSongSeconds,
    boolean manyFailed,
    List<String> notes,
    String results,
    String data,
    boolean unchanged) {

  /**
   * What was run, with what, and what came of it: the text of run.json.
   *
   * @throws IOException when the file cannot be read
   */
  public String manifest() throws IOException {
    return RunManifest.text(results);
  }
}
