package org.surmala.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.compare.ComparisonTables;
import org.surmala.config.Settings;
import org.surmala.featurize.FeatureDimension;
import org.surmala.report.ResultTables;
import org.surmala.schema.Embedding;

/** The tables of the reference pages say what the program has: no more, no less. */
final class ReferencePagesTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "STAT", "(mean|std|delta_std)",
          "PITCH", "[a-g](_sharp)?",
          "AXIS", "(fifth|minor_third|major_third)_(sin|cos)",
          "NN", "\\d\\d",
          "N", "\\d");

  /** Rows of the first table below a heading, or of the first of all. */
  private static List<List<String>> table(String page, String heading) throws IOException {
    String text = Files.readString(Path.of("src/docs", page));
    int start = text.indexOf(heading.isEmpty() ? "| " : "\n### `" + heading + "`");
    assertThat(start).as("%s has a heading for %s", page, heading).isNotNegative();
    return text.substring(start)
        .lines()
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  private static List<String> names(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of("assignments.csv", ResultTables.ASSIGNMENTS),
        Arguments.of("clustering_metrics.csv", ResultTables.METRICS),
        Arguments.of("failures.csv", ResultTables.FAILURES),
        Arguments.of("comparison.csv", ComparisonTables.COLUMNS),
        Arguments.of("metadata.csv", ResultTables.METADATA));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void givenATable_whenDocumented_thenItsColumnsAreThere(String file, List<String> columns)
      throws IOException {
    List<String> documented = new ArrayList<>();
    for (List<String> row : table("formats.md", file)) {
      documented.addAll(names(row.get(0)));
    }
    assertThat(documented).isEqualTo(columns);
  }

  @Test
  void givenEmbeddings_whenDocumented_thenTheirFieldsAreThere() throws IOException {
    List<String> row =
        Files.readString(Path.of("src/docs/formats.md"))
            .lines()
            .filter(line -> line.startsWith("| `embeddings.avro`"))
            .flatMap(line -> names(line).stream())
            .toList();

    assertThat(row.subList(2, row.size()))
        .isEqualTo(
            Embedding.getClassSchema().getFields().stream().map(Schema.Field::name).toList());
  }

  /** Each dimension is in one row, with its group and unit; each row has as many as it says. */
  @Test
  void givenTheFeatures_whenDocumented_thenTheTableIsThatOfTheProgram() throws IOException {
    List<FeatureDimension> left = new ArrayList<>(new Settings().dimensions());
    String page = Files.readString(Path.of("src/docs/features.md"));
    assertThat(page).containsPattern("it has\\s+" + left.size() + " dimensions");

    for (List<String> row : table("features.md", "")) {
      String pattern = names(row.get(0)).get(0);
      // The longer placeholders first: NN is not two of N.
      for (String name : List.of("STAT", "PITCH", "AXIS", "NN", "N")) {
        String meaning = Objects.requireNonNull(PLACEHOLDERS.get(name));
        pattern = pattern.replaceFirst(name, Matcher.quoteReplacement(meaning));
      }
      Predicate<String> isOfRow = Pattern.compile(pattern).asMatchPredicate();
      List<FeatureDimension> own = left.stream().filter(d -> isOfRow.test(d.name())).toList();

      assertThat(own).as(pattern).hasSize(Integer.parseInt(row.get(1)));
      assertThat(own).extracting(d -> d.group().label()).containsOnly(row.get(2));
      assertThat(own.get(0).unit()).as(pattern).isEqualTo(row.get(3));
      left.removeAll(own);
    }
    assertThat(left).isEmpty();
  }
}
