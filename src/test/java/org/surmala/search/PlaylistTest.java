package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.config.UsageException;
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
  private final double[] costs = {1, 1, 1, 1, 1, 1};
  private final int[] versions = {0, 1, 2, 3, 4, 5};

  /** Each song is two minutes long. */
  private static KnownSong song(@Nullable String artist, String cluster, double distance) {
    return new KnownSong(
        "id",
        "path",
        "title",
        artist,
        cluster,
        "words of " + cluster,
        distance,
        null,
        null,
        null,
        cluster + " side",
        120);
  }

  private static SongRules limits(int perArtist, int perAlbum) {
    return new SongRules(null, List.of(), null, perArtist, perAlbum, false);
  }

  private static PlaylistRules minutes(@Nullable Double least, @Nullable Double most) {
    return new PlaylistRules(SongRules.ALL, 99, least, most, null, null, false);
  }

  private SongSelection selection(SongRules rules) throws IOException {
    return SongSelection.of(
        rules,
        songs,
        versions,
        () -> {
          throw new IOException("no rule needs the tables");
        });
  }

  private Playlist playlist(PlaylistRules rules) throws IOException {
    return new Playlist(
        songs,
        EmbeddingIndex.of(new double[][] {{0}, {1}, {2}, {3}, {4}, {5}}),
        selection(rules.songs()),
        rules,
        costs);
  }

  @Test
  void givenACluster_whenItsCoreIsAsked_thenTheNearestToItsCentreComeFirst() throws IOException {
    Playlist playlist = playlist(PlaylistRules.of(SongRules.ALL, 3));

    assertThat(playlist.core("A")).containsExactly(1, 4, 3);
    assertThat(playlist.core("Words of b")).containsExactly(2, 5);
    assertThat(playlist.core("C")).isEmpty();
  }

  @Test
  void givenAGroup_whenItsCoreIsAsked_thenTheNearestToItsOwnCentreComeFirst() throws IOException {
    List<KnownSong> grouped =
        List.of(grouped(1, "A1", 3), grouped(2, "A2", 2), grouped(3, "A2", 1), grouped(4, "A1", 0));
    PlaylistRules rules = PlaylistRules.of(SongRules.ALL, 9);
    Playlist ofGroups =
        new Playlist(
            grouped,
            EmbeddingIndex.of(new double[][] {{0}, {1}, {2}, {3}}),
            SongSelection.of(
                rules.songs(),
                grouped,
                new int[] {0, 1, 2, 3},
                () -> {
                  throw new IOException("no rule needs the tables");
                }),
            rules,
            new double[] {1, 1, 1, 1});
    assertThat(ofGroups.core("a2")).containsExactly(2, 1);
    assertThat(ofGroups.core("A1")).containsExactly(3, 0);
    assertThat(ofGroups.core("A3")).isEmpty();
    assertThat(ofGroups.core("A")).containsExactly(0, 1, 2, 3);
  }

  private static KnownSong grouped(double distance, String mark, double groupDistance) {
    return new KnownSong(
        "id",
        "path",
        "title",
        null,
        "A",
        "words of A",
        distance,
        null,
        null,
        new KnownSong.Group(mark, "words of " + mark, groupDistance),
        null,
        60);
  }

  @Test
  void givenCosts_whenTheCoreIsAsked_thenTheyMultiplyTheDistances() throws IOException {
    costs[0] = 0.2; // 0.6, of a distance of 3

    assertThat(playlist(PlaylistRules.of(SongRules.ALL, 3)).core("A")).containsExactly(0, 1, 4);
  }

  @Test
  void givenALimit_whenThoseLikeASongAreAsked_thenEachArtistOrAlbumHasSoMany() throws IOException {
    SongPoint first = SongPoint.of(0);

    assertThat(playlist(PlaylistRules.of(limits(1, 0), 9)).like(first, s -> s != 0, List.of(0)))
        .containsExactly(0, 2, 3, 4);
    assertThat(playlist(PlaylistRules.of(limits(2, 0), 9)).like(first, s -> s != 0, List.of(0)))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(playlist(PlaylistRules.of(limits(0, 1), 9)).like(first, s -> s != 0, List.of(0)))
        .containsExactly(0, 2);
  }

  @Test
  void givenVersionsOfOneSong_whenThoseLikeItAreAsked_thenOneIsThere() throws IOException {
    versions[1] = 0;
    versions[4] = 3;

    assertThat(
            playlist(PlaylistRules.of(SongRules.ALL, 9))
                .like(SongPoint.of(0), song -> song != 0, List.of(0)))
        .containsExactly(0, 2, 3, 5);
    SongRules all = new SongRules(null, List.of(), null, 0, 0, true);
    assertThat(
            playlist(PlaylistRules.of(all, 9)).like(SongPoint.of(0), song -> song != 0, List.of(0)))
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void givenAPlaceOutside_whenThoseLikeItAreAsked_thenAnArtistsNearestSongIsTaken()
      throws IOException {
    assertThat(
            playlist(PlaylistRules.of(limits(1, 0), 3))
                .like(SongPoint.of(6), song -> true, List.of()))
        .containsExactly(5, 4, 3);
  }

  @Test
  void givenExcludedPaths_whenThoseLikeASongAreAsked_thenNoneIsThere() throws IOException {
    SongRules rules = new SongRules(null, List.of("pat?"), null, 0, 0, false);

    assertThat(playlist(PlaylistRules.of(rules, 9)).like(SongPoint.of(0), s -> s != 0, List.of(0)))
        .containsExactly(0);
  }

  @Test
  void givenMinutes_whenFilled_thenThePlaylistLastsSoLong() throws IOException {
    SongPoint first = SongPoint.of(0);

    assertThat(playlist(minutes(null, 7.0)).like(first, song -> true, List.of())).hasSize(3);
    assertThat(playlist(minutes(5.0, null)).like(first, song -> true, List.of())).hasSize(3);
    assertThat(playlist(minutes(5.0, 9.0)).like(first, song -> true, List.of())).hasSize(4);
    assertThat(playlist(minutes(null, 7.0)).between(0, 5)).hasSize(3).startsWith(0).endsWith(5);
    assertThat(playlist(minutes(7.0, null)).between(0, 5)).hasSize(4).startsWith(0).endsWith(5);
  }

  @Test
  void givenMinutesThatCannotBe_whenFilled_thenTheErrorSaysWhatToLoosen() {
    assertThatThrownBy(() -> playlist(minutes(60.0, null)).core("A"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--min-minutes is 60.0, but only 8.0 minutes of songs meet all");
    assertThatThrownBy(() -> playlist(minutes(null, 3.0)).between(0, 5))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--max-minutes is 3.0, but --from and --to alone last 4.0 minutes");
    assertThatThrownBy(() -> minutes(9.0, 3.0)).hasMessageContaining("swap them");
    assertThatThrownBy(() -> minutes(0.0, null)).hasMessageContaining("give minutes above 0");
    assertThatThrownBy(() -> limits(-1, 0)).hasMessageStartingWith("--per-artist is -1; give");
  }

  @Test
  void givenALimit_whenAPathIsAsked_thenNoArtistIsThereTwice() throws IOException {
    assertThat(playlist(PlaylistRules.of(limits(1, 0), 9)).between(0, 2))
        .containsExactly(0, 3, 4, 2);
    // Who asks for two songs of an artist gets them.
    assertThat(playlist(PlaylistRules.of(limits(1, 0), 9)).between(0, 5))
        .startsWith(0)
        .endsWith(5)
        .containsExactlyInAnyOrder(0, 2, 3, 4, 5);
  }

  @Test
  void givenAnotherNumberOfPlaces_whenBuilt_thenItIsRefused() throws IOException {
    SongSelection selection = selection(SongRules.ALL);
    assertThatThrownBy(
            () ->
                new Playlist(
                    songs,
                    EmbeddingIndex.of(new double[1][1]),
                    selection,
                    PlaylistRules.of(SongRules.ALL, 3),
                    costs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 songs have 1 embeddings");
  }

  @Test
  void givenSeeds_whenCostsAreMade_thenTheSameSeedGivesTheSame() {
    List<@Nullable Double> none = Arrays.asList(null, null, null);

    assertThat(SongCosts.of(none, 7L)).isEqualTo(SongCosts.of(none, 7L));
    assertThat(SongCosts.of(none, 7L)).isNotEqualTo(SongCosts.of(none, 8L));
    assertThat(SongCosts.of(none, null)).containsExactly(1 / 1.5, 1 / 1.5, 1 / 1.5);
  }

  /** By hand: of 1, 2, 2, 9 the ranks are 0, 1.5/3, 1.5/3 and 1. */
  @Test
  void givenAColumn_whenCostsAreMade_thenTheyFollowTheRankNotTheUnit() {
    assertThat(SongCosts.of(Arrays.asList(2.0, 1.0, null, 9.0, 2.0), null))
        .containsExactly(1 / 1.5, 1, 1 / 1.5, 0.5, 1 / 1.5);
    assertThat(IntStream.range(0, 2).mapToObj(i -> 3.0).toList())
        .satisfies(
            equal -> assertThat(SongCosts.of(List.copyOf(equal), null)).containsOnly(1 / 1.5));
  }
}
