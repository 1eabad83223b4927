package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.DuplicateThreshold;
import org.surmala.metric.LinkedGroups;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;
import org.surmala.schema.NearDuplicate;

/**
 * Pairs of songs that are probably the same recording, by {@link DuplicateThreshold}: a pair counts
 * if, in each table of vectors (features, fingerprint), its distance is below a share of the
 * typical distance between songs.
 */
public final class NearDuplicates {
  /** Largest number of listed pairs of a song with later songs; all pairs count for the groups. */
  private static final int MOST_LISTED = 10;

  private static final int BLOCK = 256;
  private static final int ROWS_AT_ONCE = 32;

  /**
   * Largest number of songs for the median of nearest distances, which is then within about 2 %.
   */
  private static final int MOST_MEASURED = 2_000;

  private NearDuplicates() {}

  /**
   * Vectors of the songs.
   *
   * @param points a row for each song; dimensions should have similar scales
   * @param share threshold as a share of the typical distance between songs, above 0
   */
  public record Vectors(double[][] points, double share) {
    public Vectors {
      if (!(share > 0)) {
        throw new IllegalArgumentException("share is " + share + "; it must be above 0");
      }
    }
  }

  /**
   * The result.
   *
   * @param pairs pairs by distance in the first table, nearest first, then by ids; at most ten per
   *     song, so that a collection of silence does not fill the memory
   * @param groups a number for each id; songs that are linked by pairs have the same number
   */
  public record Found(List<NearDuplicate> pairs, int[] groups) {
    public Found {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Finds the pairs by all features and, if groups are known, also by the features that encoders do
   * not change.
   *
   * @param ids song ids, ascending
   * @param featureGroups one for each feature, or empty
   */
  public static Found among(List<String> ids, double[][] features, List<String> featureGroups) {
    return find(ids, SongVectors.tables(features, featureGroups));
  }

  /**
   * Finds the pairs, in O(n²) time.
   *
   * @param ids song ids, ascending
   * @param tables one or more, each with the same songs
   * @throws IllegalArgumentException if there is no table, or one has other songs
   */
  public static Found find(List<String> ids, List<Vectors> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("near duplicates need a table; there is none");
    }
    int n = ids.size();
    List<ColumnMajorMatrix> columns = new ArrayList<>();
    double[] apart = new double[tables.size()];
    double[] thresholds = new double[tables.size()];
    for (int t = 0; t < thresholds.length; t++) {
      Vectors table = tables.get(t);
      if (table.points().length != n) {
        throw new IllegalArgumentException(
            "table " + t + " is of " + table.points().length + " songs, the ids are " + n);
      }
      columns.add(ColumnMajorMatrix.of(table.points()));
      apart[t] = apart(columns.get(t), table);
      thresholds[t] = table.share() * apart[t];
    }
    LinkedGroups groups = new LinkedGroups(n);
    List<NearDuplicate> pairs = new ArrayList<>();
    for (int from = 0; from < n; from += BLOCK) {
      int first = from;
      int last = Math.min(n, from + BLOCK);
      List<List<Partner>> block =
          IntStream.rangeClosed(0, (last - first - 1) / ROWS_AT_ONCE)
              .parallel()
              .mapToObj(
                  rows -> {
                    int row = first + rows * ROWS_AT_ONCE;
                    int end = Math.min(last, row + ROWS_AT_ONCE);
                    return partners(row, end, tables, columns, thresholds);
                  })
              .flatMap(List::stream)
              .toList();
      for (int i = first; i < first + block.size(); i++) {
        List<Partner> partners = block.get(i - first);
        for (Partner partner : partners) {
          groups.link(i, partner.song());
        }
        for (Partner partner : partners.subList(0, Math.min(MOST_LISTED, partners.size()))) {
          double relative = apart[0] == 0 ? 0 : partner.distance() / apart[0];
          pairs.add(new NearDuplicate(ids.get(i), ids.get(partner.song()), relative));
        }
      }
    }
    pairs.sort(
        Comparator.comparingDouble(NearDuplicate::getRelativeDistance)
            .thenComparing(NearDuplicate::getFirst)
            .thenComparing(NearDuplicate::getSecond));
    return new Found(pairs, IntStream.range(0, n).map(groups::of).toArray());
  }

  private record Partner(int song, double distance) {}

  /** For each song of a range, the later songs that are near in every table, nearest first. */
  private static List<List<Partner>> partners(
      int first,
      int last,
      List<Vectors> tables,
      List<ColumnMajorMatrix> columns,
      double[] thresholds) {
    int n = columns.get(0).rows();
    int narrowest = 0;
    for (int t = 1; t < thresholds.length; t++) {
      boolean isNarrower = columns.get(t).dimensions() < columns.get(narrowest).dimensions();
      narrowest = isNarrower ? t : narrowest;
    }
    List<List<Partner>> all = new ArrayList<>();
    for (int i = first; i < last; i++) {
      all.add(new ArrayList<>());
    }
    double[] distances = new double[BLOCK];
    // Pairs that are not near in the cheapest table are not checked in the others.
    for (int from = first; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int i = first; i < last; i++) {
        double[] place = tables.get(narrowest).points()[i];
        columns.get(narrowest).squaredDistances(place, from, to, distances);
        for (int j = Math.max(i + 1, from); j < to; j++) {
          if (Math.sqrt(distances[j - from]) <= thresholds[narrowest]
              && isNear(i, j, tables, columns, thresholds)) {
            all.get(i - first).add(new Partner(j, distance(i, j, tables.get(0), columns.get(0))));
          }
        }
      }
    }
    // Ties keep the order of ids.
    all.forEach(partners -> partners.sort(Comparator.comparingDouble(Partner::distance)));
    return all;
  }

  private static boolean isNear(
      int i, int j, List<Vectors> tables, List<ColumnMajorMatrix> columns, double[] thresholds) {
    for (int t = 0; t < thresholds.length; t++) {
      if (distance(i, j, tables.get(t), columns.get(t)) > thresholds[t]) {
        return false;
      }
    }
    return true;
  }

  private static double distance(int i, int j, Vectors table, ColumnMajorMatrix columns) {
    double[] squared = new double[1];
    columns.squaredDistances(table.points()[i], j, j + 1, squared);
    return Math.sqrt(squared[0]);
  }

  /** The typical distance between songs; in a large collection from an evenly spread sample. */
  private static double apart(ColumnMajorMatrix columns, Vectors table) {
    double[][] points = table.points();
    int n = points.length;
    int measured = Math.min(n, MOST_MEASURED);
    int[] songs = IntStream.range(0, measured).map(i -> (int) ((long) i * n / measured)).toArray();
    Neighbours[] nearest =
        NearestNeighbours.of(points, columns)
            .nearest(
                Arrays.stream(songs).mapToObj(song -> points[song]).toArray(double[][]::new),
                DuplicateThreshold.LOOKED_AT,
                (query, song) -> songs[query] != song);
    return DuplicateThreshold.apart(nearest, table.share());
  }
}
