package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;

/** What is held out of a fit: no recording is on both sides. */
final class GroupedValidationSplitTest {
  private static final int COLUMNS = 30;

  /** Features of unlike scale, as they come, in two groups. */
  private static final List<String> GROUPS =
      IntStream.range(0, COLUMNS).mapToObj(f -> f < 10 ? "harmony" : "timbre").toList();

  private static float[] song(SeededRandom random) {
    float[] song = new float[COLUMNS];
    for (int f = 0; f < COLUMNS; f++) {
      song[f] = (float) (100 * f + (1 + f) * random.gaussian());
    }
    return song;
  }

  /** The song as another encoder leaves it: less so in what is not harmony. */
  private static float[] encoded(float[] song, SeededRandom random) {
    float[] encoded = song.clone();
    for (int f = 0; f < COLUMNS; f++) {
      encoded[f] += (float) ((f < 10 ? 0.03 : 0.3) * (1 + f) * random.gaussian());
    }
    return encoded;
  }

  private static TrainingRows table(List<float[]> songs) {
    float[] values = new float[songs.size() * COLUMNS];
    for (int s = 0; s < songs.size(); s++) {
      System.arraycopy(songs.get(s), 0, values, s * COLUMNS, COLUMNS);
    }
    return TrainingRows.of(COLUMNS, values);
  }

  private static int count(boolean[] heldOut) {
    return (int) IntStream.range(0, heldOut.length).filter(s -> heldOut[s]).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenATwinOfEachSong_whenSongsAreHeldOut_thenNoPairIsOnBothSides(long seed) {
    SeededRandom random = new SeededRandom(seed, 7);
    List<float[]> songs = new ArrayList<>();
    for (int s = 0; s < 600; s++) {
      songs.add(song(random));
    }
    for (int s = 0; s < 600; s++) {
      songs.add(encoded(songs.get(s), random));
    }

    boolean[] heldOut = GroupedValidationSplit.of(table(songs), GROUPS, 0.1, seed);

    for (int s = 0; s < 600; s++) {
      assertThat(heldOut[s]).as("song %d", s).isEqualTo(heldOut[s + 600]);
    }
    assertThat(count(heldOut)).isBetween(120, 121);
    assertThat(GroupedValidationSplit.of(table(songs), GROUPS, 0.1, seed)).isEqualTo(heldOut);
    assertThat(GroupedValidationSplit.of(table(songs), GROUPS, 0.1, seed + 100))
        .isNotEqualTo(heldOut);
  }

  /** Of thirty songs there are three encodings, each made from the one before. */
  @Test
  void givenCopiesOfCopies_whenSongsAreHeldOut_thenTheWholeChainIsOnOneSide() {
    SeededRandom random = new SeededRandom(3, 7);
    List<float[]> songs = new ArrayList<>();
    for (int s = 0; s < 300; s++) {
      songs.add(song(random));
    }
    int[][] chains = new int[30][4];
    for (int c = 0; c < 30; c++) {
      chains[c][0] = 10 * c;
      for (int copy = 1; copy < 4; copy++) {
        float[] before = songs.get(chains[c][copy - 1]).clone();
        // Straight on: the last is three steps from the first, too far to be its copy itself.
        for (int f = 10; f < COLUMNS; f++) {
          before[f] += 0.8f * (1 + f);
        }
        chains[c][copy] = songs.size();
        songs.add(before);
      }
    }
    int together = 0;
    for (long seed = 1; seed <= 10; seed++) {
      boolean[] heldOut = GroupedValidationSplit.of(table(songs), GROUPS, 0.2, seed);
      for (int[] chain : chains) {
        for (int song : chain) {
          assertThat(heldOut[song]).isEqualTo(heldOut[chain[0]]);
        }
        together += heldOut[chain[0]] ? 1 : 0;
      }
    }
    assertThat(together).isGreaterThan(20);
  }

  @Test
  void givenNoCopies_whenSongsAreHeldOut_thenTheyAreThoseThatChanceDraws() {
    SeededRandom random = new SeededRandom(1, 7);
    List<float[]> songs = IntStream.range(0, 200).mapToObj(s -> song(random)).toList();
    int[] permutation = IntStream.range(0, 200).toArray();
    new SeededRandom(9, RngStreams.SPLIT).shuffle(permutation, 200);

    boolean[] heldOut = GroupedValidationSplit.of(table(songs), GROUPS, 0.1, 9);

    assertThat(IntStream.range(0, 200).filter(s -> heldOut[s]).toArray())
        .containsExactlyInAnyOrder(Arrays.copyOf(permutation, 20));
  }

  /** A third of the collection is silence: more than could be held out. */
  @Test
  void givenManyCopiesOfOneSong_whenSongsAreHeldOut_thenAllOfThemTrain() {
    SeededRandom random = new SeededRandom(2, 7);
    List<float[]> songs = new ArrayList<>();
    for (int s = 0; s < 900; s++) {
      songs.add(s % 3 == 0 ? new float[COLUMNS] : song(random));
    }
    boolean[] heldOut = GroupedValidationSplit.of(table(songs), GROUPS, 0.1, 4);
    for (int s = 0; s < 900; s += 3) {
      assertThat(heldOut[s]).isFalse();
    }
    assertThat(count(heldOut)).isBetween(45, 90);
  }

  /** Songs of two patches of 4 bands × 6 frames; every second song is the one before, softer. */
  @Test
  void givenPatches_whenSongsAreHeldOut_thenCopiesAreKnownByTheirBands() {
    SeededRandom random = new SeededRandom(5, 7);
    int songs = 400;
    int columns = 24;
    float[] values = new float[songs * 2 * columns];
    for (int s = 0; s < songs; s += 2) {
      for (int band = 0; band < 4; band++) {
        double level = 10 * random.gaussian();
        double spread = 1 + 5 * random.uniform();
        for (int patch = 0; patch < 2; patch++) {
          for (int frame = 0; frame < 6; frame++) {
            int at = band * 6 + frame;
            float value = (float) (level + spread * random.gaussian());
            values[(2 * s + patch) * columns + at] = value;
            values[(2 * (s + 1) + patch) * columns + at] = value + 0.05f;
          }
        }
      }
    }
    TrainingRows rows = TrainingRows.of(columns, values, row -> row / 2);
    TrainingRows table = AnnotatedTable.images(rows, 4);
    boolean[] heldOut = GroupedValidationSplit.of(table, List.of(), 0.1, 3);
    for (int s = 0; s < songs; s += 2) {
      assertThat(heldOut[s + 1]).as("song %d", s).isEqualTo(heldOut[s]);
    }
    assertThat(count(heldOut)).isBetween(40, 41);
  }

  @Test
  void givenFewSongs_whenAShareWouldBeFewerThanEight_thenNoneIsHeldOut() {
    SeededRandom random = new SeededRandom(1, 7);
    List<float[]> songs = IntStream.range(0, 70).mapToObj(s -> song(random)).toList();
    assertThat(count(GroupedValidationSplit.of(table(songs), GROUPS, 0.1, 1))).isZero();
    assertThat(count(GroupedValidationSplit.of(table(songs), GROUPS, 0, 1))).isZero();
    assertThat(count(GroupedValidationSplit.of(table(songs), List.of(), 0.2, 1))).isEqualTo(14);
  }

  @Test
  void givenMoreSongsThanAreNeeded_whenAShareIsHeldOut_thenItIsAThousandAtMost() {
    assertThat(
            count(
                GroupedValidationSplit.of(
                    TrainingRows.of(3, Planted.clusters(50, 30_000, 3, 3, 1, 1)),
                    List.of(),
                    0.1,
                    1)))
        .isBetween(900, 1_500);
  }
}
