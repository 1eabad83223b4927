package org.surmala.evaluate;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.schema.SegmentFeatures;

/** The features of songs as numbers. */
final class SongVectors {
  /** What an encoder leaves alone, and another piece does not share; see ADR 0055. */
  private static final String FINGERPRINT = "harmony";

  private static final double FINGERPRINT_SHARE = 0.5;
  private static final double WHOLE_SHARE = 0.75;

  /** Of vectors without a fingerprint beside them. */
  private static final double ALONE_SHARE = 0.25;

  private SongVectors() {}

  /** One row for each song, as they are stored. */
  static double[][] of(List<SegmentFeatures> songs) {
    double[][] rows = new double[songs.size()][];
    for (int i = 0; i < rows.length; i++) {
      FloatBuffer values =
          songs.get(i).getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      rows[i] = new double[values.remaining()];
      for (int f = 0; f < rows[i].length; f++) {
        rows[i][f] = values.get(f);
      }
    }
    return rows;
  }

  /**
   * What near-duplicates are looked for in: standardised vectors, whole and as fingerprints.
   *
   * @param rows the features of each song
   * @param groups of the features; empty when they have none, and there are no fingerprints
   */
  static List<NearDuplicates.Vectors> tables(double[][] rows, List<String> groups) {
    double[][] whole = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    standardise(whole);
    List<NearDuplicates.Vectors> tables = new ArrayList<>();
    int[] kept =
        IntStream.range(0, groups.size()).filter(f -> groups.get(f).equals(FINGERPRINT)).toArray();
    tables.add(new NearDuplicates.Vectors(whole, kept.length > 0 ? WHOLE_SHARE : ALONE_SHARE));
    if (kept.length > 0) {
      double[][] fingerprints = new double[whole.length][kept.length];
      for (int i = 0; i < whole.length; i++) {
        for (int f = 0; f < kept.length; f++) {
          fingerprints[i][f] = whole[i][kept[f]];
        }
      }
      tables.add(new NearDuplicates.Vectors(fingerprints, FINGERPRINT_SHARE));
    }
    return tables;
  }

  /** Mean 0 and deviation 1 in each column; a constant one is 0. */
  private static void standardise(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    for (int f = 0; f < columns; f++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[f] / rows.length;
      }
      double squares = 0;
      for (double[] row : rows) {
        squares += (row[f] - mean) * (row[f] - mean);
      }
      double deviation = Math.sqrt(squares / rows.length);
      for (double[] row : rows) {
        row[f] = deviation == 0 ? 0 : (row[f] - mean) / deviation;
      }
    }
  }
}
