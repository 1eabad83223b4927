package org.surmala.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.segment.SegmentOptions.ShortSongs;

final class SegmentOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "0.9, 0.5, -23, segment.window_seconds, 0.9",
    "601, 10, -23, segment.window_seconds, 601",
    "NaN, 10, -23, segment.window_seconds, NaN",
    "30, 0.3, -23, segment.min_seconds, 0.3",
    "30, 31, -23, segment.min_seconds, 31",
    "30, NaN, -23, segment.min_seconds, NaN",
    "30, 10, -61, segment.loudness_lufs, -61",
    "30, 10, 0, segment.loudness_lufs, 0.0",
  })
  void namesTheOptionThatIsOutOfItsRange(
      double window, double min, double lufs, String option, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentOptions(window, min, ShortSongs.PAD, true, lufs))
        .withMessageContaining(option)
        .withMessageContaining(value);
  }

  /** Part of the feature store's paths: a change of it makes every store stale. */
  @Test
  void hasACanonicalText() {
    assertThat(SegmentOptions.defaults().canonical())
        .isEqualTo(
            "window_seconds=30.0 min_seconds=10.0 short_songs=pad normalise=true"
                + " loudness_lufs=-23.0");
    assertThat(new SegmentOptions(3, 1.5, ShortSongs.LOOP, false, -16).canonical())
        .isEqualTo("window_seconds=3.0 min_seconds=1.5 short_songs=loop normalise=false");
  }
}
