package org.surmala.evaluate;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surmala.metric.DuplicateThreshold;
import org.surmala.schema.SegmentFeatures;

/** The features of songs as numbers. */
final class SongVectors {
  private SongVectors() {}

  /** One row for each song, with the stored values. */
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
   * The tables for the search of near-duplicates: standardised vectors and fingerprints.
   *
   * @param rows features of each song
   * @param groups groups of the features; if empty, there are no fingerprints
   */
  static List<NearDuplicates.Vectors> tables(double[][] rows, List<String> groups) {
    double[][] whole = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    standardise(whole);
    List<NearDuplicates.Vectors> tables = new ArrayList<>();
    for (DuplicateThreshold.View view :
        DuplicateThreshold.views(rows.length == 0 ? 0 : rows[0].length, groups)) {
      int[] columns = view.columns().stream().mapToInt(Integer::intValue).toArray();
      double[][] seen =
          Arrays.stream(whole)
              .map(row -> Arrays.stream(columns).mapToDouble(column -> row[column]).toArray())
              .toArray(double[][]::new);
      tables.add(new NearDuplicates.Vectors(seen, view.share()));
    }
    return tables;
  }

  /** Standardises each column to mean 0 and standard deviation 1; a constant column becomes 0. */
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
