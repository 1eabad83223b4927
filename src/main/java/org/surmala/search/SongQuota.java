package org.surmala.search;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits the songs of one answer: one version of each song, a maximum per artist and per album.
 * Songs without an artist or album are not limited by it.
 */
final class SongQuota {
  private final List<KnownSong> songs;
  private final int[] versions;
  private final int perArtist;
  private final int perAlbum;
  private final Set<Integer> taken = new HashSet<>();
  private final Map<String, Integer> artists = new HashMap<>();
  private final Map<String, Integer> albums = new HashMap<>();

  /**
   * @param versions version number of each song: versions of the same song have the same number
   * @param perArtist maximum number of songs per artist; 0 for no limit
   * @param perAlbum maximum number of songs per album; 0 for no limit
   */
  SongQuota(List<KnownSong> songs, int[] versions, int perArtist, int perAlbum) {
    this.songs = songs;
    this.versions = versions;
    this.perArtist = perArtist;
    this.perAlbum = perAlbum;
  }

  /** Whether a song is within the limits. */
  boolean allows(int song) {
    return !taken.contains(versions[song])
        && isBelow(perArtist, artists, songs.get(song).artist())
        && isBelow(perAlbum, albums, songs.get(song).album());
  }

  /** Counts a song, allowed or not. */
  void add(int song) {
    taken.add(versions[song]);
    count(artists, songs.get(song).artist());
    count(albums, songs.get(song).album());
  }

  /** Counts a song if it is allowed; returns whether it was. */
  boolean take(int song) {
    boolean isAllowed = allows(song);
    if (isAllowed) {
      add(song);
    }
    return isAllowed;
  }

  /** Excludes the versions of a song without counting its artist and album. */
  void leaveOut(int song) {
    taken.add(versions[song]);
  }

  private static boolean isBelow(int limit, Map<String, Integer> counts, @Nullable String name) {
    return limit == 0 || name == null || counts.getOrDefault(SongFinder.folded(name), 0) < limit;
  }

  private static void count(Map<String, Integer> counts, @Nullable String name) {
    if (name != null) {
      counts.merge(SongFinder.folded(name), 1, Integer::sum);
    }
  }
}
