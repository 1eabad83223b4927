package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.surmala.pipeline.Coverage;
import org.surmala.pipeline.RunOutcome;
import org.surmala.report.RunSummary;
import org.surmala.words.Noun;

final class SummaryTest {
  private static final List<String> NEXT = List.of("surmala similar \"A\"", "surmala tag");

  private static String end(Noun noun, Map<String, Long> clusters) throws IOException {
    StringWriter text = new StringWriter();
    new Summary(new PrintWriter(text))
        .print(
            new RunOutcome(
                noun,
                new Coverage(2, 2, 0, 0, 0),
                2,
                0,
                new RunSummary(Map.of(), clusters, List.of(), Optional.empty()),
                Map.of(),
                1,
                OptionalDouble.empty(),
                false,
                List.of(),
                "out/",
                "data/",
                false),
            NEXT);
    return text.toString()
        .substring(text.toString().indexOf("Next"))
        .replace(System.lineSeparator(), "\n");
  }

  @Test
  void givenClusteredSongs_whenPrinted_thenTheSummaryEndsWithTheMapAndTheCommands()
      throws IOException {
    assertThat(end(Noun.SONG, Map.of("A", 2L)))
        .isEqualTo(
            """
            Next       open out/index.html: the map
                       surmala similar "A"
                       surmala tag
            """);
  }

  @Test
  void givenRowsOfATable_whenPrinted_thenNoCommandForSongsIsNamed() throws IOException {
    assertThat(end(Noun.ROW, Map.of("A", 2L)))
        .isEqualTo("Next       open out/index.html: the map\n");
  }

  @Test
  void givenNoClusters_whenPrinted_thenNoCommandForSongsIsNamed() throws IOException {
    assertThat(end(Noun.SONG, Map.of())).isEqualTo("Next       open out/index.html: the map\n");
  }
}
