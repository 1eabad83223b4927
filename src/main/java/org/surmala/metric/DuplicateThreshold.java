package org.surmala.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The criterion for near-duplicates, such as another encoding or another cut of a recording: in
 * each view of the standardised features, the distance of two songs is below a share of the typical
 * distance. The typical distance is the median over songs of the distance to the {@value #RANK}-th
 * nearest other song, because nearer songs may be copies. If a song has more copies than that, its
 * sorted distances leap from the last copy to the first other song; then only the distances after
 * the leap count.
 */
public final class DuplicateThreshold {
  /** Rank of the neighbour whose distance counts. */
  public static final int RANK = 5;

  /** Largest number of recognised copies of a song. */
  private static final int COPIES = 20;

  /**
   * A song and its copies are at most one in this number of songs, because the distances in a few
   * tight clusters of different songs leap as well.
   */
  private static final int PIECES = 12;

  /** Number of neighbours that are examined. */
  public static final int LOOKED_AT = RANK + COPIES;

  /** Feature group that encoders preserve and other pieces do not share; see ADR 55. */
  private static final String FINGERPRINT = "harmony";

  private static final double FINGERPRINT_SHARE = 0.44;
  private static final double WHOLE_SHARE = 0.7;

  /** Share for vectors without a fingerprint. */
  private static final double ALONE_SHARE = 0.23;

  private DuplicateThreshold() {}

  /**
   * A subset of the features.
   *
   * @param columns columns, ascending
   * @param share threshold as a share of the typical distance
   */
  public record View(List<Integer> columns, double share) {
    public View {
      columns = List.copyOf(columns);
    }
  }

  /**
   * The views: the whole vector and, if groups are known, the fingerprint.
   *
   * @param columns number of features
   * @param groups groups of the features; empty without groups
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
   * The typical distance between songs.
   *
   * @param nearest for each song its {@link #LOOKED_AT} nearest other songs, or fewer
   * @param share share of the view: at a leap, a distance is below this share of the next one
   * @return 0 without songs
   */
  public static double apart(Neighbours[] nearest, double share) {
    int copies = Math.min(COPIES, nearest.length / PIECES - 1);
    double[] sorted =
        Arrays.stream(nearest).mapToDouble(near -> ranked(near, share, copies)).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /**
   * Distance of the {@value #RANK}-th nearest song that is not a copy, or of the farthest if there
   * are fewer.
   */
  private static double ranked(Neighbours near, double share, int copies) {
    int rank = RANK - 1;
    double widest = share;
    for (int next = RANK; next < near.size() && next <= copies; next++) {
      double leap = near.distance(next - 1) / near.distance(next);
      // NaN, for identical copies, is not a leap.
      if (leap < widest) {
        widest = leap;
        rank = next + RANK - 1;
      }
    }
    return near.size() == 0 ? 0 : near.distance(Math.min(rank, near.size() - 1));
  }
}
