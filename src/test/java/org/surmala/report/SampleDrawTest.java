package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.surmala.io.SongLot;

final class SampleDrawTest {
  private static final int SONGS = 200_000;

  private static int clusterOf(int song) {
    return song < 100 ? 2 : song < 10_000 ? 1 : song % 1_000 == 0 ? -1 : 0;
  }

  @Test
  void givenClustersOfManySizes_whenDrawn_thenSmallOnesAreWholeAndLargeOnesHaveTheSameShare() {
    Map<Integer, Long> sizes = new HashMap<>();
    for (int song = 0; song < SONGS; song++) {
      sizes.merge(clusterOf(song), 1L, Long::sum);
    }
    SampleDraw draw = new SampleDraw(sizes);
    Map<Integer, Integer> drawn = new HashMap<>();
    for (int song = 0; song < SONGS; song++) {
      String id = DigestUtils.sha256Hex("song " + song);
      if (draw.has(id, clusterOf(song))) {
        drawn.merge(clusterOf(song), 1, Integer::sum);
      } else {
        assertThat(SongLot.share(id)).isGreaterThanOrEqualTo(0.125);
      }
    }

    // 25,000 of 200,000 songs are one of eight; the bounds are 5 standard deviations.
    assertThat(drawn.get(2)).isEqualTo(100);
    assertThat(drawn.get(-1)).isEqualTo(190);
    assertThat(drawn.get(1)).isBetween(1_237 - 165, 1_237 + 165);
    assertThat(drawn.get(0)).isBetween(23_726 - 721, 23_726 + 721);
  }

  @Test
  void givenFewSongs_whenDrawn_thenEachIsDrawn() {
    SampleDraw draw = new SampleDraw(Map.of(0, 20_000L, 1, 5_000L));

    for (int song = 0; song < 1_000; song++) {
      assertThat(draw.has(DigestUtils.sha256Hex("song " + song), song % 2)).isTrue();
    }
  }
}
