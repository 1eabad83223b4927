package org.surmala.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When two songs count as one recording, encoded again or cut at another position: when in each
 * view of their standardised features they are nearer than a share of how far songs lie apart in
 * it. How far that is, is the median over songs of the distance to the {@value #RANK}-th nearest
 * other: the nearest may be a copy, in a collection where every song has one even for all songs.
 */
public final class DuplicateThreshold {
  /** Of a song's others, the one whose distance counts. */
  public static final int RANK = 5;

  /** What an encoder leaves alone, and another piece does not share; see ADR 55. */
  private static final String FINGERPRINT = "harmony";

  private static final double FINGERPRINT_SHARE = 0.44;
  private static final double WHOLE_SHARE = 0.7;

  /** Of vectors without a fingerprint beside them. */
  private static final double ALONE_SHARE = 0.23;

  private DuplicateThreshold() {}

  /**
   * Some of the features.
   *
   * @param columns which, ascending
   * @param share of how far songs lie apart, below which two songs count
   */
  public record View(List<Integer> columns, double share) {
    public View {
      columns = List.copyOf(columns);
    }
  }

  /**
   * What is looked at: the whole vector, and where the groups are known those features that an
   * encoder leaves alone.
   *
   * @param columns number of features
   * @param groups of the features; empty when they have none
   */
  public static List<View> views(int columns, List<String> groups) {
    List<Integer> fingerprint =
        IntStream.range(0, groups.size())
            .filter(f -> groups.get(f).equals(FINGERPRINT))
            .boxed()
            .toList();
    List<View> views = new ArrayList<>();
    views.add(
        new View(
            IntStream.range(0, columns).boxed().toList(),
            fingerprint.isEmpty() ? ALONE_SHARE : WHOLE_SHARE));
    if (!fingerprint.isEmpty()) {
      views.add(new View(fingerprint, FINGERPRINT_SHARE));
    }
    return views;
  }

  /**
   * How far songs lie apart.
   *
   * @param ranked for each song the distance to its {@value #RANK}-th nearest other, or to the
   *     farthest of fewer
   * @return 0 of no songs
   */
  public static double apart(double[] ranked) {
    double[] sorted = ranked.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
