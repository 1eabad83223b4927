package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.surmala.report.SongPoint;

final class MarginalRelevanceTest {
  private static List<Integer> chosen(EmbeddingIndex index, int count) {
    List<RankedSong> candidates = index.nearest(SongPoint.of(0, 0), song -> true, index.size());
    return MarginalRelevance.choose(index, candidates, count).stream()
        .map(RankedSong::song)
        .toList();
  }

  /**
   * By hand: the median of the distances 1, 1.1, 1.2, 2, 3 is m = 1.2. After song 0 the value of
   * song 1 is (1/(1+1.1/1.2) − 1/(1+0.1/1.2))/2 = −0.201, of song 2 (1/2 − 1/(1+0.2/1.2))/2 =
   * −0.179, of song 3 (1/(1+2/1.2) − 1/(1+√5/1.2))/2 = 0.013, of song 4 (1/(1+3/1.2) −
   * 1/(1+4/1.2))/2 = 0.027.
   */
  @Test
  void givenNearDuplicates_whenChosen_thenOneOfThemIsEnough() {
    EmbeddingIndex index =
        EmbeddingIndex.of(new double[][] {{1, 0}, {1.1, 0}, {1.2, 0}, {0, 2}, {-3, 0}});

    assertThat(chosen(index, 3)).containsExactly(0, 4, 3);
  }

  @Test
  void givenFewerCandidatesThanAsked_whenChosen_thenAllAreGivenAndTheNearestIsFirst() {
    EmbeddingIndex index = EmbeddingIndex.of(new double[][] {{5, 0}, {0, 1}, {0, -7}});

    assertThat(chosen(index, 9)).startsWith(1).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void givenCopiesOfTheSong_whenChosen_thenDistancesOfZeroDoNoHarm() {
    EmbeddingIndex index = EmbeddingIndex.of(new double[][] {{0, 0}, {0, 0}, {0, 0}});

    assertThat(chosen(index, 2)).containsExactly(0, 1);
  }
}
