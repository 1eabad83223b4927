package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void anEquationIsPrintedWhereItHolds() {
    assertThat(new Coverage(7, 1, 4, 0, 2))
        .hasToString("found 7 = clustered 1 + failed 4 + skipped 0 + duplicate 2");
  }

  @Test
  void whatIsMissingIsNamedWhereItDoesNot() {
    assertThat(new Coverage(7, 0, 4, 0, 2))
        .hasToString("found 7: clustered 0, failed 4, skipped 0, duplicate 2, not clustered 1");
    assertThat(new Coverage(2, 0, 0, 0, 0))
        .hasToString("found 2: clustered 0, failed 0, skipped 0, duplicate 0, not clustered 2");
    assertThat(new Coverage(2, 3, 0, 0, 0))
        .hasToString(
            "found 2: clustered 3, failed 0, skipped 0, duplicate 0, counted more than once 1");
  }
}
