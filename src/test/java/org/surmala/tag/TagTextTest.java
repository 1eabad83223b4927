package org.surmala.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TagTextTest {
  @Test
  void givenAnEmptyField_whenMarked_thenTheMarkIsAllOfIt() {
    assertThat(TagText.into("", "B", List.of("Ann - Blue", "গান")))
        .isEqualTo("Surmala: B; like: Ann - Blue; গান");
    assertThat(TagText.into("", "noise", List.of())).isEqualTo("Surmala: noise");
  }

  @Test
  void givenWhatTheOwnerWrote_whenMarkedTwice_thenItStaysAndTheMarkIsReplaced() {
    String once = TagText.into("live | 1999", "A", List.of("X"));
    String twice = TagText.into(once, "C", List.of("Y"));

    assertThat(once).isEqualTo("live | 1999 | Surmala: A; like: X");
    assertThat(twice).isEqualTo("live | 1999 | Surmala: C; like: Y");
    assertThat(TagText.into(twice, "C", List.of("Y"))).isEqualTo(twice);
  }

  @Test
  void givenWordsThatMerelyNameTheProgram_whenMarked_thenTheyStay() {
    assertThat(TagText.into("sorted with Surmala: nice", "A", List.of()))
        .isEqualTo("sorted with Surmala: nice | Surmala: A");
  }
}
