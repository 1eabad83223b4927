package org.surmala.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links lead somewhere, names exist, and decision records have one form. */
final class DocumentsTest {
  private static final Path RECORDS = Path.of("src/docs/adr");
  private static final int MOST_LINES = 60;
  private static final int MOST_COLUMNS = 100;
  private static final List<String> SECTIONS =
      List.of("## Status", "## Context", "## Decision", "## Consequences");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern NAME = Pattern.compile("`(?:[a-z]+\\.)*([A-Z][a-z]+[A-Z]\\w*)[.`(]");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
  private static final Pattern WORD = Pattern.compile("\\b[A-Z][a-z]+[A-Z]\\w*");

  /** Names that documents mention and the code does not use. */
  private static final Set<String> FOREIGN =
      Set.of(
          "LinearSearch",
          "MultivariateExponentialFamilyMixture",
          "NearestNeighborGraph",
          "NoClassDefFoundError",
          "ObjectMethods",
          "RestClusterClient",
          "StrictMath");

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("", "src/docs", "pipelines", "schemas")) {
      try (Stream<Path> files = Files.walk(Path.of(folder), folder.isEmpty() ? 1 : 9)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }

  static List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(RECORDS)) {
      return files.filter(f -> f.getFileName().toString().matches("\\d{4}-.*\\.md")).toList();
    }
  }

  /** As GitHub makes the anchor of a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ +", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String prose(Path document) throws IOException {
    return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void givenADocument_whenItsLinksAreFollowed_thenFileAndHeadingAreThere(Path document)
      throws IOException {
    for (var link : LINK.matcher(prose(document)).results().toList()) {
      String target = link.group(1);
      if (target.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
      assertThat(file).as("%s in %s", target, document).exists();
      if (parts.length == 2) {
        assertThat(prose(file).lines().filter(line -> line.startsWith("#")))
            .extracting(DocumentsTest::anchor)
            .as("%s in %s", target, document)
            .contains(parts[1]);
      }
    }
  }

  @Test
  void givenTheDocuments_whenTheyNameAClass_thenItIsThere() throws IOException {
    Set<String> known = new TreeSet<>(FOREIGN);
    for (String folder : List.of("src", "target/generated-sources")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
          WORD.matcher(code).results().forEach(word -> known.add(word.group()));
        }
      }
    }
    for (Path document : documents()) {
      Set<String> named =
          NAME.matcher(prose(document))
              .results()
              .map(name -> name.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(known).as(document.toString()).containsAll(named);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void givenARecord_whenRead_thenItHasTheSectionsOfTheTemplateOnOnePage(Path record)
      throws IOException {
    List<String> lines = Files.readAllLines(record);

    assertThat(lines.get(0)).matches("# [1-9][0-9]*\\. .*");
    assertThat(lines.stream().filter(line -> line.startsWith("## ")))
        .startsWith(SECTIONS.toArray(String[]::new))
        .hasSizeLessThanOrEqualTo(SECTIONS.size() + 1);
    assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
    assertThat(lines.stream().filter(line -> !line.startsWith("|")))
        .allMatch(line -> line.codePointCount(0, line.length()) <= MOST_COLUMNS);
  }

  @Test
  void givenTheRecords_whenListed_thenTheIndexHasEachUnderItsTitle() throws IOException {
    List<String> index = Files.readAllLines(RECORDS.resolve("README.md"));
    for (Path record : records()) {
      String[] title = Files.readAllLines(record).get(0).substring(2).split("\\. ", 2);

      assertThat(index)
          .contains("- [%s](%s) %s".formatted(title[0], record.getFileName(), title[1]));
    }
  }
}
