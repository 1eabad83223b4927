package org.surmala.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.CheckpointFile;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.io.RecordCoder;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/** The stage as a whole: records in, files out. */
public final class ReportTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private <T extends SpecificRecord> PCollection<T> create(
      String name, Class<T> type, List<T> values) {
    // In an order that no file may depend on.
    List<T> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(3));
    return pipeline.apply(name, Create.of(shuffled).withCoder(RecordCoder.of(type)));
  }

  private ReportOptions options() {
    return new ReportOptions(
        folder.getRoot() + "/results/", folder.getRoot() + "/data/", "vae", "kmeans", 11);
  }

  private void run(SyntheticRun run, List<ModelCheckpoint> checkpoints, ReportOptions options) {
    PCollectionTuple.of(Report.SONGS, create("Songs", SongRef.class, run.refs()))
        .and(Report.AUDIO, create("Heard", SongAudioInfo.class, run.audio()))
        .and(Report.FAILURES, create("Failures", Failure.class, run.failures()))
        .and(
            Report.SKIPPED,
            create(
                "Skipped",
                SkippedFile.class,
                List.of(
                    new SkippedFile("music/mix.mp3", SkipReason.TOO_LONG),
                    new SkippedFile("music/cover.jpg", SkipReason.OTHER_KIND))))
        .and(Report.EMBEDDINGS, create("Embeddings", Embedding.class, run.embeddings()))
        .and(Report.CHECKPOINTS, create("Checkpoints", ModelCheckpoint.class, checkpoints))
        .and(Report.CLUSTERINGS, create("Clusterings", Clustering.class, run.clusterings()))
        .and(Report.METRICS, create("Metrics", ClusteringMetrics.class, run.metrics()))
        .and(Report.ASSIGNMENTS, create("Assignments", ClusterAssignment.class, run.assignments()))
        .and(
            Report.FINDINGS, create("Findings", Findings.class, List.of(SyntheticFindings.of(run))))
        .apply("Report", Report.to(options));
    pipeline.run().waitUntilFinish();
  }

  private Map<String, byte[]> files() throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    Path results = folder.getRoot().toPath().resolve("results");
    try (Stream<Path> all = Files.walk(results)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(results.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  public void givenRecordsInAnyOrder_whenReported_thenEveryFileIsThereWithTheSameBytes()
      throws IOException {
    SyntheticRun run = new SyntheticRun(60, 4, 3, 1);
    ModelCheckpoint checkpoint = CheckpointFile.write(options().data() + "models/", run.model());
    run(run, List.of(checkpoint), options());
    Map<String, byte[]> first = files();

    assertThat(first.keySet())
        .contains(
            "assignments.csv",
            "clustering_metrics.csv",
            "embeddings.avro",
            "failures.csv",
            "model.avro");
    for (String plot : Figures.NAMES) {
      if (plot.equals("latent_traversals") || plot.equals("reconstructions")) {
        // The synthetic model has no weights to decode with.
        continue;
      }
      assertThat(first)
          .containsKeys(
              "latent_visualization/" + plot + ".png", "latent_visualization/" + plot + ".svg");
    }
    assertThat(first.get("model.avro"))
        .isEqualTo(Files.readAllBytes(Path.of(checkpoint.getPath())));

    ResultsFolder.write(options(), run.records(options().data()));
    Map<String, byte[]> second = files();
    assertThat(second.keySet()).isEqualTo(first.keySet());
    first.forEach((name, bytes) -> assertThat(second.get(name)).as(name).isEqualTo(bytes));
    assertThat(new String(first.get("skipped.csv"), UTF_8))
        .isEqualTo("filepath,reason\r\nmusic/cover.jpg,other_kind\r\nmusic/mix.mp3,too_long\r\n");
    assertThat(new String(first.get("failures.csv"), UTF_8))
        .isEqualTo(
            "id,filepath,stage,code,message,transient\r\n"
                + ",music/a.mp3,read,unreadable,Permission denied,true\r\n"
                + SyntheticRun.id(900_001)
                + ",\"music/b, \"\"quoted\"\".mp3\",decode,not_audio,no format that FFmpeg"
                + " knows,false\r\n");
  }

  @Test
  public void givenASilhouetteOfASample_whenReported_thenItsIntervalIsStated() throws IOException {
    SyntheticRun run = new SyntheticRun(40, 3, 2, 1);
    for (ClusteringMetrics row : run.metrics()) {
      row.setSilhouette(0.5);
      row.setSilhouetteLow(0.4375);
      row.setSilhouetteHigh(0.5625);
    }
    CheckpointFile.write(options().data() + "models/", run.model());

    ResultsFolder.write(options(), run.records(options().data()));
    Redraw.page(options().results(), options().data());

    assertThat(CsvFile.read(options().results() + "clustering_metrics.csv"))
        .isNotEmpty()
        .extracting(
            row -> row.toMap().get("silhouette_low"), row -> row.toMap().get("silhouette_high"))
        .containsOnly(tuple("0.4375", "0.5625"));
    assertThat(Path.of(options().results() + "REPORT.md"))
        .content()
        .contains("| 0.500 [0.438, 0.563] |");
  }

  @Test
  public void givenTheSameRecords_whenReportedInParts_thenTheyHaveTheRowsOfOneTable()
      throws IOException {
    SyntheticRun run = new SyntheticRun(200, 4, 3, 1);
    ModelCheckpoint checkpoint = CheckpointFile.write(options().data() + "models/", run.model());
    String root = folder.getRoot().toString();
    ReportOptions whole =
        new ReportOptions(root + "/whole/", root + "/whole-data/", "vae", "kmeans", 11);
    RunRecords records = run.records(options().data());
    ResultsFolder.write(whole, records);
    Redraw.page(whole.results(), whole.data());
    run(run, List.of(checkpoint), options().inParts(8));
    Redraw.page(options().results(), options().data());

    assertThat(rows(options().results() + "assignments/"))
        .isEqualTo(
            CsvFile.read(whole.results() + "assignments.csv").stream().map(CsvRow::toMap).toList());
    assertThat(rows(options().results() + "failures/"))
        .containsExactlyInAnyOrderElementsOf(
            CsvFile.read(whole.results() + "failures.csv").stream().map(CsvRow::toMap).toList());
    assertThat(rows(options().results() + "skipped/"))
        .extracting(row -> row.get("filepath"))
        .containsExactlyInAnyOrder("music/mix.mp3", "music/cover.jpg");
    assertThat(rows(options().data() + "metadata/"))
        .isEqualTo(
            CsvFile.read(whole.data() + "metadata.csv").stream().map(CsvRow::toMap).toList());
    for (String file :
        List.of(
            "REPORT.md",
            "cluster_profiles.csv",
            "clustering_metrics.csv",
            "near_duplicates.csv",
            "latent_visualization/cluster_sizes.svg",
            "latent_visualization/map_by_cluster.svg",
            "model.avro",
            "records/map.avro",
            "records/songs.avro")) {
      assertThat(Path.of(options().results() + file))
          .as(file)
          .hasSameBinaryContentAs(Path.of(whole.results() + file));
    }
    assertThat(Path.of(options().results() + "assignments.csv")).doesNotExist();
    assertThat(Path.of(options().results() + "embeddings.avro")).doesNotExist();
    SongParts.Manifest manifest = Objects.requireNonNull(SongParts.manifest(options().results()));
    assertThat(manifest.parts()).hasSize(8);
    assertThat(manifest.rows()).isEqualTo(200);
    assertThat(manifest.model()).isEqualTo(checkpoint.getVersion());
    assertThat(RunSummary.read(options().results())).isEqualTo(RunSummary.read(whole.results()));
    assertThat(ShownResults.read(options().results(), options().data()).songs())
        .isEqualTo(ShownResults.read(whole.results(), whole.data()).songs());
    assertThat(StoredPoints.read(options().results(), "v-vae"))
        .usingRecursiveComparison()
        .isEqualTo(StoredPoints.read(whole.results(), "v-vae"));
  }

  /** The rows of all parts, ascending by id. */
  private static List<Map<String, String>> rows(String parts) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(parts))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".csv")).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          CsvFile.read(file.toString()).forEach(row -> rows.add(row.toMap()));
        }
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row.get("id"))));
    return rows;
  }
}
