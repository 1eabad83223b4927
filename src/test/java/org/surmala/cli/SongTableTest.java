package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.dsp.MusicalKey;
import org.surmala.search.KnownSong;
import org.surmala.words.Noun;

final class SongTableTest {
  private static KnownSong song(String title, @Nullable Double bpm, @Nullable MusicalKey key) {
    return new KnownSong(
        "id", "path", title, null, "A", "bright, fast, percussive", 0, bpm, key, null, null, 60);
  }

  private static List<String> table(int width, List<SongTable.Row> rows) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    SongTable.print(out, width, Noun.SONG, rows);
    out.flush();
    return text.toString().lines().toList();
  }

  @Test
  void givenSongs_whenPrinted_thenColumnsLineUp() {
    assertThat(
            table(
                79,
                List.of(
                    new SongTable.Row(
                        song("Paper Lanterns", 98.4, new MusicalKey(9, true)),
                        0.5,
                        List.of("fast", "bright")),
                    new SongTable.Row(song("Coat", null, null), 12.25, List.of()))))
        .containsExactly(
            "     distance  song                              bpm  key  cluster",
            "  1     0.500  Paper Lanterns                     98  8A   bright, fast, percu…",
            "               both fast, bright",
            "  2    12.250  Coat                                        bright, fast, percu…");
  }

  @Test
  void givenNoTempoAndNoDistance_whenPrinted_thenTheirColumnsAreLeftOut() {
    assertThat(table(60, List.of(new SongTable.Row(song("Coat", null, null), null, List.of()))))
        .containsExactly(
            "     song                               cluster",
            "  1  Coat                               bright, fast, percu…");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 40, 59, 60, 79})
  void givenLongNamesOfWideLetters_whenPrinted_thenNoLineIsWiderThanTheTerminal(int width) {
    String wide = "東京事変の群青日和 ".repeat(9);
    List<SongTable.Row> rows =
        List.of(
            new SongTable.Row(
                song(wide, 120.0, new MusicalKey(1, true)),
                123_456.0,
                List.of("constant in colour", "changing in timbre", "weakly pulsed")));

    assertThat(table(width, rows))
        .hasSize(3)
        .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(width));
  }

  @ParameterizedTest
  @CsvSource({"200,79", "80,79", "60,60", "5,32", "wide,79", "'',79"})
  void givenTheVariableColumns_whenAsked_thenTheWidthFollowsIt(String columns, int width) {
    assertThat(SongTable.width(Map.of("COLUMNS", columns))).isEqualTo(width);
    assertThat(SongTable.width(Map.of())).isEqualTo(79);
  }
}
