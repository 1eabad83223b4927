package org.surmala.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.config.AudioOptions;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.read.FeatureTableOptions;
import org.surmala.runner.RunProgress;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.CatalogEntry;
import org.surmala.schema.SegmentFeatures;
import org.surmala.store.FeatureStore;

final class ComparisonRunTest {
  private static final int SONGS = 60;
  private static final int FEATURES = 6;
  private static final List<String> REPRESENTATIONS = List.of("raw", "pca", "vae");
  private static final List<String> CLUSTERERS = List.of("kmeans", "ward");
  private static final int SEEDS = 2;
  private static final int CELLS = 3 * 2 * SEEDS;

  @TempDir private Path folder;

  /** What a kill leaves: some cells, a cell and a fit that are cut off, files that were begun. */
  @Test
  void givenAComparisonThatDied_whenRunAgain_thenTheRestIsComputedAndTheFilesAreTheSame()
      throws Exception {
    Path table = table(true);
    ComparisonRun.Outcome whole = run(table, "whole", CLUSTERERS, ComparisonRunTest::ignore);
    assertThat(whole.computed()).isEqualTo(CELLS);
    run(table, "killed", CLUSTERERS, ComparisonRunTest::ignore);
    List<Path> cells = cells("killed");
    for (Path lost : cells.subList(5, CELLS)) {
      Files.delete(lost);
    }
    Path cut = cells.get(4);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
    Path fits = Files.createDirectories(cut.resolveSibling("fits"));
    Files.write(fits.resolve("vae.7.avro"), new byte[100]);
    Path begun = Files.createFile(cut.resolveSibling(".raw.ward.3.7.avro.x.unfinished"));

    List<RunProgress> progress = new ArrayList<>();
    ComparisonRun.Outcome outcome = run(table, "killed", CLUSTERERS, progress::add);

    assertThat(outcome.recalled()).isEqualTo(4);
    assertThat(outcome.computed()).isEqualTo(CELLS - 4);
    assertThat(outcome.summary().rows()).isEqualTo(whole.summary().rows());
    assertThat(files("whole")).hasSize(3).isEqualTo(files("killed"));
    assertThat(progress)
        .extracting(RunProgress::stage)
        .startsWith("compare")
        .endsWith("compare", "resample");
    assertThat(progress.get(progress.size() - 2))
        .isEqualTo(new RunProgress("compare", CELLS, CELLS, "clusterings", 0));
    assertThat(begun).doesNotExist();
    assertThat(fits).isEmptyDirectory();
    List<Path> expected = cells("whole");
    for (int i = 0; i < CELLS; i++) {
      assertThat(cells("killed").get(i)).hasSameBinaryContentAs(expected.get(i));
    }
  }

  @Test
  void givenALargerGrid_whenRun_thenWhatTheSmallerHadIsKnown() throws Exception {
    Path table = table(true);
    run(table, "grown", List.of("kmeans"), ComparisonRunTest::ignore);

    ComparisonRun.Outcome outcome = run(table, "grown", CLUSTERERS, ComparisonRunTest::ignore);

    assertThat(outcome.recalled()).isEqualTo(CELLS / 2);
    assertThat(outcome.computed()).isEqualTo(CELLS / 2);
  }

  @Test
  void givenAnotherOptionOfAModel_whenRun_thenNothingIsTakenFromTheJournal() throws Exception {
    Path table = table(true);
    run(table, "changed", List.of("kmeans"), ComparisonRunTest::ignore);
    Settings settings = settings();
    settings.set("vae.epochs", "4");

    ComparisonRun.Outcome outcome =
        new ComparisonRun(
                request(table, "changed", List.of("kmeans"), settings), ComparisonRunTest::ignore)
            .execute();

    assertThat(outcome.recalled()).isZero();
  }

  @Test
  void givenLabelsThatAreHeard_whenCompared_thenTheVerdictNamesTheBest() throws Exception {
    ComparisonRun.Outcome outcome =
        run(table(true), "audio", CLUSTERERS, ComparisonRunTest::ignore);

    assertThat(outcome.summary().verdict().get(0))
        .startsWith("The clusterings that separate the 3 labels best: ")
        .contains("k = 3", "chance p = 0.010");
    assertThat(outcome.summary().rows().get(0).ari()).isGreaterThan(0.9);
    assertThat(Files.readString(folder.resolve("audio/results/comparison.html")))
        .startsWith("<!doctype html>")
        .contains("60 rows with 3 labels and 6 features; seeds 7 to 8.")
        .contains("<td>vae</td><td>ward</td>");
  }

  @Test
  void givenLabelsDealtAtRandom_whenCompared_thenTheVerdictIsNoEvidence() throws Exception {
    ComparisonRun.Outcome outcome =
        run(table(false), "shuffled", CLUSTERERS, ComparisonRunTest::ignore);

    assertThat(outcome.summary().verdict()).hasSize(1);
    assertThat(outcome.summary().verdict().get(0)).startsWith("None of the 6");
  }

  /** From the table to the verdict, for twenty dealings of the same labels. */
  @Test
  void givenTwentyShufflesOfTheLabels_whenCompared_thenNineteenOrMoreAreNoEvidence()
      throws Exception {
    int withoutEvidence = 0;
    for (int shuffle = 1; shuffle <= 20; shuffle++) {
      Path table = Files.writeString(folder.resolve("shuffle.csv"), csv(false, shuffle));
      ComparisonRun.Outcome outcome =
          run(table, "shuffle-" + shuffle, CLUSTERERS, ComparisonRunTest::ignore);
      assertThat(outcome.computed()).isEqualTo(CELLS);
      withoutEvidence += outcome.summary().verdict().get(0).startsWith("None of the 6") ? 1 : 0;
    }
    assertThat(withoutEvidence).isGreaterThanOrEqualTo(19);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAFeatureStore_whenCompared_thenSongsWithFeaturesAndALabelAreTakenById(boolean inParts)
      throws Exception {
    Settings settings = settings();
    settings.set("features.list", "rms");
    int dimensions = settings.dimensions().size();
    Path data = Files.createDirectories(folder.resolve("store/data"));
    List<SegmentFeatures> stored = new ArrayList<>();
    // Rows of metadata.csv stand in the order of paths, which is not that of ids.
    StringBuilder metadata = new StringBuilder("id,filepath,language\r\n");
    Random random = new Random(3);
    for (int i = 19; i >= 0; i--) {
      String id = String.format("%03d", i);
      metadata.append(id).append(",x,").append(i % 2 == 0 ? "Bangla" : "English").append("\r\n");
      stored.add(features(id, dimensions, AudioOptions.of(settings).spec(), i % 2 * 5, random));
    }
    metadata.append("failed,x,Bangla\r\nunlabelled,x,\r\nrare,x,Hindi\r\n");
    stored.add(features("unlabelled", dimensions, AudioOptions.of(settings).spec(), 0, random));
    stored.add(features("rare", dimensions, AudioOptions.of(settings).spec(), 0, random));
    stored.add(features("removed", dimensions, AudioOptions.of(settings).spec(), 0, random));
    if (inParts) {
      List<String> lines = metadata.toString().lines().toList();
      Path parts = Files.createDirectories(data.resolve("metadata"));
      Files.write(parts.resolve("part-00000.csv"), lines.subList(0, 9));
      Files.write(
          parts.resolve("part-00001.csv"),
          Stream.concat(lines.stream().limit(1), lines.stream().skip(9)).toList());
      // Of a former run.
      Files.writeString(data.resolve("metadata.csv"), "id,filepath,language\r\n000,x,Hindi\r\n");
    } else {
      Files.writeString(data.resolve("metadata.csv"), metadata);
    }
    new FeatureStore(data + "/features", AudioOptions.of(settings).spec()).writeFeatures(stored);

    ComparisonRun.Outcome outcome =
        new ComparisonRun(
                request(null, "store", List.of("kmeans"), settings), ComparisonRunTest::ignore)
            .execute();

    assertThat(outcome.songs()).isEqualTo(20);
    assertThat(outcome.labels()).isEqualTo(2);
    assertThat(outcome.notes())
        .containsExactly(
            "left out because they have no features: 1",
            "left out because they have no label: 1",
            "left out because they have a label of fewer than 2 songs: 1");
    assertThat(outcome.summary().rows().get(0).ari()).isEqualTo(1);

    settings.set("features.list", "rms,mfcc");
    assertThatThrownBy(
            () ->
                new ComparisonRun(
                        request(null, "store", CLUSTERERS, settings), ComparisonRunTest::ignore)
                    .execute())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has no features of version " + AudioOptions.of(settings).spec())
        .hasMessageContaining("first run: surmala run --songs PATH --data " + data);
  }

  /** Numbers as ids, as in a file that someone else has made; b/2.wav holds what a/2.wav does. */
  @Test
  void givenAMetadataFileOfTheOwners_whenCompared_thenSongsAreFoundByTheirPaths() throws Exception {
    Settings settings = settings();
    settings.set("features.list", "rms");
    int dimensions = settings.dimensions().size();
    Path data = Files.createDirectories(folder.resolve("owner/data"));
    List<SegmentFeatures> stored = new ArrayList<>();
    StringBuilder metadata = new StringBuilder("id,filepath,game\r\n9,b/2.wav,wrong\r\n");
    List<CatalogEntry> catalog = new ArrayList<>();
    catalog.add(new CatalogEntry(data.resolve("b/2.wav").toString(), 1L, 1L, "sha-02"));
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      String id = String.format("sha-%02d", i);
      String path = "a/" + i + ".wav";
      metadata.append(i).append(',').append(path).append(i % 2 == 0 ? ",0ad" : ",asc");
      metadata.append("\r\n");
      catalog.add(new CatalogEntry(data.resolve(path).toString(), 1L, 1L, id));
      stored.add(features(id, dimensions, AudioOptions.of(settings).spec(), i % 2 * 5, random));
    }
    metadata.append("20,a/never-heard.wav,asc\r\n");
    Files.writeString(data.resolve("metadata.csv"), metadata);
    new FeatureStore(data + "/features", AudioOptions.of(settings).spec()).writeFeatures(stored);
    try (DataFileWriter<CatalogEntry> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(CatalogEntry.class))) {
      writer.create(CatalogEntry.getClassSchema(), data.resolve("catalog.avro").toFile());
      for (CatalogEntry entry : catalog) {
        writer.append(entry);
      }
    }

    ComparisonRun.Outcome outcome =
        new ComparisonRun(
                request(null, "owner", "game", List.of("kmeans"), settings),
                ComparisonRunTest::ignore)
            .execute();

    assertThat(outcome.songs()).isEqualTo(20);
    assertThat(outcome.labels()).isEqualTo(2);
    assertThat(outcome.notes()).containsExactly("left out because they have no features: 1");
    assertThat(outcome.summary().rows().get(0).ari()).isEqualTo(1);
  }

  /** Two sources shift every feature; a column of numbers says which. */
  @Test
  void givenAConditionalModel_whenCompared_thenItHearsTheMusicIsNoFeatureAndIsMarked()
      throws Exception {
    StringBuilder csv = new StringBuilder("song,source,f0,f1,f2,f3,f4,f5,label\n");
    Random random = new Random(5);
    for (int i = 0; i < 90; i++) {
      int source = i / 3 % 2;
      csv.append("song ").append(i).append(',').append(source);
      for (int f = 0; f < FEATURES; f++) {
        double music = (i + f) % 3 == 0 ? 3 : 0;
        csv.append(',').append(music + (f % 2 == 0 ? 6 : -5) * source + random.nextGaussian() / 4);
      }
      csv.append(',').append((char) ('a' + i % 3)).append('\n');
    }
    Path table = Files.writeString(folder.resolve("sources.csv"), csv);
    Settings settings = settings();
    settings.set("preprocess.transform", "none");
    for (String kind : List.of("sigma_vae", "cvae")) {
      settings.set(kind + ".batch", "8");
      settings.set(kind + ".latent", "4");
    }
    settings.set("cvae.condition", "source");

    ComparisonRun.Outcome outcome = conditional(table, "sources", settings);

    assertThat(outcome.summary().rows())
        .extracting(row -> row.representation())
        .containsExactly("raw", "sigma_vae", "cvae");
    assertThat(outcome.summary().rows().get(0).ari()).isLessThan(0.2);
    assertThat(outcome.summary().rows().get(1).ari()).isLessThan(0.2);
    assertThat(outcome.summary().rows().get(2).ari()).isGreaterThan(0.9);
    // Sources and labels are spread evenly, which is a little less than chance would agree.
    assertThat(outcome.summary().verdict())
        .last()
        .asString()
        .startsWith(
            "cvae is conditioned on source, which alone agrees with the labels with ARI = -0.02:"
                + " agreement of its clusters with it is no evidence about the audio; its ARI is ");
    assertThat(Files.readString(folder.resolve("sources/results/comparison.csv")).lines())
        .filteredOn(line -> line.contains(",conditioned_on=source"))
        .singleElement()
        .asString()
        .startsWith("cvae,kmeans,3,2,");
    assertThat(Files.readString(folder.resolve("sources/results/comparison.html")))
        .contains("90 rows with 3 labels and 6 features")
        .contains("<td>cvae*</td>");

    settings.set("cvae.condition", "mood");
    assertThatThrownBy(() -> conditional(table, "sources", settings))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has no column 'mood' as the condition of a model says");
  }

  private ComparisonRun.Outcome conditional(Path table, String name, Settings settings)
      throws IOException, InterruptedException {
    ComparisonRequest request =
        request(table, name, List.of("raw", "sigma_vae", "cvae"), List.of("kmeans"), settings);
    return new ComparisonRun(request, ComparisonRunTest::ignore).execute();
  }

  private ComparisonRequest request(
      Path table,
      String name,
      List<String> representations,
      List<String> clusterers,
      Settings settings) {
    return new ComparisonRequest(
        Optional.of(
            new SongSource.Table(
                new FeatureTableOptions(table.toString(), "song", "label", List.of()))),
        "language",
        2,
        folder.resolve(name).resolve("results").toString(),
        folder.resolve(name).resolve("data").toString(),
        settings,
        List.of(),
        representations,
        List.of("raw"),
        clusterers,
        List.of(),
        SEEDS);
  }

  @Test
  void givenClustersOfTheModel_whenCompared_thenVadeHasARowOfItsOwnAndNoOtherHas()
      throws Exception {
    Settings settings = settings();
    settings.set("vade.clusters", "3");
    settings.set("vade.latent", "3");
    settings.set("vade.epochs", "40");
    ComparisonRequest request =
        request(table(true), "own", List.of("raw", "vade"), List.of("kmeans", "model"), settings);

    ComparisonRun.Outcome outcome = new ComparisonRun(request, ComparisonRunTest::ignore).execute();

    assertThat(outcome.summary().rows())
        .extracting(row -> row.representation() + " " + row.clusterer() + " " + row.k())
        .containsExactly("raw kmeans 3", "vade kmeans 3", "vade model 0");
    assertThat(outcome.summary().rows().get(2).ari()).isGreaterThan(0.9);
    assertThat(outcome.computed()).isEqualTo(3 * SEEDS);
    ComparisonRun.Outcome again = new ComparisonRun(request, ComparisonRunTest::ignore).execute();
    assertThat(again.recalled()).isEqualTo(3 * SEEDS);
    assertThat(again.summary().rows()).isEqualTo(outcome.summary().rows());
  }

  @Test
  void givenClustersOfTheModel_whenNoRepresentationHasThem_thenItIsRefused() throws Exception {
    Path table = table(true);
    assertThatThrownBy(() -> request(table, "own", List.of("kmeans", "model"), settings()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--clusterers has model, the clusters that a model defines; add vade to"
                + " --representations, or leave it out");
    assertThatThrownBy(
            () -> request(table, "own", List.of("raw", "vade"), List.of("model"), settings()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--clusterers is model alone, which only vade has");
  }

  /** A table of features has no groups, which only a fit can tell. */
  @Test
  void givenAFitThatFails_whenCompared_thenTheRunEndsWithItsMessage() throws Exception {
    Settings settings = settings();
    settings.set("preprocess.weights", "timbre=2");
    ComparisonRun comparison =
        new ComparisonRun(
            request(table(true), "failing", CLUSTERERS, settings), ComparisonRunTest::ignore);

    assertThatThrownBy(comparison::execute)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageStartingWith("preprocess.weights names the feature group 'timbre'");
    assertThat(folder.resolve("failing/results")).isEmptyDirectory();
  }

  /** A clusterer that finds the number of clusters has one row, whatever the numbers asked for. */
  @Test
  void givenAClustererWithoutK_whenCompared_thenItHasOneRow() throws Exception {
    ComparisonRequest one = request(table(true), "dense", List.of("kmeans", "dbscan"), settings());
    ComparisonRequest two =
        new ComparisonRequest(
            one.table(),
            one.label(),
            one.leastOfLabel(),
            one.results(),
            one.data(),
            one.settings(),
            one.beamOptions(),
            List.of("raw"),
            List.of("raw"),
            one.clusterers(),
            List.of(2, 3),
            1);

    ComparisonRun.Outcome outcome = new ComparisonRun(two, ComparisonRunTest::ignore).execute();

    assertThat(outcome.summary().rows())
        .extracting(row -> row.clusterer() + " " + row.k())
        .containsExactly("kmeans 2", "kmeans 3", "dbscan 0");
    assertThat(Files.readString(folder.resolve("dense/results/comparison.csv")))
        .contains("\nraw,dbscan,,1,");
  }

  private static void ignore(RunProgress progress) {}

  private static SegmentFeatures features(
      String id, int dimensions, String spec, double centre, Random random) {
    ByteBuffer values =
        ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int d = 0; d < dimensions; d++) {
      values.putFloat((float) (centre + random.nextGaussian() / 2));
    }
    return SegmentFeatures.newBuilder()
        .setId(id)
        .setSpec(spec)
        .setInfo(
            AudioInfo.newBuilder()
                .setDurationSeconds(60)
                .setSampleRate(44_100)
                .setChannels(2)
                .setCodec("mp3")
                .setBitRate(128_000)
                .build())
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(dimensions)
        .setValues(values.flip())
        .build();
  }

  /** Songs in three groups along every feature; their labels are the groups, or shuffled. */
  private Path table(boolean audio) throws IOException {
    return Files.writeString(folder.resolve("table-" + audio + ".csv"), csv(audio, 1));
  }

  private static String csv(boolean audio, long seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("song");
    for (int f = 0; f < FEATURES; f++) {
      csv.append(",f").append(f);
    }
    csv.append(",label\n");
    for (int i = 0; i < SONGS; i++) {
      csv.append("song ").append(i);
      for (int f = 0; f < FEATURES; f++) {
        csv.append(',').append(((i + f) % 3 == 0 ? 4 : 0) + random.nextGaussian() / 2);
      }
      csv.append(',').append((char) ('a' + (audio ? i % 3 : random.nextInt(3)))).append('\n');
    }
    return csv.toString();
  }

  private static Settings settings() {
    Settings settings = new Settings();
    settings.set("seed", "7");
    settings.set("vae.epochs", "3");
    settings.set("evaluate.bootstrap", "30");
    settings.set("evaluate.permutations", "99");
    return settings;
  }

  private ComparisonRun.Outcome run(
      @Nullable Path table, String name, List<String> clusterers, Consumer<RunProgress> progress)
      throws IOException, InterruptedException {
    return new ComparisonRun(request(table, name, clusterers, settings()), progress).execute();
  }

  private ComparisonRequest request(
      @Nullable Path table, String name, List<String> clusterers, Settings settings) {
    return request(table, name, "language", clusterers, settings);
  }

  private ComparisonRequest request(
      @Nullable Path table, String name, String label, List<String> clusterers, Settings settings) {
    return new ComparisonRequest(
        Optional.ofNullable(table)
            .map(file -> new FeatureTableOptions(file.toString(), "song", "label", List.of()))
            .map(SongSource.Table::new),
        label,
        2,
        folder.resolve(name).resolve("results").toString(),
        folder.resolve(name).resolve("data").toString(),
        settings,
        List.of(),
        REPRESENTATIONS,
        List.of("raw", "pca"),
        clusterers,
        List.of(),
        SEEDS);
  }

  private List<Path> cells(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(name).resolve("data/comparison"), 2)) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    }
  }

  private List<String> files(String name) throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(name).resolve("results"))) {
      for (Path file : files.sorted().toList()) {
        contents.add(file.getFileName() + "\n" + Files.readString(file));
      }
    }
    return contents;
  }
}
