package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.bench.TrainingBench;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.AvroFile;
import org.surmala.io.CsvFile;
import org.surmala.model.onnx.TinyOnnx;
import org.surmala.read.FeatureTableOptions;
import org.surmala.runner.BeamRun;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;
import org.surmala.watch.WatchProcess;

/** Flink inside the program. */
final class FlinkEmbeddedIT {
  /** More than the 10,000 members of a group that a join keeps in memory. */
  private static final int SONGS = 10_500;

  private static final double SECONDS = 6;

  @Test
  void givenMoreSongsThanAJoinKeepsInMemory_whenRunEmbedded_thenAllAreEmbedded()
      throws IOException {
    TrainingBench.Outcome outcome =
        new TrainingBench(
                SONGS,
                settings(),
                List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2"),
                progress -> {})
            .execute();

    assertThat(outcome.stageSeconds().get("evaluate")).isPositive();
  }

  @Test
  void givenAWatchThatIsKilled_whenAnotherGoesOn_thenEachSongIsAssignedOnceAndFailuresEndIt(
      @TempDir Path folder) throws IOException, InterruptedException {
    List<String> embedded =
        List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");
    Path songs = folder.resolve("songs");
    TestSongs.write(songs, 0, 9, SECONDS);
    WatchProcess killed = new WatchProcess(folder, "killed", embedded);
    try {
      killed.await("found,9 clustered,9 failed,0 skipped,0 duplicate,0 waiting,0");
      TestSongs.write(songs, 9, 1, SECONDS);
      killed.assertGoesOn(500);
    } finally {
      killed.kill();
    }

    WatchProcess next = new WatchProcess(folder, "next", embedded);
    try {
      TestSongs.write(songs, 10, 1, SECONDS);
      next.await("found,11 clustered,11 failed,0 skipped,0 duplicate,0 waiting,0");
      next.end();
      assertThat(next.log()).contains("surmala: stopped; all accepted songs are in out");
    } finally {
      next.kill();
    }
    assertThat(CsvFile.read(folder.resolve("out/assignments.csv").toString()))
        .hasSize(11)
        .extracting(row -> row.get("id"))
        .doesNotHaveDuplicates();

    WatchProcess failing = new WatchProcess(folder, "failing", embedded);
    try {
      failing.awaitWords("found 11");
      Files.move(songs, folder.resolve("away"));
      failing.assertFails("surmala: the job ended on Flink with state FAILED; -v shows its log");
    } finally {
      failing.kill();
    }
  }

  /** The model's embedding of a patch of eight samples is these samples. */
  @Test
  void givenAPretrainedModel_whenRunOnBothRunners_thenTheBytesAreTheSame(@TempDir Path folder)
      throws IOException {
    Path songs = folder.resolve("songs");
    TestSongs.write(songs, 0, 12, SECONDS);
    Path model = Files.write(folder.resolve("tiny.onnx"), TinyOnnx.mean("x", 1, 2, -1, 8, 1));
    Path preset =
        Files.writeString(
            folder.resolve("tiny.json"),
            """
            {"input": "wave", "sample_rate": 8000, "patch_length": 8, "patch_hop": 4000,
             "layout": "ntc"}
            """);
    assertSameOnBothRunners(
        SongSource.of(songs.toString()),
        folder,
        Map.of(
            "onnx.model", model.toString(),
            "onnx.preset", preset.toString(),
            "models.list", "onnx,neighbour_vae"));
  }

  @Test
  void givenBlocks_whenRunOnBothRunners_thenTheBytesAreTheSame(@TempDir Path folder)
      throws IOException {
    Path songs = folder.resolve("songs");
    TestSongs.write(songs, 0, 12, SECONDS);
    assertSameOnBothRunners(
        SongSource.of(songs.toString()),
        folder,
        Map.of(
            "models.list", "pca",
            "primary.representation", "pca",
            "cluster.k", "2..3",
            "cluster.blocks", "3"));
    int rows = 0;
    for (String name : files(folder.resolve("DirectRunner-out"), "assignments/part-")) {
      if (name.endsWith(".csv")) {
        rows += CsvFile.read(folder.resolve("FlinkRunner-out").resolve(name).toString()).size();
      }
    }
    assertThat(rows).isEqualTo(12);
  }

  /** From 200 rows on, embeddings are means over neighbours. */
  @Test
  void givenMeansOverNeighbours_whenRunOnBothRunners_thenTheBytesAreTheSame(@TempDir Path folder)
      throws IOException {
    StringBuilder rows = new StringBuilder("song,a,b,c,d,e,f\n");
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      rows.append("s").append(i);
      for (int d = 0; d < 6; d++) {
        rows.append(',').append(random.nextGaussian() + 3 * (i % 2));
      }
      rows.append('\n');
    }
    Path table = Files.writeString(folder.resolve("songs.csv"), rows.toString());
    assertSameOnBothRunners(
        new SongSource.Table(new FeatureTableOptions(table.toString(), "song", null, List.of())),
        folder,
        Map.of(
            "models.list", "neighbour_vae",
            "neighbour_vae.epochs", "1",
            "neighbour_vae.latent", "4",
            "cluster.k", "2"));
    assertThat(AvroFile.read(folder.resolve("FlinkRunner-out/model.avro").toString(), Model.class))
        .singleElement()
        .extracting(Model::getTensors, InstanceOfAssertFactories.list(Tensor.class))
        .extracting(Tensor::getName)
        .contains("smoothing_embeddings");
  }

  private static void assertSameOnBothRunners(
      SongSource songs, Path folder, Map<String, String> settings) throws IOException {
    for (String runner : List.of("DirectRunner", "FlinkRunner")) {
      Settings all = new Settings();
      TestRuns.QUICK.forEach(all::set);
      settings.forEach(all::set);
      RunRequest request =
          new RunRequest(
              songs,
              folder.resolve(runner + "-out").toString(),
              folder.resolve(runner + "-data").toString(),
              all,
              runner.equals("DirectRunner")
                  ? List.of()
                  : List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2"));
      new SongRun(request, progress -> {}).execute();
    }
    List<String> names =
        files(folder.resolve("DirectRunner-out"), "assignments", "embeddings.avro");
    names.addAll(files(folder.resolve("DirectRunner-out"), "embeddings/", "model.avro"));
    names.add("clustering_metrics.csv");
    assertThat(names).hasSizeGreaterThanOrEqualTo(4);
    for (String name : names) {
      assertThat(folder.resolve("FlinkRunner-out").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(folder.resolve("DirectRunner-out").resolve(name));
    }
  }

  /** The files whose paths in a folder begin in one of these ways, in order. */
  private static List<String> files(Path folder, String... beginnings) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> Stream.of(beginnings).anyMatch(name::startsWith))
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  @Test
  void givenAnAddressWhereNoClusterIs_whenRun_thenTheErrorNamesTheRemedy() {
    assertThatThrownBy(
            () -> BeamRun.under(List.of("--runner=FlinkRunner", "--flinkMaster=127.0.0.1:1")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no Flink cluster answers there; surmala flink start starts one");
  }

  private static Settings settings() {
    Settings settings = new Settings();
    Map.of(
            "models.list", "pca",
            "primary.representation", "pca",
            "cluster.algorithms", "kmeans",
            "cluster.k", "8",
            "cluster.restarts", "1",
            "cluster.stability_refits", "0",
            "evaluate.bootstrap", "0",
            "evaluate.permutations", "0")
        .forEach(settings::set);
    return settings;
  }
}
