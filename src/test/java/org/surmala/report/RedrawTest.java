package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.golden.Npy;
import org.surmala.words.Noun;

/** Results drawn again from what is stored beside them. */
final class RedrawTest {
  private static final int SONGS = 40;

  @TempDir static Path folder;
  private static SyntheticRun run;
  private static String results;
  private static String data;

  @BeforeAll
  static void write() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    results = folder + "/results/";
    data = folder + "/data/";
    run = new SyntheticRun(SONGS, 3, 2, 1);
    ResultsFolder.write(new ReportOptions(results, data, "vae", "kmeans", 11), run.records(data));
    // They show the manifest, which is known only when a run has ended.
    assertThat(Path.of(results, "index.html")).doesNotExist();
    assertThat(Path.of(results, "REPORT.md")).doesNotExist();
    Redraw.page(results, data);
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(Path.of(results))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            Path.of(results).relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void givenStoredResults_whenRedrawn_thenEveryByteIsTheSame() throws IOException {
    Files.deleteIfExists(Path.of(results, "run.json"));
    Redraw.page(results, data);
    Map<String, String> before = files();
    for (String name :
        List.of(
            "index.html",
            "playlists/fast, bright.m3u8",
            "confounds.csv",
            "assignments.csv",
            "latent_visualization/silhouette.svg")) {
      assertThat(before).containsKey(name);
      Files.delete(Path.of(results, name));
    }
    // The model's first place is not needed, and the owner's metadata are left alone.
    Files.writeString(Path.of(data, "metadata.csv"), "mine");
    try (Stream<Path> models = Files.list(Path.of(data, "models"))) {
      for (Path model : models.toList()) {
        Files.delete(model);
      }
    }

    assertThat(Redraw.all(results, data, style -> style))
        .isEqualTo(new Redraw.Redrawn(Noun.SONG, SONGS));
    Map<String, String> after = files();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, content) -> assertThat(after.get(name)).as(name).isEqualTo(content));
    assertThat(Path.of(data, "metadata.csv")).hasContent("mine");
  }

  @Test
  void givenAManifest_whenThePageIsRedrawn_thenItTellsWhereEverySongWent() throws IOException {
    Files.writeString(
        Path.of(results, "run.json"),
        "{\"version\": \"1\", \"counts\": {\"found\": 50, \"clustered\": 40, \"failed\": 2,"
            + " \"skipped\": 7, \"duplicate\": 1}}");
    Redraw.page(results, data);
    String balance = "50 files found = 40 clustered + 2 failed + 7 skipped + 1 duplicates.";
    assertThat(Path.of(results, "REPORT.md")).content().contains(balance).contains("\"version\"");
    assertThat(Path.of(results, "index.html")).content().contains(balance);

    Files.writeString(
        Path.of(results, "run.json"), "{\"counts\": {\"found\": 50, \"clustered\": 40}}");
    Redraw.page(results, data);
    assertThat(Path.of(results, "REPORT.md")).content().contains("the counts do not balance");
  }

  @Test
  void givenAnyDamagedRecord_whenRedrawn_thenItIsNamedAndNothingIsWritten() throws IOException {
    Files.deleteIfExists(Path.of(results, "run.json"));
    Redraw.page(results, data);
    Map<String, String> before = files();
    List<String> readBack =
        before.keySet().stream()
            .filter(
                name -> name.startsWith("records/") || name.matches("(embeddings|model)\\.avro"))
            .filter(name -> !name.contains("/."))
            .toList();
    assertThat(readBack).hasSize(12);
    for (String name : readBack) {
      Path file = Path.of(results, name);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      Map<String, String> damaged = files();

      assertThatThrownBy(() -> Redraw.all(results, data, style -> style))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " ");

      assertThat(files()).isEqualTo(damaged);
      Files.write(file, bytes);
    }
  }

  @Test
  void givenNoResults_whenRedrawn_thenTheFolderIsNamed() {
    assertThatThrownBy(() -> Redraw.all(folder + "/nothing/", data, style -> style))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(folder + "/nothing/");
  }

  @Test
  void whenReported_thenNumPyAndTheProjectorGetTheLatentInTheTablesOrder() throws IOException {
    Npy array = Npy.parse("embeddings.npy", Files.readAllBytes(Path.of(results, "embeddings.npy")));
    assertThat(array.shape()).containsExactly(SONGS, 8);
    assertThat(Files.size(Path.of(results, "embeddings.npy")) - 4L * SONGS * 8).isEqualTo(128);
    List<String> vectors = Files.readAllLines(Path.of(results, "embeddings.tsv"));
    List<String> metadata = Files.readAllLines(Path.of(results, "embeddings_metadata.tsv"));
    assertThat(vectors).hasSize(SONGS);
    assertThat(metadata).hasSize(SONGS + 1);
    for (int i = 0; i < SONGS; i++) {
      assertThat(metadata.get(i + 1)).endsWith("\t" + SyntheticRun.id(i));
      assertThat(metadata.get(i + 1).split("\t", -1)).hasSize(6);
      assertThat(Float.parseFloat(vectors.get(i).split("\t", -1)[3]))
          .isEqualTo((float) array.values()[8 * i + 3]);
    }
  }

  @Test
  void whenReported_thenTheReportHasEveryChosenFigureAndNoMarkupOfATitle() throws IOException {
    String report = Files.readString(Path.of(results, "REPORT.md"));
    assertThat(report)
        .contains("| VAE | K-Means | 3 | ")
        .contains("0.125 [−0.500, 0.500]")
        .contains("| **3** | 0.400 | 1.375 | 300.000 | 0.750 | 4997.000 | 0.333 |")
        .contains("| 4 | 0.370 | 1.500 | 400.000 | 1.000 | 4996.000 | 0.250 |")
        .contains("| epochs | 80 |")
        .doesNotContain("<script>")
        .doesNotContain("<b>");
    assertThat(report.lines().filter(line -> line.startsWith("| A: fast, bright |"))).hasSize(1);
  }
}
