package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Page's test for a rise of the mean. */
final class CusumDriftDetectorTest {
  @Test
  void givenValues_whenSummed_thenTheStatisticIsThatOfTheDefinition() {
    CusumDriftDetector test = CusumDriftDetector.against(new double[] {1, 3}, 0.5, 2);
    assertThat(test.mean()).isEqualTo(2);
    assertThat(test.deviation()).isEqualTo(1);
    double statistic = 0;
    double[] values = {2, 3, 4, 1, 4, 100};
    double[] expected = {0, 0.5, 2.0, 0.5, 2.0, 5.5};
    for (int i = 0; i < values.length; i++) {
      statistic = test.next(statistic, values[i]);
      assertThat(statistic).isCloseTo(expected[i], within(1e-12));
      assertThat(test.alarms(statistic)).isEqualTo(expected[i] > 2);
    }
  }

  /** Mean run length at allowance 0.5, threshold 5: 930 (Montgomery, one side of 465). */
  @Test
  void givenANormalReference_whenNothingChanges_thenFalseAlarmsAreAsRareAsTheTablesSay() {
    CusumDriftDetector test = new CusumDriftDetector(0, 1, 0.5, 5);
    SplittableRandom random = new SplittableRandom(1);
    int runs = 2_000;
    long values = 0;
    for (int run = 0; run < runs; run++) {
      double statistic = 0;
      while (!test.alarms(statistic)) {
        statistic = test.next(statistic, random.nextGaussian());
        values++;
      }
    }
    assertThat((double) values / runs).isCloseTo(930, within(75.0));
  }

  @Test
  void givenAShiftOfThreeDeviations_whenWatched_thenTheAlarmComesWithinTenValues() {
    CusumDriftDetector test = new CusumDriftDetector(0, 1, 1, 8);
    SplittableRandom random = new SplittableRandom(2);
    double statistic = 0;
    int values = 0;
    while (!test.alarms(statistic)) {
      statistic = test.next(statistic, 3 + random.nextGaussian());
      values++;
    }
    assertThat(values).isBetween(3, 10);
  }

  @Test
  void givenNoReference_whenWatched_thenNothingIsADrift() {
    CusumDriftDetector test = CusumDriftDetector.against(new double[0], 1, 8);
    assertThat(test.next(0, 1e9)).isZero();
    assertThatThrownBy(() -> new CusumDriftDetector(0, 1, -1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowance is -1.0 and threshold 8.0");
  }
}
