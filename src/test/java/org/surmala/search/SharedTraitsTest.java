package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedTraitsTest {
  private static final List<String> FEATURES =
      List.of("tempo", "spectral_centroid_mean", "key_mode", "loudness_lufs", "mfcc_01_mean");

  /** Of each column the mean is 0 and the standard deviation 1. */
  private final SharedTraits traits =
      new SharedTraits(
          FEATURES, List.of(new double[] {1, 1, 1, 1, 1}, new double[] {-1, -1, -1, -1, -1}));

  @Test
  void givenTwoSongs_whenAsked_thenWhatBothHaveMoreOrLessOfIsTold() {
    assertThat(traits.of(new double[] {2, -1, 0.4, 3, 9}, new double[] {1, -2, 3, -3, 9}))
        .containsExactly("fast", "dark"); // by the smaller of the two, ties by the column
  }

  @Test
  void givenSongsThatShareMuch_whenAsked_thenTheStrongestThreeAreTold() {
    assertThat(traits.of(new double[] {1, 2, 3, 4, 9}, new double[] {1, 2, 3, 4, 9}))
        .containsExactly("loud", "major", "bright");
  }

  @Test
  void givenOppositeSongs_whenAsked_thenNothingIsShared() {
    assertThat(traits.of(new double[] {2, 2, 2, 2, 2}, new double[] {-2, -2, -2, -2, -2}))
        .isEmpty();
  }

  @Test
  void givenColumnsOfOneWord_whenAsked_thenItIsToldOnceAndNeverItsOpposite() {
    SharedTraits twice =
        new SharedTraits(
            List.of("spectral_centroid_mean", "spectral_rolloff_mean", "tempo"),
            List.of(new double[] {1, 1, 1}, new double[] {-1, -1, -1}));

    assertThat(twice.of(new double[] {3, -2, 1}, new double[] {3, -2, 1}))
        .containsExactly("bright", "fast");
  }

  @Test
  void givenAConstantColumn_whenAsked_thenItTellsNothing() {
    SharedTraits constant =
        new SharedTraits(List.of("tempo"), List.of(new double[] {5}, new double[] {5}));

    assertThat(constant.of(new double[] {9}, new double[] {9})).isEmpty();
  }
}
