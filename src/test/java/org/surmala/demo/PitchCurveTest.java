package org.surmala.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PitchCurveTest {
  @Test
  void givenOneKey_whenAsked_thenItsPitchStays() {
    PitchCurve curve = PitchCurve.of(69);

    assertThat(curve.hertz(0)).isEqualTo(440);
    assertThat(curve.hertz(100)).isEqualTo(440);
  }

  @Test
  void givenASlideOfAnOctave_whenAsked_thenItIsHalfwayAtHalfTimeAndStaysAtTheEnd() {
    PitchCurve curve = PitchCurve.slide(57, 69, 0.5);

    assertThat(curve.hertz(0)).isCloseTo(220, within(1e-3));
    assertThat(curve.hertz(0.25)).isCloseTo(220 * Math.sqrt(2), within(1e-3));
    // A half cosine has covered (1 - cos(pi/4)) / 2 of the way after a quarter of the time.
    double share = (1 - Math.cos(Math.PI / 4)) / 2;
    assertThat(curve.hertz(0.125)).isCloseTo(220 * Math.pow(2, share), within(1e-3));
    assertThat(curve.hertz(0.5)).isEqualTo(440);
    assertThat(curve.hertz(9)).isEqualTo(440);
  }

  @Test
  void givenATurn_whenAsked_thenEndAndRangeAreThoseOfItsPoints() {
    PitchCurve curve = PitchCurve.of(69).hold(0.1).to(81, 0.1).to(57, 0.1);

    assertThat(curve.hertz(0.05)).isCloseTo(440, within(1e-9));
    assertThat(curve.hertz(0.2)).isCloseTo(880, within(1e-9));
    assertThat(curve.end()).isEqualTo(57);
    assertThat(curve.lowestHertz()).isEqualTo(220);
    assertThat(curve.highestHertz()).isEqualTo(880);
  }
}
