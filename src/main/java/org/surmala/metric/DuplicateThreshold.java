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
 * Where a song has more copies than that, its distances leap from the last copy to the first other
 * song, by more than between a song and its copy anywhere; then those behind the leap count.
 */
public final class DuplicateThreshold {
  /** Of a song's others, the one whose distance counts. */
  public static final int RANK = 5;

  /** Most copies of a song that are seen as such. */
  private static final int COPIES = 20;

  /**
   * A song and its copies are at most one in so many songs: a few tight clusters of different songs
   * leap as well.
   */
  private static final int PIECES = 12;

  /** Number of a song's others that are looked at. */
  public static final int LOOKED_AT = RANK + COPIES;

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
   * @param nearest for each song its {@link #LOOKED_AT} nearest others, or fewer
   * @param share of the view: a leap is from less than this share of the next distance
   * @return 0 of no songs
   */
  public static double apart(Neighbours[] nearest, double share) {
    int copies = Math.min(COPIES, nearest.length / PIECES - 1);
    double[] sorted =
        Arrays.stream(nearest).mapToDouble(near -> ranked(near, share, copies)).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Distance of the {@value #RANK}-th nearest that is no copy, or of the farthest of fewer. */
  private static double ranked(Neighbours near, double share, int copies) {
    int rank = RANK - 1;
    double widest = share;
    for (int next = RANK; next < near.size() && next <= copies; next++) {
      double leap = near.distance(next - 1) / near.distance(next);
      // NaN, of copies to the last digit, is no leap.
      if (leap < widest) {
        widest = leap;
        rank = next + RANK - 1;
      }
    }
    return near.size() == 0 ? 0 : near.distance(Math.min(rank, near.size() - 1));
  }
}
