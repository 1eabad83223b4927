package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.config.UsageException;
import org.surmala.search.SongGroups.Kind;

final class SongGroupsTest {
  private final List<KnownSong> songs =
      List.of(
          song("a/1", "José", "Hits"),
          song("a/2", "Jose", "Hits"),
          song("a/3", "jose", "Hits"),
          song("b/1", "Ann", "Hits"),
          song("b/2", "Bob", "Hits"),
          song("c/1", "Ann", "Blue"),
          song("d/1", null, null));
  private final EmbeddingIndex places =
      EmbeddingIndex.of(new double[][] {{0, 0}, {0, 3}, {0, 9}, {4, 4}, {9, 4}, {8, 4}, {99, 99}});

  private static KnownSong song(String path, @Nullable String artist, @Nullable String album) {
    return new KnownSong(path, path, "t" + path, artist, "A", "a", 0, null, null, null, album, 60);
  }

  /** By hand: the mean of José's songs is (0, 4), of Ann's (6, 4), of Bob's (9, 4). */
  @Test
  void givenArtists_whenTheNearestAreAsked_thenTheMeansOfTheirSongsDecide() {
    SongGroups artists = new SongGroups(Kind.ARTIST, songs, places);

    SongGroups.Group jose = artists.find("JOSE");

    assertThat(jose.songs()).containsExactly(0, 1, 2);
    assertThat(jose.typical()).isEqualTo(1);
    assertThat(artists.nearest(jose, 9))
        .extracting(found -> found.group().name(), SongGroups.Similar::distance)
        .containsExactly(tuple("Ann", 6.0), tuple("Bob", 9.0));
    assertThat(artists.nearest(jose, 1)).hasSize(1);
  }

  @Test
  void givenAlbumsOfOneName_whenGrouped_thenFoldersTellThemApart() {
    SongGroups albums = new SongGroups(Kind.ALBUM, songs, places);

    assertThatThrownBy(() -> albums.find("hits"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "'hits' may be any of 2 albums; give the whole name:\n  Hits  a/2\n  Hits  b/1");
    assertThat(albums.find("blue").shown()).isEqualTo("Ann - Blue");
  }

  @Test
  void givenAMisspeltName_whenFound_thenTheErrorNamesThoseThatAreLikeIt() {
    SongGroups artists = new SongGroups(Kind.ARTIST, songs, places);

    assertThatThrownBy(() -> artists.find("Hose"))
        .isInstanceOf(UsageException.class)
        .hasMessage("no artist of the collection matches 'Hose'; give a part of the name");
    assertThatThrownBy(() -> artists.find("Josse"))
        .hasMessage("no artist of the collection matches 'Josse'; did you mean 'José'?");
    assertThatThrownBy(
            () ->
                new SongGroups(
                        Kind.ARTIST, songs.subList(6, 7), EmbeddingIndex.of(new double[1][1]))
                    .find("Ann"))
        .hasMessage("no song of the collection has an artist; add tags or a metadata.csv");
  }
}
