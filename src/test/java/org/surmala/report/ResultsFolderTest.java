package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;

/** The files of a run, read back by other means than those that wrote them. */
final class ResultsFolderTest {
  private static final SyntheticRun RUN = new SyntheticRun(40, 3, 2, 1);

  @TempDir static Path written;
  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    ReportOptions options =
        new ReportOptions(written + "/results/", written + "/data/", "vae", "kmeans", 11);
    ResultsFolder.write(options, RUN.records(options.data()));
    Redraw.page(options.results(), options.data());
  }

  private ReportOptions options() {
    return new ReportOptions(folder + "/results/", folder + "/data/", "vae", "kmeans", 11);
  }

  private static List<CSVRecord> csv(Path folder, String path) throws IOException {
    try (CSVParser parser =
        CSVParser.parse(
            Files.readString(folder.resolve(path)),
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      return parser.getRecords();
    }
  }

  @Test
  void givenARun_whenWritten_thenEachAssignedSongIsOneRowThatReadsBack() throws IOException {
    List<CSVRecord> rows = csv(written, "results/assignments.csv");
    assertThat(rows).hasSize(40);
    assertThat(rows.get(0).getParser().getHeaderNames())
        .containsExactly(
            "id",
            "filepath",
            "language",
            "title",
            "artist",
            "cluster",
            "cluster_name",
            "distance",
            "novelty",
            "silhouette",
            "x",
            "y",
            "model",
            "bpm",
            "key",
            "camelot",
            "group",
            "group_name");
    for (int i = 0; i < 40; i++) {
      CSVRecord row = rows.get(i);
      ClusterAssignment assignment = RUN.assignments().get(i);
      assertThat(row.get("id")).isEqualTo(SyntheticRun.id(i));
      assertThat(row.get("language")).isEqualTo(RUN.refs().get(i).getLanguage());
      // The owner's title, else the file's tag, else the file's name.
      assertThat(row.get("title"))
          .isEqualTo(
              i % 3 == 2
                  ? Integer.toString(i)
                  : SyntheticRun.TITLES[i % SyntheticRun.TITLES.length]);
      assertThat(row.get("cluster_name")).isEqualTo(SyntheticRun.NAMES[assignment.getCluster()]);
      assertThat(Double.parseDouble(row.get("distance"))).isEqualTo(assignment.getDistance());
      assertThat(Double.parseDouble(row.get("silhouette"))).isEqualTo(assignment.getSilhouette());
      assertThat(row.get("model")).isEqualTo("v-vae");
      boolean isSplit = assignment.getCluster() == 0;
      assertThat(row.get("group"))
          .isEqualTo((char) ('A' + assignment.getCluster()) + (isSplit && i % 3 == 0 ? "2" : "1"));
      assertThat(row.get("group_name"))
          .isEqualTo(
              !isSplit
                  ? SyntheticRun.NAMES[assignment.getCluster()]
                  : i % 3 == 0 ? "slow; like AC/DC" : "busy");
      assertThat(row.get("bpm")).isEqualTo(i % 4 == 3 ? "" : 90 + i + ".5");
      assertThat(row.get("key")).isEqualTo(i % 5 == 4 ? "" : "A minor");
      assertThat(row.get("camelot")).isEqualTo(i % 5 == 4 ? "" : "8A");
    }
    assertThat(csv(written, "data/metadata.csv")).hasSize(40);
    assertThat(csv(written, "data/metadata.csv").get(1).toMap())
        .containsEntry("title", SyntheticRun.TITLES[1])
        .containsEntry("duration_s", "101.000")
        .containsEntry("codec", "vorbis")
        .containsEntry("bit_rate", "128000")
        .containsEntry("loudness_lufs", "-13.50")
        .containsEntry("mix", "sum")
        .containsEntry("lyrics", "");
  }

  @Test
  void givenFigures_whenWritten_thenOneRowEachAndWhatIsWithheldIsEmpty() throws IOException {
    List<CSVRecord> rows = csv(written, "results/clustering_metrics.csv");
    assertThat(rows).hasSize(3 * 2 * 9);
    assertThat(rows.get(0).toMap())
        .containsEntry("representation", "pca")
        .containsEntry("clusterer", "kmeans")
        .containsEntry("k", "2")
        .containsEntry("ari_low", "-0.5")
        .containsEntry("ami", "")
        .containsEntry("ami_high", "")
        .containsEntry("stability", "0.875")
        .containsEntry("least_cluster_stability", "0.75")
        .containsEntry("reconstruction_r2", "")
        .containsEntry("group_r2", "")
        .containsEntry("kl_per_dimension", "");
    assertThat(rows.get(53).toMap())
        .containsEntry("representation", "vae")
        .containsEntry("clusterer", "ward")
        .containsEntry("k", "10")
        .containsEntry("stability", "")
        .containsEntry("least_cluster_stability", "")
        .containsEntry("reconstruction_r2", "0.625")
        .containsEntry("group_r2", "harmony=0.25;timbre=0.75")
        .containsEntry("kl_per_dimension", "1.9;1.4;1.1;0.8;0.5;0.3;0.004;0.002");
  }

  @Test
  void givenFindings_whenWritten_thenTheirTablesReadBack() throws IOException {
    List<CSVRecord> confounds = csv(written, "results/confounds.csv");
    assertThat(confounds).hasSize(2);
    assertThat(confounds.get(0).toMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "representation", "vae",
                "clusterer", "kmeans",
                "k", "3",
                "property", "bit_rate",
                "songs", "40",
                "balanced_accuracy", "0.875",
                "chance", "0.5",
                "cluster_ami", "0.25",
                "alarming", "true"));
    assertThat(confounds.get(1).get("balanced_accuracy")).isEmpty();
    assertThat(csv(written, "results/probes.csv").get(0).toMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "representation", "vae",
                "model", "v-vae",
                "songs", "40",
                "labels", "2",
                "logistic", "0.8125",
                "nearest_neighbours", "0.75",
                "chance", "0.5"));
    List<CSVRecord> profiles = csv(written, "results/cluster_profiles.csv");
    assertThat(profiles).hasSize(3);
    assertThat(profiles.get(1).get("cluster_name")).isEqualTo(SyntheticRun.NAMES[1]);
    assertThat(profiles.get(1).get("stability")).isEqualTo("0.875");
    assertThat(profiles.get(1).get("traits")).isEqualTo("tempo +1.25; x -0.75");
    assertThat(profiles.get(1).get("representatives"))
        .isEqualTo(
            String.join(";", SyntheticFindings.of(RUN).getProfiles().get(1).getRepresentatives()));
    List<CSVRecord> groups = csv(written, "results/group_profiles.csv");
    assertThat(groups).extracting(row -> row.get("group")).containsExactly("A1", "A2", "B1", "C1");
    assertThat(groups.get(1).get("group_name")).isEqualTo("slow; like AC/DC");
    assertThat(Files.readString(written.resolve("results/REPORT.md")))
        .contains("\n## Groups\n", "| A2: slow; like AC/DC | ");
    assertThat(csv(written, "results/near_duplicates.csv").get(0).toMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "first", SyntheticRun.id(0),
                "first_filepath", RUN.refs().get(0).getFilepath(),
                "second", SyntheticRun.id(1),
                "second_filepath", RUN.refs().get(1).getFilepath(),
                "relative_distance", "0.0625"));
    assertThat(Files.readAllLines(written.resolve("results/REPORT.md")).get(0))
        .startsWith("**Caution: bit\\_rate (balanced accuracy 0.88) alone predicts your labels");
  }

  @Test
  void givenEmbeddings_whenWritten_thenAvroReadsThemBackInOrder() throws IOException {
    List<Embedding> read = new ArrayList<>();
    try (DataFileReader<Embedding> reader =
        new DataFileReader<>(
            written.resolve("results/embeddings.avro").toFile(),
            new SpecificDatumReader<>(Embedding.class))) {
      reader.forEach(read::add);
    }
    assertThat(read).hasSize(80).containsExactlyInAnyOrderElementsOf(RUN.embeddings());
    assertThat(read).extracting(Embedding::getRepresentation).isSorted();
  }

  @Test
  void givenPlotsOfAnEarlierRun_whenTheNextHasTooLittleForThem_thenTheyAreGone()
      throws IOException {
    SyntheticRun run = new SyntheticRun(20, 3, 2, 1);
    ResultsFolder.write(options(), run.records(options().data()));
    assertThat(plots()).contains("dendrogram.png", "map_by_language.svg");

    SyntheticRun unlabelled = new SyntheticRun(20, 3, 0, 1);
    RunRecords records = unlabelled.records(options().data());
    ResultsFolder.write(
        options(),
        new RunRecords(
            records.songs(),
            records.audio(),
            records.failures(),
            records.embeddings(),
            List.of(),
            List.of(),
            List.of(),
            records.assignments(),
            List.of()));
    assertThat(plots())
        .containsExactlyInAnyOrder(
            "map_by_cluster.png",
            "map_by_cluster.svg",
            "map_by_cluster.pdf",
            "cluster_sizes.png",
            "cluster_sizes.svg",
            "cluster_sizes.pdf",
            "silhouette.png",
            "silhouette.svg",
            "silhouette.pdf");
  }

  private List<String> plots() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results/latent_visualization"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void givenNoSongOrOne_whenWritten_thenTheTablesAreThereAndNothingFails() throws IOException {
    ResultsFolder.write(
        options(),
        new RunRecords(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of()));
    assertThat(csv(folder, "results/assignments.csv")).isEmpty();
    assertThat(csv(folder, "data/metadata.csv")).isEmpty();

    SyntheticRun one = new SyntheticRun(1, 1, 1, 1);
    ResultsFolder.write(options(), one.records(options().data()));
    assertThat(csv(folder, "results/assignments.csv")).hasSize(1);
    assertThat(plots()).contains("cluster_sizes.png").doesNotContain("map_by_cluster.png");
  }

  @Test
  void givenTitlesThatNoFontHas_whenDrawn_thenTheNotesNameTheirScripts() throws IOException {
    SyntheticRun run = new SyntheticRun(6, 2, 1, 1);
    run.refs().get(0).setTitle("བོད་ཀྱི་གླུ");
    run.refs().get(1).setTitle("夜の歌 👍");
    ResultsFolder.write(options(), run.records(options().data()));

    assertThat(PlotFolder.notes(options()))
        .hasSize(2)
        .first(STRING)
        .startsWith("The plots' fonts lack some Tibetan characters");
    assertThat(PlotFolder.notes(options())).last(STRING).contains("some symbol characters");

    ResultsFolder.write(options(), new SyntheticRun(6, 2, 1, 1).records(options().data()));
    assertThat(PlotFolder.notes(options())).isEmpty();
  }

  @Test
  void givenRecordsThatContradictOneAnother_whenWritten_thenTheSongIsNamed() throws IOException {
    SyntheticRun run = new SyntheticRun(20, 3, 2, 1);
    RunRecords all = run.records(options().data());
    RunRecords unheard =
        new RunRecords(
            all.songs(),
            all.audio().subList(1, 20),
            all.failures(),
            all.embeddings(),
            all.checkpoints(),
            all.clusterings(),
            all.metrics(),
            all.assignments(),
            all.findings());
    assertThatThrownBy(() -> ResultsFolder.write(options(), unheard))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(SyntheticRun.id(0))
        .hasMessageContaining("decoded");
  }
}
