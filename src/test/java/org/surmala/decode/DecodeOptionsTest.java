package org.surmala.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodeOptionsTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 3601, Double.NaN})
  void givenAnImpossibleWindow_whenMade_thenTheErrorNamesOptionRangeAndValue(double seconds) {
    assertThatThrownBy(() -> DecodeOptions.of(seconds, 1, 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "decode.window_seconds must be more than 0 and at most 3600, but was " + seconds);
  }

  @Test
  void givenDefaults_whenSerialised_thenTheyAreEqual() {
    assertThat(SerializableUtils.clone(DecodeOptions.defaults()))
        .isEqualTo(DecodeOptions.defaults());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11})
  void givenAnImpossibleNumberOfExcerpts_whenMade_thenTheErrorNamesOptionRangeAndValue(int count) {
    assertThatThrownBy(() -> DecodeOptions.of(30, count, 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decode.window_count must be from 1 to 10, but was " + count);
  }
}
