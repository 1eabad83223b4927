package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.evaluate.Confounds.Property;
import org.surmala.schema.Confound;

final class ConfoundsTest {
  @Test
  void tellsSourceFromMusic() {
    int n = 200;
    SplittableRandom random = new SplittableRandom(1);
    List<@Nullable String> labels = new ArrayList<>();
    List<@Nullable Object> bitRate = new ArrayList<>();
    List<@Nullable Object> duration = new ArrayList<>();
    List<@Nullable Object> loudness = new ArrayList<>();
    List<@Nullable Object> silence = new ArrayList<>();
    int[] clusters = new int[n];
    for (int i = 0; i < n; i++) {
      boolean isBangla = i % 4 == 0;
      labels.add(i == 3 ? null : isBangla ? "Bangla" : "English");
      bitRate.add(i == 5 ? null : isBangla ? 128_000 : 320_000);
      duration.add(100 + 100 * random.nextDouble());
      loudness.add((isBangla ? -10 : -14) + 4 * random.nextGaussian());
      silence.add(null);
      clusters[i] = isBangla ? 1 : 0;
    }
    List<Confound> table =
        Confounds.of(
            List.of(
                new Property("bit_rate", bitRate),
                new Property("duration_s", duration),
                new Property("loudness_lufs", loudness),
                new Property("silence_share", silence)),
            labels,
            clusters,
            IntStream.range(0, n).toArray(),
            7);
    assertThat(table)
        .extracting(Confound::getProperty)
        .containsExactly("bit_rate", "duration_s", "loudness_lufs", "silence_share");
    Confound bits = table.get(0);
    assertThat(bits.getSongs()).isEqualTo(198);
    assertThat(bits.getBalancedAccuracy()).isEqualTo(1);
    assertThat(bits.getChance()).isEqualTo(0.5);
    assertThat(bits.getClusterAmi()).isEqualTo(1, within(1e-9));
    assertThat(bits.getAlarming()).isTrue();
    assertThat(table.get(1).getBalancedAccuracy()).isBetween(0.35, 0.64);
    assertThat(table.get(1).getAlarming()).isFalse();
    assertThat(table.get(1).getClusterAmi()).isEqualTo(0, within(0.05));
    assertThat(table.get(2).getBalancedAccuracy()).isBetween(0.6, 0.8);
    assertThat(table.get(3).getBalancedAccuracy()).isNull();
    assertThat(table.get(3).getSongs()).isZero();
  }

  @Test
  void aColumnThatTellsTheLabelIsAlarmingAndOneThatOnlyHelpsIsNot() {
    int n = 650;
    SplittableRandom random = new SplittableRandom(2);
    List<@Nullable String> labels = new ArrayList<>();
    List<Double> row = new ArrayList<>();
    List<Double> code = new ArrayList<>();
    List<Double> music = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int label = i / 50;
      labels.add("genre " + label);
      row.add(i + 0.5);
      code.add((label * 7) % 13 + 0.001 * random.nextDouble());
      music.add(label + 2 * random.nextGaussian());
    }

    int[] alone = IntStream.range(0, n).toArray();
    List<Property> columns =
        List.of(
            new Property("column music", music, true),
            new Property("column row", row, true),
            new Property("column code", code, true));

    List<Confound> table =
        Confounds.of(Confounds.telling(columns, labels, alone, 7), labels, new int[n], alone, 7);

    assertThat(table)
        .filteredOn(Confound::getAlarming)
        .extracting(Confound::getProperty)
        .containsExactlyInAnyOrder("column row", "column code");
    assertThat(table.get(2).getProperty()).isEqualTo("column music");
    assertThat(table.get(2).getBalancedAccuracy()).isBetween(0.12, 0.5);
  }

  @Test
  void foldsAreEvenAndKeepGroupsTogether() {
    int[] labels = IntStream.range(0, 100).map(i -> i % 2).toArray();
    int[] groups = IntStream.range(0, 100).map(i -> i < 10 ? 0 : i).toArray();
    int[] fold = Folds.assign(labels, groups, 5, 1);
    assertThat(Arrays.stream(fold, 0, 10).distinct().count()).isEqualTo(1);
    for (int f = 0; f < 5; f++) {
      int wanted = f;
      long songs = Arrays.stream(fold).filter(g -> g == wanted).count();
      assertThat(songs).isBetween(17L, 25L);
    }
  }
}
