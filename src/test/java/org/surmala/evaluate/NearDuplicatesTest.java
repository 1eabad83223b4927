package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NearDuplicatesTest {
  /** More than two of the blocks that songs are compared in, and not a whole number of them. */
  private static final int SONGS = 700;

  @Test
  void givenCopiesAnywhere_whenLookedFor_thenExactlyTheyAreFoundInBothTables() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] wide = new double[SONGS][12];
    double[][] narrow = new double[SONGS][3];
    for (int i = 0; i < SONGS; i++) {
      Arrays.setAll(wide[i], d -> random.nextGaussian());
      Arrays.setAll(narrow[i], d -> random.nextGaussian());
    }
    // Within a block, across blocks, the first and the last; one that is near in one table only.
    List<List<Integer>> copies =
        List.of(List.of(0, 1), List.of(31, 32), List.of(255, 256), List.of(2, SONGS - 1));
    for (List<Integer> copy : copies) {
      copy(wide, copy.get(0), copy.get(1));
      copy(narrow, copy.get(0), copy.get(1));
    }
    copy(narrow, 100, 600);
    copy(wide, 101, 601);
    List<String> ids = IntStream.range(0, SONGS).mapToObj("%03d"::formatted).toList();

    NearDuplicates.Found found =
        NearDuplicates.find(
            ids,
            List.of(
                new NearDuplicates.Vectors(wide, 0.1), new NearDuplicates.Vectors(narrow, 0.01)));

    List<List<Integer>> pairs = new ArrayList<>();
    found
        .pairs()
        .forEach(
            pair ->
                pairs.add(
                    List.of(
                        Integer.parseInt(pair.getFirst()), Integer.parseInt(pair.getSecond()))));
    assertThat(pairs).containsExactlyInAnyOrderElementsOf(copies);
    assertThat(found.groups()[256]).isEqualTo(found.groups()[255]);
    assertThat(found.groups()[600]).isNotEqualTo(found.groups()[100]);
    assertThat(Arrays.stream(found.groups()).distinct()).hasSize(SONGS - copies.size());
  }

  private static void copy(double[][] table, int from, int to) {
    table[to] = table[from].clone();
    table[to][0] += 1e-6;
  }
}
