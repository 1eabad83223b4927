package org.surmala.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which songs an answer may hold.
 *
 * @param where a {@link SongCondition} that each song meets; null for none
 * @param exclude patterns of paths that are left out, in gitignore's syntax
 * @param tempo of each song; null for any
 * @param perArtist songs of one artist at most; 0 for any number
 * @param perAlbum songs of one album at most; 0 for any number
 * @param allVersions whether each near-duplicate counts as a song of its own
 */
public record SongRules(
    @Nullable String where,
    List<String> exclude,
    @Nullable TempoRange tempo,
    int perArtist,
    int perAlbum,
    boolean allVersions) {
  /** Every song; of versions of one song the first. */
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
