package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a table of features speaks of rows: nothing in it is a song or was decoded. */
final class TableRunTest {
  private static final int ROWS = 60;

  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();

  private int execute(String... arguments) {
    said.getBuffer().setLength(0);
    PrintWriter writer = new PrintWriter(said, true);
    return Main.execute(writer, writer, arguments);
  }

  private Path table() throws IOException {
    Random random = new Random(5);
    StringBuilder table = new StringBuilder("key,group,width,height,depth\n");
    for (int i = 0; i < ROWS; i++) {
      table.append("k").append(i).append(",g").append(i % 2);
      for (int column = 0; column < 3; column++) {
        // The last two rows are nearly the same.
        table.append(
            String.format(
                Locale.ROOT,
                ",%.6f",
                i == ROWS - 1
                    ? 20 + 1e-5
                    : i == ROWS - 2 ? 20 : i % 2 * 9 + random.nextGaussian()));
      }
      table.append('\n');
    }
    return Files.writeString(folder.resolve("table.csv"), table);
  }

  @Test
  void givenATable_whenRunAndDrawnAgain_thenItsTextsSpeakOfRows() throws IOException {
    Path results = folder.resolve("results");
    String[] run = {
      "run",
      "--features",
      table().toString(),
      "--id-column",
      "key",
      "--label-column",
      "group",
      "--results",
      results.toString(),
      "--data",
      folder.resolve("data").toString(),
      "--set",
      "models.list=raw,pca",
      "--set",
      "primary.representation=pca",
      "--set",
      "cluster.algorithms=kmeans,ward,hdbscan",
      "--set",
      "cluster.k=58..1000",
      "--set",
      "cluster.stability_refits=1",
      "--set",
      "cluster.gap_references=0",
      "--set",
      "evaluate.bootstrap=20",
      "--set",
      "evaluate.permutations=19"
    };

    assertThat(execute(run)).as(said.toString()).isZero();

    assertThat(said.toString())
        .contains("cluster.k ends at 1000, but there are 60 rows: k was limited to 59");
    requireRows("what is said", said.toString());
    assertThat(results.resolve("playlists")).doesNotExist();
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(csv|md|svg|html|m3u8?|tsv)")) {
          requireRows(name, text(file, name));
          texts.add(name);
        }
      }
    }
    assertThat(texts).contains("REPORT.md", "index.html", "dendrogram.svg", "near_duplicates.csv");
    assertThat(text(results.resolve("REPORT.md"), "REPORT.md"))
        .contains(
            "pairs of rows are nearly the same; both are", "rows of noise", "there are 60 rows");

    assertThat(execute("report", "--results", results.toString(), "--data", folder + "/data"))
        .isZero();

    assertThat(said.toString()).isEqualTo("60 rows drawn again in " + results + "/\n");
  }

  /** What is in a file besides names of columns and settings, which are the same for every run. */
  private static String text(Path file, String name) throws IOException {
    String text = Files.readString(file);
    if (name.endsWith(".csv")) {
      return text.substring(text.indexOf('\n'));
    }
    if (name.endsWith(".md")) {
      return text.substring(0, text.indexOf("## Settings"));
    }
    if (!name.endsWith(".html")) {
      return text;
    }
    String data = text.replaceFirst("(?s).*<script[^>]* id=\"data\">", "");
    ObjectNode page =
        (ObjectNode) new ObjectMapper().readTree(data.substring(0, data.indexOf("</script>")));
    page.remove("manifest");
    StringBuilder values = new StringBuilder();
    values(page, values);
    return values + text.replaceAll("(?s)<(script|style).*?</\\1>", "");
  }

  private static void values(JsonNode node, StringBuilder to) {
    if (node.isTextual()) {
      to.append(node.asText()).append('\n');
    }
    node.forEach(child -> values(child, to));
  }

  private static void requireRows(String what, String text) {
    // A model's decoder is something else.
    assertThat(
            text.lines().filter(line -> line.matches("(?i).*(song|decoded(?!\")|\\bhours?\\b).*")))
        .as(what)
        .isEmpty();
  }
}
