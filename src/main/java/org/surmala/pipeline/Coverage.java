package org.surmala.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.surmala.io.AvroFile;
import org.surmala.io.ChecksummedFile;
import org.surmala.schema.FileCounts;

/**
 * The outcome of every file that was found.
 *
 * @param found files listed
 * @param clustered songs with a cluster
 * @param failed files in the failure ledger
 * @param duplicate further paths of a song
 */
public record Coverage(long found, long clustered, long failed, long skipped, long duplicate) {
  /** The table for people, in the results. */
  static final String FILE = "coverage.csv";

  private static final String RECORD = "records/";
  private static final String RECORD_FILE = "coverage.avro";

  /** Reads the counts of a results folder. */
  public static FileCounts read(String results) throws IOException {
    return AvroFile.read(results + RECORD + RECORD_FILE, FileCounts.class).get(0);
  }

  /**
   * Writes the counts to a results folder, as a table and as a record; equal counts give equal
   * bytes.
   */
  public static void write(String results, FileCounts counts) throws IOException {
    String table = csv(counts);
    ChecksummedFile.write(results, FILE, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
    AvroFile.write(results + RECORD, RECORD_FILE, FileCounts.class, List.of(counts));
  }

  /** The text of {@link #FILE}. */
  public static String csv(FileCounts counts) {
    Long waiting = counts.getWaiting();
    return "outcome,files\r\nfound,%d\r\nclustered,%d\r\nfailed,%d\r\nskipped,%d\r\nduplicate,%d\r\n"
            .formatted(
                counts.getFound(),
                counts.getClustered(),
                counts.getFailed(),
                counts.getSkipped(),
                counts.getDuplicate())
        + (waiting == null ? "" : "waiting," + waiting + "\r\n");
  }

  /** The coverage of a finished run. */
  public static Coverage of(FileCounts counts) {
    return new Coverage(
        counts.getFound(),
        counts.getClustered(),
        counts.getFailed(),
        counts.getSkipped(),
        counts.getDuplicate());
  }

  /** Whether every file is accounted for exactly once. */
  public boolean balances() {
    return unaccounted() == 0;
  }

  /** Share of the songs that failed, 0 to 1; 0 without songs. */
  public double failedShare() {
    long songs = clustered + failed;
    return songs == 0 ? 0 : (double) failed / songs;
  }

  /** Number of files that are not accounted for; negative if some are counted more than once. */
  public long unaccounted() {
    return found - clustered - failed - skipped - duplicate;
  }

  /** The equation if it holds, else the counts and the difference. */
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
