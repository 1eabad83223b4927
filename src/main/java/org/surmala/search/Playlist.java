package org.surmala.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.surmala.report.SongPoint;

/** Which songs a playlist holds, and in which order. Songs go by their numbers. */
public final class Playlist {
  private final List<KnownSong> songs;
  private final EmbeddingIndex places;

  /**
   * Playlists of these songs.
   *
   * @param songs of the collection
   * @param places one for each song
   */
  public Playlist(List<KnownSong> songs, EmbeddingIndex places) {
    if (songs.size() != places.size()) {
      throw new IllegalArgumentException(
          songs.size() + " songs have " + places.size() + " places; there must be one for each");
    }
    this.songs = List.copyOf(songs);
    this.places = places;
  }

  /**
   * A cluster's core: the songs nearest to its centre, the nearest first.
   *
   * @param cluster its letter or its name, in whatever case
   */
  public List<Integer> core(String cluster, int count) {
    return IntStream.range(0, songs.size())
        .filter(song -> songs.get(song).isIn(cluster))
        .boxed()
        .sorted(Comparator.comparing(song -> songs.get(song).distance()))
        .limit(count)
        .toList();
  }

  /**
   * The songs nearest to a point, one per artist: the nearest of each artist's songs. Songs whose
   * artist is not known count as of different artists.
   *
   * @param wanted songs that may be among them
   * @param first songs that the playlist begins with, whatever their distance
   * @param count songs in all, at most
   */
  public List<Integer> like(SongPoint point, IntPredicate wanted, List<Integer> first, int count) {
    List<Integer> playlist = new ArrayList<>();
    Set<String> artists = new HashSet<>();
    for (int song : first) {
      add(song, playlist, artists);
    }
    for (RankedSong neighbour : places.nearest(point, wanted, songs.size())) {
      if (playlist.size() >= count) {
        break;
      }
      if (!playlist.contains(neighbour.song())) {
        add(neighbour.song(), playlist, artists);
      }
    }
    return playlist;
  }

  private void add(int song, List<Integer> playlist, Set<String> artists) {
    String artist = songs.get(song).artist();
    if (artist == null || artists.add(artist.strip().toLowerCase(Locale.ROOT))) {
      playlist.add(song);
    }
  }

  /** A smooth way from one song to another: see {@link SmoothPath}. */
  public List<Integer> between(int from, int to, int count) {
    return SmoothPath.between(places, from, to, count);
  }
}
