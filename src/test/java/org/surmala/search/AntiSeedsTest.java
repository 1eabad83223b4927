package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AntiSeedsTest {
  /**
   * By hand: the median of the distances 1, 2 and 3 to the seed at 0 is m = 2. With the anti-seed
   * at (1, 1) song 0 scores 1/(1 + 1/2) − 1/2 · 1/(1 + 1/2) = 0.333, song 1 at (-2, 0) 1/2 − 1/2 ·
   * 1/(1 + √10/2) = 0.306, song 2 at (1, 3) at distance 3 (given) 0.4 − 1/2 · 1/(1 + 2/2) = 0.15.
   * With one at (1, 0.1) song 0 scores 0.667 − 1/2 · 1/(1 + 0.1/2) = 0.190, song 1 0.5 − 1/2 · 1/(1
   * + 3.0017/2) = 0.300, song 2 0.4 − 1/2 · 1/(1 + 2.9/2) = 0.196.
   */
  @Test
  void givenAnAntiSeed_whenRanked_thenSongsNearItFallBehind() {
    EmbeddingIndex places = EmbeddingIndex.of(new double[][] {{1, 0}, {-2, 0}, {1, 3}});
    List<RankedSong> candidates =
        List.of(new RankedSong(0, 1), new RankedSong(1, 2), new RankedSong(2, 3));

    assertThat(AntiSeeds.rank(places, candidates, List.of())).isEqualTo(candidates);
    assertThat(AntiSeeds.rank(places, candidates, List.of(new double[] {1, 1})))
        .extracting(RankedSong::song)
        .containsExactly(0, 1, 2);
    assertThat(AntiSeeds.rank(places, candidates, List.of(new double[] {1, 0.1})))
        .extracting(RankedSong::song)
        .containsExactly(1, 2, 0);
    // The nearest of several anti-seeds counts.
    assertThat(
            AntiSeeds.rank(
                places, candidates, List.of(new double[] {50, 50}, new double[] {1, 0.1})))
        .extracting(RankedSong::song)
        .containsExactly(1, 2, 0);
  }

  @Test
  void givenNoCandidates_whenRanked_thenThereAreNone() {
    assertThat(
            AntiSeeds.rank(
                EmbeddingIndex.of(new double[][] {{1}}), List.of(), List.of(new double[] {1})))
        .isEmpty();
  }
}
