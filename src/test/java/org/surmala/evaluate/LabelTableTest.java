package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.schema.LabelCell;

final class LabelTableTest {
  @Test
  void givenCellsInParts_whenCompared_thenAgreementAndItsSamplesAreThoseOfTheSongs() {
    List<String> labels = List.of("b", "a", "b", "c", "a", "a", "b", "c");
    int[] clusters = {1, 0, 1, -1, 0, 1, 1, 0};
    List<LabelCell> cells = new ArrayList<>();
    for (int i = 0; i < clusters.length; i++) {
      cells.add(new LabelCell(0, labels.get(i), clusters[i], 1));
    }
    Collections.shuffle(cells, new Random(1));

    ExternalIndices found = Objects.requireNonNull(LabelTable.of(cells));

    ExternalIndices expected = ExternalIndices.of(LabelCodes.of(labels), LabelCodes.of(clusters));
    assertThat(found.adjustedRand()).isEqualTo(expected.adjustedRand());
    assertThat(found.normalizedMutualInformation())
        .isEqualTo(expected.normalizedMutualInformation());
    assertThat(found.resampled(new SplittableRandom(3)).adjustedRand())
        .isEqualTo(expected.resampled(new SplittableRandom(3)).adjustedRand());
  }

  @Test
  void givenOneLabel_whenCompared_thenThereIsNothingToAgreeWith() {
    assertThat(LabelTable.of(List.of(new LabelCell(0, "a", 0, 5), new LabelCell(0, "a", 1, 2))))
        .isNull();
    assertThat(LabelTable.of(List.of())).isNull();
  }
}
