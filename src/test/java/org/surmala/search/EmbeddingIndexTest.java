package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surmala.report.SongPoint;

final class EmbeddingIndexTest {
  private final EmbeddingIndex places =
      EmbeddingIndex.of(new double[][] {{0, 0}, {3, 4}, {0, 1}, {-1, 0}, {6, 8}});

  @Test
  void givenAPlace_whenTheNearestAreAsked_thenMutualProximityDecidesBetweenEquallyNearOnes() {
    // Song 3 lies farther from the others than song 2, so the place is nearer to it than most.
    assertThat(places.nearest(SongPoint.of(0, 0), song -> song != 0, 3))
        .containsExactly(new RankedSong(3, 1), new RankedSong(2, 1), new RankedSong(1, 5));
  }

  @Test
  void givenFewerSongsThanAsked_whenTheNearestAreAsked_thenAllAreGiven() {
    assertThat(places.nearest(SongPoint.of(6, 8), song -> true, 99))
        .extracting(RankedSong::song)
        .containsExactly(4, 1, 2, 0, 3);
  }

  @Test
  void givenAPlaceOfAnotherModel_whenAsked_thenItIsRefused() {
    assertThatThrownBy(() -> places.nearest(SongPoint.of(new double[3]), song -> true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the vector has 3 dimensions, the songs have 2; embed it by the same model");
  }

  @Test
  void givenDirections_whenTheNearestAreAsked_thenTheyDecideBetweenEquallyNearOnes() {
    List<SongPoint> points = new ArrayList<>();
    for (int song = 0; song < 4; song++) {
      double[] latent = {song % 2, Math.floorDiv(song, 2)};
      points.add(new SongPoint(latent, new double[] {10 * song}));
    }
    EmbeddingIndex index = EmbeddingIndex.of(points);

    // Songs 1 and 2 are at distance 1 in the latent space, song 1 is nearer in the directions.
    assertThat(index.nearest(index.point(0), song -> song != 0, 2))
        .containsExactly(new RankedSong(1, 1), new RankedSong(2, 1));
    assertThat(index.nearest(index.point(3), song -> song != 3, 2))
        .containsExactly(new RankedSong(2, 1), new RankedSong(1, 1));
  }

  @Test
  void givenASongWithoutDirections_whenIndexed_thenItIsRefused() {
    List<SongPoint> points =
        List.of(new SongPoint(new double[] {1}, new double[] {2}), SongPoint.of(1));

    assertThatThrownBy(() -> EmbeddingIndex.of(points))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("song 1 has a point in 1 spaces, song 0 in 2");
  }
}
