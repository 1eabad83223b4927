package org.surmala.search;

import org.jspecify.annotations.Nullable;

/**
 * What a playlist holds.
 *
 * @param songs that it may hold
 * @param count songs at most
 * @param minMinutes playing time at least; null for any
 * @param maxMinutes playing time at most; null for any
 * @param weight column by which songs are preferred; null for none
 * @param seed of the variation; null for the playlist without variation
 * @param harmonic whether songs are ordered by {@link HarmonicOrder}
 */
public record PlaylistRules(
    SongRules songs,
    int count,
    @Nullable Double minMinutes,
    @Nullable Double maxMinutes,
    @Nullable String weight,
    @Nullable Long seed,
    boolean harmonic) {

  public PlaylistRules {
    requireMinutes("--min-minutes", minMinutes);
    requireMinutes("--max-minutes", maxMinutes);
    if (minMinutes != null && maxMinutes != null && minMinutes > maxMinutes) {
      throw new IllegalArgumentException(
          "--min-minutes is "
              + minMinutes
              + ", above --max-minutes, "
              + maxMinutes
              + "; swap them");
    }
  }

  private static void requireMinutes(String option, @Nullable Double minutes) {
    if (minutes != null && !(minutes > 0)) {
      throw new IllegalArgumentException(option + " is " + minutes + "; give minutes above 0");
    }
  }

  /** Only so many songs. */
  public static PlaylistRules of(SongRules songs, int count) {
    return new PlaylistRules(songs, count, null, null, null, null, false);
  }

  /** Whether the songs so far, in seconds, last as long as they must. */
  boolean isLongEnough(double seconds) {
    return minMinutes == null || seconds >= minMinutes * 60;
  }

  /** Whether songs of so many seconds are too long. */
  boolean isTooLong(double seconds) {
    return maxMinutes != null && seconds > maxMinutes * 60;
  }

  /** Whether a playlist of so many songs and seconds takes no more. */
  boolean isFull(int songs, double seconds) {
    return songs >= count || (minMinutes != null && maxMinutes == null && isLongEnough(seconds));
  }
}
