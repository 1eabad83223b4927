package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.report.SongPoint;

final class PlaylistTest {
  private final List<KnownSong> songs =
      List.of(
          song("Ann", "A", 3),
          song("Ann ", "A", 1),
          song("Bob", "B", 0),
          song(null, "A", 2),
          song(null, "A", 1),
          song("ann", "B", 5));
  private final Playlist playlist =
      new Playlist(songs, EmbeddingIndex.of(new double[][] {{0}, {1}, {2}, {3}, {4}, {5}}));

  private static KnownSong song(@Nullable String artist, String cluster, double distance) {
    return new KnownSong("id", "path", "title", artist, cluster, "words of " + cluster, distance);
  }

  @Test
  void givenACluster_whenItsCoreIsAsked_thenTheNearestToItsCentreComeFirst() {
    assertThat(playlist.core("A", 3)).containsExactly(1, 4, 3);
    assertThat(playlist.core("Words of b", 3)).containsExactly(2, 5);
    assertThat(playlist.core("C", 3)).isEmpty();
  }

  @Test
  void givenASong_whenThoseLikeItAreAsked_thenItIsFirstAndEachArtistIsThereOnce() {
    assertThat(playlist.like(SongPoint.of(0), song -> song != 0, List.of(0), 9))
        .containsExactly(0, 2, 3, 4);
  }

  @Test
  void givenAPlaceOutside_whenThoseLikeItAreAsked_thenAnArtistsNearestSongIsTaken() {
    assertThat(playlist.like(SongPoint.of(6), song -> true, List.of(), 3)).containsExactly(5, 4, 3);
  }

  @Test
  void givenAnotherNumberOfPlaces_whenBuilt_thenItIsRefused() {
    assertThatThrownBy(() -> new Playlist(songs, EmbeddingIndex.of(new double[1][1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 songs have 1 places");
  }
}
