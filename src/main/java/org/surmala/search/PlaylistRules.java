package org.surmala.search;

import org.jspecify.annotations.Nullable;

/**
 * Rules of a playlist.
 *
 * @param count maximum number of songs
 * @param minMinutes minimum playing time; null for none
 * @param maxMinutes maximum playing time; null for none
 * @param weight column whose high values are preferred; null for none
 * @param seed seed of the variation; null for no variation
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
          "--min-minutes is %s, above --max-minutes, %s; swap them"
              .formatted(minMinutes, maxMinutes));
    }
  }

  private static void requireMinutes(String option, @Nullable Double minutes) {
    if (minutes != null && !(minutes > 0)) {
      throw new IllegalArgumentException(option + " is " + minutes + "; give minutes above 0");
    }
  }

  /** Rules with a maximum number of songs only. */
  public static PlaylistRules of(SongRules songs, int count) {
    return new PlaylistRules(songs, count, null, null, null, null, false);
  }

  /** Whether this playing time, in seconds, reaches the minimum. */
  boolean isLongEnough(double seconds) {
    return minMinutes == null || seconds >= minMinutes * 60;
  }

  /** Whether this playing time, in seconds, exceeds the maximum. */
  boolean isTooLong(double seconds) {
    return maxMinutes != null && seconds > maxMinutes * 60;
  }

  /** Whether a playlist with this number of songs and seconds is full. */
  boolean isFull(int songs, double seconds) {
    return songs >= count || (minMinutes != null && maxMinutes == null && isLongEnough(seconds));
  }
}
