package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.metric.Columns;
import org.surmala.metric.CopyRule;
import org.surmala.metric.LinkedGroups;
import org.surmala.schema.NearDuplicate;

/**
 * Pairs of songs that may be one recording, by {@link CopyRule}: a pair counts when in each of the
 * tables of vectors given (the features, a fingerprint) the two are nearer than a share of how far
 * songs lie apart in it.
 */
public final class NearDuplicates {
  /** Pairs that are listed of a song, with songs after it; all count for the groups. */
  private static final int MOST_LISTED = 10;

  private static final int BLOCK = 256;

  private NearDuplicates() {}

  /**
   * Vectors of the songs.
   *
   * @param points a row for each song; dimensions should be of like scale
   * @param share of how far songs lie apart, below which two songs count, above 0
   */
  // Carries arrays; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Vectors(double[][] points, double share) {
    public Vectors {
      if (!(share > 0)) {
        throw new IllegalArgumentException("share is " + share + "; it must be above 0");
      }
    }
  }

  /**
   * What was found.
   *
   * @param pairs by distance, the nearest first, then by ids; the distance is that of the first
   *     table; of each song at most ten, so that a collection of silence does not fill the memory
   * @param groups a number for each id: songs that are linked by pairs have the same
   */
  // Carries arrays; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Found(List<NearDuplicate> pairs, int[] groups) {
    public Found {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Finds the pairs by the features: whole, and, where their groups are known, by those that an
   * encoder leaves alone.
   *
   * @param ids of the songs, ascending
   * @param features of each
   * @param featureGroups one for each feature, or none
   */
  public static Found among(List<String> ids, double[][] features, List<String> featureGroups) {
    return find(ids, SongVectors.tables(features, featureGroups));
  }

  /**
   * Finds the pairs. Time grows with the square of the number of songs.
   *
   * @param ids of the songs, ascending
   * @param tables one or more, each of the same songs
   * @throws IllegalArgumentException when there is no table, or one is not of the same songs
   */
  public static Found find(List<String> ids, List<Vectors> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("near duplicates need a table; there is none");
    }
    int n = ids.size();
    List<Columns> columns = new ArrayList<>();
    double[] apart = new double[tables.size()];
    double[] thresholds = new double[tables.size()];
    for (int t = 0; t < thresholds.length; t++) {
      Vectors table = tables.get(t);
      if (table.points().length != n) {
        throw new IllegalArgumentException(
            "table " + t + " is of " + table.points().length + " songs, the ids are " + n);
      }
      columns.add(Columns.of(table.points()));
      apart[t] = apart(columns.get(t), table.points());
      thresholds[t] = table.share() * apart[t];
    }
    LinkedGroups groups = new LinkedGroups(n);
    List<NearDuplicate> pairs = new ArrayList<>();
    for (int from = 0; from < n; from += BLOCK) {
      int first = from;
      List<List<Partner>> block =
          IntStream.range(from, Math.min(n, from + BLOCK))
              .parallel()
              .mapToObj(i -> partners(i, n, tables, columns, thresholds))
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

  /** Songs after one that are near to it in every table, the nearest first. */
  private static List<Partner> partners(
      int i, int n, List<Vectors> tables, List<Columns> columns, double[] thresholds) {
    double[][] distances = new double[thresholds.length][n - i - 1];
    for (int t = 0; t < thresholds.length; t++) {
      columns.get(t).squaredDistances(tables.get(t).points()[i], i + 1, n, distances[t]);
    }
    List<Partner> partners = new ArrayList<>();
    for (int j = 0; j < n - i - 1; j++) {
      boolean isNear = true;
      for (int t = 0; t < thresholds.length; t++) {
        isNear &= Math.sqrt(distances[t][j]) <= thresholds[t];
      }
      if (isNear) {
        partners.add(new Partner(i + 1 + j, Math.sqrt(distances[0][j])));
      }
    }
    // Ties keep the order of ids.
    partners.sort(Comparator.comparingDouble(Partner::distance));
    return partners;
  }

  private static double apart(Columns columns, double[][] points) {
    int n = points.length;
    return CopyRule.apart(
        IntStream.range(0, n)
            .parallel()
            .mapToDouble(
                i -> {
                  double[] distances = new double[n];
                  columns.squaredDistances(points[i], 0, n, distances);
                  CopyRule.Nearest nearest = new CopyRule.Nearest();
                  for (int j = 0; j < n; j++) {
                    if (j != i) {
                      nearest.offer(distances[j]);
                    }
                  }
                  return Math.sqrt(nearest.ranked());
                })
            .toArray());
  }
}
