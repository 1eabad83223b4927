package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.metric.Columns;
import org.surmala.schema.NearDuplicate;

/**
 * Pairs of songs that may be one recording: encoded anew, or cut elsewhere. A pair counts when each
 * of the tables of vectors given (the features, a fingerprint) has the two nearer than a share of
 * the median distance of a song to its nearest other.
 */
public final class NearDuplicates {
  /** Share of the median nearest distance below which two songs count. */
  public static final double DEFAULT_SHARE = 0.25;

  private NearDuplicates() {}

  /**
   * Finds the pairs. Time grows with the square of the number of songs.
   *
   * @param ids of the songs, ascending
   * @param tables one or more: a row for each id; dimensions should be of like scale
   * @param share above 0
   * @return by distance, the nearest first, then by ids; the distance is that of the first table
   * @throws IllegalArgumentException when there is no table, or one is not of the same songs
   */
  public static List<NearDuplicate> find(List<String> ids, List<double[][]> tables, double share) {
    if (tables.isEmpty() || !(share > 0)) {
      throw new IllegalArgumentException(
          "near duplicates need a table and a share above 0; there are "
              + tables.size()
              + " tables and the share is "
              + share);
    }
    int n = ids.size();
    double[] thresholds = new double[tables.size()];
    List<Columns> columns = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      if (tables.get(t).length != n) {
        throw new IllegalArgumentException(
            "table " + t + " is of " + tables.get(t).length + " songs, the ids are " + n);
      }
      columns.add(Columns.of(tables.get(t)));
      thresholds[t] = medianNearest(columns.get(t), tables.get(t));
    }
    List<List<NearDuplicate>> rows =
        IntStream.range(0, n)
            .parallel()
            .mapToObj(i -> partners(i, ids, tables, columns, thresholds, share))
            .toList();
    List<NearDuplicate> pairs = new ArrayList<>();
    rows.forEach(pairs::addAll);
    // Rows are in order of the first id and columns of the second, and the sort is stable.
    pairs.sort((a, b) -> Double.compare(a.getRelativeDistance(), b.getRelativeDistance()));
    return pairs;
  }

  /**
   * Groups of songs that are linked by pairs.
   *
   * @return a number for each id; songs of one group have the same
   */
  public static int[] groups(List<String> ids, List<NearDuplicate> pairs) {
    java.util.Map<String, Integer> place = new java.util.HashMap<>();
    int[] group = new int[ids.size()];
    for (int i = 0; i < group.length; i++) {
      place.put(ids.get(i), i);
      group[i] = i;
    }
    for (NearDuplicate pair : pairs) {
      int a = group[java.util.Objects.requireNonNull(place.get(pair.getFirst()))];
      int b = group[java.util.Objects.requireNonNull(place.get(pair.getSecond()))];
      if (a != b) {
        for (int i = 0; i < group.length; i++) {
          group[i] = group[i] == Math.max(a, b) ? Math.min(a, b) : group[i];
        }
      }
    }
    return group;
  }

  private static List<NearDuplicate> partners(
      int i,
      List<String> ids,
      List<double[][]> tables,
      List<Columns> columns,
      double[] medians,
      double share) {
    List<NearDuplicate> pairs = new ArrayList<>();
    double[][] distances = new double[tables.size()][ids.size()];
    for (int t = 0; t < tables.size(); t++) {
      columns.get(t).squaredDistances(tables.get(t)[i], i + 1, ids.size(), distances[t]);
    }
    for (int j = 0; j < ids.size() - i - 1; j++) {
      boolean isNear = true;
      for (int t = 0; t < tables.size(); t++) {
        isNear &= Math.sqrt(distances[t][j]) <= share * medians[t];
      }
      if (isNear) {
        double relative = medians[0] == 0 ? 0 : Math.sqrt(distances[0][j]) / medians[0];
        pairs.add(new NearDuplicate(ids.get(i), ids.get(i + 1 + j), relative));
      }
    }
    return pairs;
  }

  private static double medianNearest(Columns columns, double[][] points) {
    int n = points.length;
    double[] nearest =
        IntStream.range(0, n)
            .parallel()
            .mapToDouble(
                i -> {
                  double[] distances = new double[n];
                  columns.squaredDistances(points[i], 0, n, distances);
                  distances[i] = Double.POSITIVE_INFINITY;
                  return Math.sqrt(Arrays.stream(distances).min().orElse(0));
                })
            .toArray();
    Arrays.sort(nearest);
    return n < 2 ? 0 : nearest[n / 2];
  }
}
