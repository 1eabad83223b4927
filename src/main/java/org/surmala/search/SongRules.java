package org.surmala.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the songs of an answer.
 *
 * @param where a {@link SongCondition} for each song; null for none
 * @param exclude patterns of excluded paths, in gitignore's syntax
 * @param tempo allowed tempi; null for any
 * @param perArtist maximum number of songs per artist; 0 for no limit
 * @param perAlbum maximum number of songs per album; 0 for no limit
 * @param allVersions whether near-duplicates count as separate songs
 */
public record SongRules(
    @Nullable String where,
    List<String> exclude,
    @Nullable TempoRange tempo,
    int perArtist,
    int perAlbum,
    boolean allVersions) {
  /** Every song, but only the first version of each. */
  public static final SongRules ALL = new SongRules(null, List.of(), null, 0, 0, false);

  public SongRules {
    exclude = List.copyOf(exclude);
    requireLimit("--per-artist", perArtist);
    requireLimit("--per-album", perAlbum);
  }

  private static void requireLimit(String option, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException(
          option + " is " + limit + "; give a whole number of 1 or more, or 0 for no limit");
    }
  }
}
