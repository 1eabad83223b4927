package org.surmala.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.CheckpointFile;
import org.surmala.io.RecordCoder;
import org.surmala.model.InputSpec;
import org.surmala.model.Planted;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.Condition;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.FeatureWindows;
import org.surmala.schema.LogMelPatches;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;

public final class TrainTest {
  private static final int COLUMNS = 6;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  static List<SegmentFeatures> songs(int count, String spec) {
    float[] values = Planted.clusters(3, count, 2, COLUMNS, 0.2, 4);
    List<SegmentFeatures> songs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, i * COLUMNS, COLUMNS);
      songs.add(
          SegmentFeatures.newBuilder()
              .setId(String.format("%064x", i))
              .setSpec(spec)
              .setInfo(
                  new AudioInfo(
                      60.0, 44_100, 2, "mp3", 128_000L, null, null, null, "sum", null, null))
              .setLoudnessLufs(-14)
              .setPaddedSamples(0)
              .setSilenceShare(0)
              .setDimensions(COLUMNS)
              .setValues(bytes)
              .build());
    }
    return songs;
  }

  private TrainOptions options(ModelSpec... models) {
    return new TrainOptions(
        List.of(models), folder.getRoot().getAbsolutePath() + "/models/", 7, List.of(), 2);
  }

  private static TrainOptions onOneThread(TrainOptions options) {
    return new TrainOptions(options.models(), options.folder(), options.seed(), List.of(), 1);
  }

  private static ModelSpec vae() {
    return new ModelSpec("vae-small", "vae", Map.of("hidden", "8", "latent", "2", "epochs", "5"));
  }

  private List<Model> fit(TrainOptions options, List<SegmentFeatures> songs) throws Exception {
    TestPipeline once = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    once.apply(Create.of(songs).withCoder(RecordCoder.of(SegmentFeatures.class)))
        .apply("Train", Train.with(options));
    once.run().waitUntilFinish();
    List<Model> models = new ArrayList<>();
    java.io.File[] files = new java.io.File(options.folder()).listFiles();
    if (files != null) {
      java.util.Arrays.sort(files);
      for (java.io.File file : files) {
        models.add(read(file));
        Files.delete(file.toPath());
      }
    }
    return models;
  }

  private static Model read(java.io.File file) throws Exception {
    byte[] bytes = Files.readAllBytes(file.toPath());
    String sha256 =
        java.util.HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(file.getName()).endsWith("-" + sha256.substring(0, 12) + ".avro");
    return CheckpointFile.read(
        new ModelCheckpoint("", sha256.substring(0, 12), file.getPath(), sha256, null));
  }

  @Test
  public void givenSongs_whenTrained_thenEachModelHasACheckpointThatIsItsFile() {
    TrainOptions options = options(ModelSpec.of("raw"), ModelSpec.of("pca"), vae());
    PCollection<ModelCheckpoint> checkpoints =
        pipeline
            .apply(Create.of(songs(60, "spec")).withCoder(RecordCoder.of(SegmentFeatures.class)))
            .apply("Train", Train.with(options));
    PAssert.that(checkpoints)
        .satisfies(
            found -> {
              List<String> names = new ArrayList<>();
              for (ModelCheckpoint checkpoint : found) {
                names.add(checkpoint.getName());
                try {
                  Model model = CheckpointFile.read(checkpoint);
                  assertThat(model.getName()).isEqualTo(checkpoint.getName());
                  assertThat(model.getProvenance().getSongs()).isEqualTo(60);
                  assertThat(model.getProvenance().getFeatureSpec()).isEqualTo("spec");
                  assertThat(model.getProvenance().getSeed()).isEqualTo(7);
                  assertThat(model.getProvenance().getLibraries())
                      .containsOnlyKeys("nd4j", "openblas", "smile")
                      .allSatisfy((library, version) -> assertThat(version).matches("\\d.*"));
                } catch (java.io.IOException e) {
                  throw new AssertionError(e);
                }
              }
              assertThat(names).containsExactlyInAnyOrder("raw", "pca", "vae-small");
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, "models")).isEqualTo(3);
    assertThat(counter(result, "fitted")).isEqualTo(3);
    assertThat(counter(result, "unfitted")).isZero();
    assertThat(counter(result, "epochs")).isEqualTo(5);
    assertThat(counter(result, "micros.train")).isPositive();
    assertThat(TrainingProgress.running()).isEmpty();
  }

  @Test
  public void givenOtherOrderAndDoubles_whenTrained_thenModelsAreTheSame() throws Exception {
    TrainOptions options = options(ModelSpec.of("pca"), vae());
    List<SegmentFeatures> songs = songs(60, "spec");
    List<Model> models = fit(options, songs);
    List<SegmentFeatures> disturbed = new ArrayList<>(songs);
    disturbed.addAll(songs.subList(10, 20));
    Collections.shuffle(disturbed, new Random(1));
    assertThat(models).hasSize(2);
    assertThat(fit(onOneThread(options), disturbed)).isEqualTo(models);
    assertThat(fit(onOneThread(options), songs.subList(0, 59))).isNotEqualTo(models);
    pipeline.enableAbandonedNodeEnforcement(false);
  }

  /** Every third song has no label; the others are in turn of two. */
  private static List<SegmentFeatures> labelled(List<SegmentFeatures> songs) {
    List<SegmentFeatures> labelled = new ArrayList<>();
    for (int i = 0; i < songs.size(); i++) {
      labelled.add(
          SegmentFeatures.newBuilder(songs.get(i))
              .setLabels(i % 3 == 0 ? Map.of() : Map.of("source", i % 2 == 0 ? "vinyl" : "radio"))
              .build());
    }
    return labelled;
  }

  @Test
  public void givenSongsWithLabels_whenAConditionalModelIsTrained_thenItKnowsThemInAnyOrder()
      throws Exception {
    Map<String, String> quick = Map.of("hidden", "8", "latent", "2", "epochs", "5");
    Map<String, String> told = new java.util.HashMap<>(quick);
    told.put("condition", "source");
    TrainOptions options =
        options(new ModelSpec("cvae", "cvae", told), new ModelSpec("vae", "vae", quick));
    assertThat(options.columns()).containsExactly("source");
    List<SegmentFeatures> songs = labelled(songs(60, "spec"));

    List<Model> models = fit(options, songs);

    assertThat(models).extracting(Model::getName).containsExactly("cvae", "vae");
    assertThat(models.get(0).getCondition())
        .isEqualTo(new Condition("source", List.of("radio", "vinyl")));
    assertThat(models.get(0).getProvenance().getOptions()).containsEntry("condition", "source");
    assertThat(models.get(1).getCondition()).isNull();
    List<SegmentFeatures> disturbed = new ArrayList<>(songs);
    Collections.shuffle(disturbed, new Random(1));
    assertThat(fit(onOneThread(options), disturbed)).isEqualTo(models);
    // What is not told changes nothing; what is told does.
    List<Model> bare = fit(options(new ModelSpec("vae", "vae", quick)), songs(60, "spec"));
    assertThat(bare).containsExactly(models.get(1));
    pipeline.enableAbandonedNodeEnforcement(false);
  }

  @Test
  public void givenSongsWithoutLabels_whenAConditionalModelIsTrained_thenTheOptionIsNamed() {
    pipeline
        .apply(Create.of(songs(10, "spec")).withCoder(RecordCoder.of(SegmentFeatures.class)))
        .apply("Train", Train.with(options(ModelSpec.of("cvae"))));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining("cvae.condition is 'language', in which none of 10 has a value");
  }

  @Test
  public void givenOneSong_whenTrained_thenNoCheckpointAndACount() {
    PCollection<ModelCheckpoint> checkpoints =
        pipeline
            .apply(Create.of(songs(1, "spec")).withCoder(RecordCoder.of(SegmentFeatures.class)))
            .apply("Train", Train.with(options(ModelSpec.of("raw"), vae())));
    PAssert.that(checkpoints).empty();
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, "models")).isEqualTo(2);
    assertThat(counter(result, "unfitted")).isEqualTo(2);
    assertThat(counter(result, "fitted")).isZero();
  }

  @Test
  public void givenTwoWindows_whenEachEnds_thenEachHasAModelOfItsOwnSongs() {
    List<SegmentFeatures> songs = songs(30, "spec");
    TestStream.Builder<SegmentFeatures> stream =
        TestStream.create(RecordCoder.of(SegmentFeatures.class));
    for (SegmentFeatures song : songs.subList(0, 10)) {
      stream = stream.addElements(TimestampedValue.of(song, Instant.ofEpochMilli(1_000)));
    }
    stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(61_000));
    for (SegmentFeatures song : songs.subList(10, 30)) {
      stream = stream.addElements(TimestampedValue.of(song, Instant.ofEpochMilli(62_000)));
    }
    PCollection<ModelCheckpoint> checkpoints =
        pipeline
            .apply(stream.advanceWatermarkToInfinity())
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply("Train", Train.with(options(ModelSpec.of("raw"))));
    PAssert.that(checkpoints)
        .satisfies(
            found -> {
              List<Integer> sizes = new ArrayList<>();
              found.forEach(checkpoint -> sizes.add(trainedOn(checkpoint)));
              assertThat(sizes).containsExactlyInAnyOrder(10, 20);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** Songs with two patches of 4 bands × 6 frames each. */
  private static List<SegmentFeatures> withPatches(int count) {
    float[] values = Planted.clusters(3, count, 2, 48, 0.2, 4);
    List<SegmentFeatures> songs = new ArrayList<>();
    for (SegmentFeatures song : songs(count, "spec")) {
      ByteBuffer patches = ByteBuffer.allocate(48 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      patches.asFloatBuffer().put(values, songs.size() * 48, 48);
      songs.add(
          SegmentFeatures.newBuilder(song)
              .setPatches(
                  new LogMelPatches(2, 4, 6, 0.023, ByteBuffer.allocate(2 * Double.BYTES), patches))
              .build());
    }
    return songs;
  }

  /**
   * What comes late to a window that was fitted is all that the next fit knows: the state was
   * empty. With what it had held there would be 12 songs.
   */
  @Test
  public void givenPatchesThatComeLate_whenTheirWindowIsFittedAgain_thenNothingWasLeftOfTheOthers()
      throws Exception {
    List<SegmentFeatures> songs = withPatches(12);
    TestStream.Builder<SegmentFeatures> stream =
        TestStream.create(RecordCoder.of(SegmentFeatures.class))
            .advanceWatermarkTo(Instant.ofEpochMilli(0));
    for (SegmentFeatures song : songs.subList(0, 9)) {
      stream = stream.addElements(TimestampedValue.of(song, Instant.ofEpochMilli(1_000)));
    }
    stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(61_000));
    Instant within = Instant.ofEpochMilli(2_000);
    stream =
        stream.addElements(
            TimestampedValue.of(songs.get(9), within),
            TimestampedValue.of(songs.get(10), within),
            TimestampedValue.of(songs.get(11), within));
    ModelSpec conv =
        new ModelSpec("conv", "conv_vae", Map.of("channels", "2", "latent", "2", "epochs", "1"));
    TrainOptions options = options(conv);
    pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply(
            Window.<SegmentFeatures>into(FixedWindows.of(Duration.standardMinutes(1)))
                .withAllowedLateness(Duration.standardHours(1))
                .discardingFiredPanes())
        .apply("Train", Train.with(options));

    PipelineResult result = pipeline.run();

    result.waitUntilFinish();
    assertThat(counter(result, "models")).isEqualTo(2);
    assertThat(counter(result, "fitted")).isEqualTo(2);
    List<Integer> sizes = new ArrayList<>();
    java.io.File[] files = new java.io.File(options.folder()).listFiles();
    assertThat(files).isNotNull();
    for (java.io.File file : files) {
      sizes.add(read(file).getProvenance().getSongs());
    }
    assertThat(sizes).containsExactlyInAnyOrder(9, 3);
  }

  private static int trainedOn(ModelCheckpoint checkpoint) {
    try {
      return CheckpointFile.read(checkpoint).getProvenance().getSongs();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * 1,200 songs of 60 features: a file has 282 KB and windows of the same size; 30 of them less
   * than one.
   */
  @Test
  public void givenALargeBatch_whenTrained_thenItWaitsInAFileUntilAllIsCleared() throws Exception {
    TrainOptions options = options(ModelSpec.of("pca"), vae());
    List<SegmentFeatures> songs = new ArrayList<>();
    float[] values = Planted.clusters(3, 1_200, 2, 60, 0.2, 4);
    for (SegmentFeatures song : songs(1_200, "spec")) {
      ByteBuffer bytes = ByteBuffer.allocate(60 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, songs.size() * 60, 60);
      // Every third song has two windows, the values of the song and of the first one.
      ByteBuffer rows = ByteBuffer.allocate(120 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      rows.asFloatBuffer().put(values, songs.size() * 60, 60).put(values, 0, 60);
      FeatureWindows windows =
          new FeatureWindows(2, 3.0, 60, ByteBuffer.allocate(2 * Double.BYTES), rows);
      songs.add(
          SegmentFeatures.newBuilder(song)
              .setDimensions(60)
              .setValues(bytes)
              .setWindows(songs.size() % 3 == 0 ? windows : null)
              .build());
    }
    FeatureBatches large = new FeatureBatches(InputSpec.VECTOR_AND_WINDOWS);
    songs.forEach(large::add);
    BatchFiles files = BatchFiles.beside(options.folder());
    FeatureBatch whole = large.packed();
    FeatureBatch waiting = files.put(whole);
    FeatureBatches small = new FeatureBatches(InputSpec.VECTOR);
    songs.subList(0, 30).forEach(small::add);
    FeatureBatch inline = small.packed();

    assertThat(waiting.getValues().remaining()).isZero();
    assertThat(waiting.getWindows().remaining()).isZero();
    assertThat(whole.getWindows().remaining()).isEqualTo(400 * 2 * 60 * Float.BYTES);
    assertThat(waiting.getIds()).isEmpty();
    assertThat(BatchFiles.whole(waiting)).isEqualTo(whole);
    assertThat(files.put(whole)).isEqualTo(waiting);
    assertThat(files.put(inline)).isSameAs(inline);
    try (TrainingSet one = TrainingSet.of(List.of(whole), Long.MAX_VALUE);
        TrainingSet two = TrainingSet.of(List.of(waiting), 0)) {
      assertThat(two.dataHash()).isEqualTo(one.dataHash());
    }
    java.io.File folder = new java.io.File(files.folder());
    assertThat(folder.list()).hasSize(1);
    Train.clear(options);
    assertThat(folder.list()).isEmpty();
    assertThatThrownBy(() -> BatchFiles.whole(waiting)).isInstanceOf(java.io.IOException.class);
    Train.clear(options);
    pipeline.enableAbandonedNodeEnforcement(false);
  }

  @Test
  public void givenTwoSpecifications_whenTrained_thenItIsRefused() {
    List<SegmentFeatures> songs = new ArrayList<>(songs(3, "one"));
    songs.addAll(songs(6, "two").subList(3, 6));
    pipeline
        .apply(Create.of(songs).withCoder(RecordCoder.of(SegmentFeatures.class)))
        .apply("Train", Train.with(options(ModelSpec.of("raw"))));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining("songs of two feature specifications can't train one model");
  }

  @Test
  public void givenWrongOptions_whenMade_thenTheyAreRefused() {
    pipeline.enableAbandonedNodeEnforcement(false);
    assertThatThrownBy(() -> new TrainOptions(List.of(), "models/", 1, List.of(), 1))
        .hasMessage("train.models is empty; name at least one model");
    assertThatThrownBy(() -> new TrainOptions(List.of(vae(), vae()), "models/", 1, List.of(), 2))
        .hasMessage("train.models has two models named 'vae-small'; give each its own name");
    assertThatThrownBy(() -> new TrainOptions(List.of(vae()), "models", 1, List.of(), 2))
        .hasMessage("the models' folder is 'models'; it must end in a slash");
    assertThatThrownBy(() -> new ModelSpec("vae", "vae", Map.of("latent", "0")))
        .hasMessageContaining("vae.latent: '0' is not allowed");
    assertThatThrownBy(() -> ModelSpec.of("../x")).hasMessageContaining("a model is named '../x'");
  }

  private static long counter(PipelineResult result, String name) {
    long sum = 0;
    for (var counter :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named("surmala", name))
                    .build())
            .getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }
}
