package org.surmala.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.surmala.report.RunSummary;
import org.surmala.report.SongParts;
import org.surmala.words.Noun;

/**
 * The outcome of a run.
 *
 * @param coverage the outcome of every file
 * @param decoded songs decoded in this run, including failed ones
 * @param recalled songs whose features were already stored
 * @param summary the results in brief
 * @param stageSeconds seconds of work in each stage, summed over workers
 * @param firstSongSeconds time from the start of Java to the first decoded song; empty if this
 *     process decoded none
 * @param manyFailed whether more songs failed than failures.max_share allows
 * @param notes notes on the scores, one line each
 * @param unchanged whether nothing has changed since the last run, so that its results are still
 *     valid and nothing was computed
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
   * Whether the tables of songs are in parts.
   *
   * @throws IOException if their manifest cannot be read
   */
  public boolean isInParts() throws IOException {
    return SongParts.manifest(results) != null;
  }

  /**
   * The text of run.json.
   *
   * @throws IOException if the file cannot be read
   */
  public String manifest() throws IOException {
    return RunManifest.text(results);
  }
}
