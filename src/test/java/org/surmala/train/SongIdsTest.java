package org.surmala.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

final class SongIdsTest {
  private static SongIds of(List<String> all) {
    SongIds ids = new SongIds();
    all.forEach(ids::add);
    return ids;
  }

  private static int[] expected(List<String> all) {
    TreeMap<String, Integer> first = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      first.putIfAbsent(all.get(i), i);
    }
    return first.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<String> hashes(int count) {
    return new ArrayList<>(
        IntStream.range(0, count).mapToObj(i -> DigestUtils.sha256Hex("song " + i)).toList());
  }

  @Test
  void givenHashes_whenOrdered_thenTheyAscendAndEachIsGivenOnce() {
    List<String> all = hashes(40_000);
    all.addAll(all.subList(0, 100));

    SongIds ids = of(all);

    assertThat(ids.order()).isEqualTo(expected(all));
    assertThat(ids.size()).isEqualTo(40_100);
    assertThat(ids.get(39_999)).isEqualTo(all.get(39_999));
  }

  @Test
  void givenHashesThatBeginAlike_whenOrdered_thenTheRestDecides() {
    String rest = "0".repeat(55);
    List<String> all =
        Arrays.stream("7fffffffa 80000000b 7fffffff9 80000000a ffffffff1 000000001".split(" "))
            .map(start -> start + rest)
            .toList();

    assertThat(of(all).order()).containsExactly(5, 2, 0, 3, 1, 4);
  }

  @Test
  void givenOtherIds_whenOrdered_thenTheyAscendAsText() {
    List<String> all = hashes(50);
    all.addAll(List.of("blues.wav", "", "ABC", all.get(3).toUpperCase(java.util.Locale.ROOT)));

    SongIds ids = of(all);

    assertThat(ids.order()).isEqualTo(expected(all));
    assertThat(ids.get(7)).isEqualTo(all.get(7));
    assertThat(ids.get(50)).isEqualTo("blues.wav");
  }
}
