package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.option.Option;

/** Every kind has a section in src/docs/models.md, with its options as they are. */
final class ModelsPageTest {
  private static final Path PAGE = Path.of("src/docs/models.md");
  private static final List<String> COMMON = List.of("transform", "clip", "weights");

  static List<String> kinds() {
    return Representations.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givenAKind_whenItsSectionIsRead_thenItHasEveryOptionWithDefaultAndRange(String kind)
      throws IOException {
    List<String> rows = new ArrayList<>();
    for (Option<?> option : Representations.options(kind)) {
      if (!COMMON.contains(option.key())) {
        rows.add(row(option));
      }
    }
    assertThat(section("## `" + kind + "`").filter(line -> line.startsWith("| `")).toList())
        .isEqualTo(rows);
  }

  @ParameterizedTest
  @MethodSource("common")
  void givenACommonOption_whenThePageIsRead_thenItIsThere(Option<?> option) throws IOException {
    assertThat(section("## Before any model").toList()).contains(row(option));
  }

  static List<Option<?>> common() {
    return Representations.options("onnx");
  }

  private static String row(Option<?> option) {
    return "| `"
        + option.key()
        + "` | "
        + (option.standard().isEmpty() ? "none" : option.standard())
        + " | "
        + option.range()
        + " | "
        + option.doc()
        + " |";
  }

  private static java.util.stream.Stream<String> section(String heading) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int start = lines.indexOf(heading);
    assertThat(start).as(heading).isNotNegative();
    return lines.subList(start + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "));
  }
}
