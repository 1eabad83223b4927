package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MusicalKeyTest {
  /** The Camelot wheel as DJ software prints it. */
  @ParameterizedTest
  @CsvSource({
    "0, C major, 8B, C minor, 5A",
    "1, Db major, 3B, C# minor, 12A",
    "2, D major, 10B, D minor, 7A",
    "3, Eb major, 5B, Eb minor, 2A",
    "4, E major, 12B, E minor, 9A",
    "5, F major, 7B, F minor, 4A",
    "6, F# major, 2B, F# minor, 11A",
    "7, G major, 9B, G minor, 6A",
    "8, Ab major, 4B, G# minor, 1A",
    "9, A major, 11B, A minor, 8A",
    "10, Bb major, 6B, Bb minor, 3A",
    "11, B major, 1B, B minor, 10A",
  })
  void givenAKey_whenNamed_thenTheWheelHasIt(
      int tonic, String major, String majorCode, String minor, String minorCode) {
    MusicalKey inMajor = new MusicalKey(tonic, false);
    MusicalKey inMinor = new MusicalKey(tonic, true);
    assertThat(inMajor).hasToString(major);
    assertThat(inMajor.camelot()).isEqualTo(majorCode);
    assertThat(inMinor).hasToString(minor);
    assertThat(inMinor.camelot()).isEqualTo(minorCode);
    assertThat(MusicalKey.parse(major)).isEqualTo(inMajor);
    assertThat(MusicalKey.parse(minor)).isEqualTo(inMinor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a minor", "H minor", "8A"})
  void givenNoKey_whenParsed_thenTheTextIsNamed(String text) {
    assertThatThrownBy(() -> MusicalKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not a key");
  }

  @Test
  void givenATonicOutsideTheOctave_whenMade_thenItIsRefused() {
    assertThatThrownBy(() -> new MusicalKey(12, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the tonic is 12; it must be 0 to 11");
  }
}
