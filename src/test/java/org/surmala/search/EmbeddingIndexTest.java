package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EmbeddingIndexTest {
  private final EmbeddingIndex places =
      EmbeddingIndex.of(new double[][] {{0, 0}, {3, 4}, {0, 1}, {-1, 0}, {6, 8}});

  @Test
  void givenAPlace_whenTheNearestAreAsked_thenMutualProximityDecidesBetweenEquallyNearOnes() {
    // Song 3 lies farther from the others than song 2, so the place is nearer to it than most.
    assertThat(places.nearest(new double[] {0, 0}, song -> song != 0, 3))
        .containsExactly(new RankedSong(3, 1), new RankedSong(2, 1), new RankedSong(1, 5));
  }

  @Test
  void givenFewerSongsThanAsked_whenTheNearestAreAsked_thenAllAreGiven() {
    assertThat(places.nearest(new double[] {6, 8}, song -> true, 99))
        .extracting(RankedSong::song)
        .containsExactly(4, 1, 2, 0, 3);
  }

  @Test
  void givenAPlaceOfAnotherModel_whenAsked_thenItIsRefused() {
    assertThatThrownBy(() -> places.nearest(new double[3], song -> true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the vector has 3 dimensions, the songs have 2; embed it by the same model");
  }
}
