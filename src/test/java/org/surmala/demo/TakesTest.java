package org.surmala.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TakesTest {
  @Test
  void givenANoteThatIsRepeated_whenPlayed_thenThreeTakesSoundInTurn() {
    Takes takes = new Takes();
    List<Float> heard = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      float number = i;
      heard.add(takes.play("guitar", 60, 1, () -> new float[] {number})[0]);
    }

    assertThat(heard).containsExactly(0f, 1f, 2f, 0f, 1f, 2f, 0f, 1f);
  }

  @Test
  void givenAnotherInstrumentKeyOrLength_whenPlayed_thenItIsAnotherNote() {
    Takes takes = new Takes();
    takes.play("guitar", 60, 1, () -> new float[] {0});

    assertThat(takes.play("bass", 60, 1, () -> new float[] {1})).containsExactly(1);
    assertThat(takes.play("guitar", 61, 1, () -> new float[] {2})).containsExactly(2);
    assertThat(takes.play("guitar", 60, 2, () -> new float[] {3})).containsExactly(3);
  }
}
