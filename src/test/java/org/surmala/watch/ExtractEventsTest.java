package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.demo.Encoding;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.pipeline.TestSongs;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.Poll;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SongFile;
import org.surmala.schema.WatchEvent;
import org.surmala.store.StoredSongs;

/** What becomes of the events of a watch on their way through the steps of a run. */
public final class ExtractEventsTest implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<String> STEPS =
      List.of(
          "SelectFiles",
          "Identify",
          "Recall",
          "Decode",
          "Resample",
          "Segment",
          "WriteSegments",
          "Featurize",
          "StoreFeatures");

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();
  private final HashMap<String, String> settings = new HashMap<>();

  @Test
  public void givenFlink_whenBuilt_thenEachStepHasItsName() throws IOException {
    List<String> expected = new ArrayList<>(STEPS);
    expected.add(0, "Mix");
    expected.add("Outputs");
    assertThat(steps(FlinkRunner.class)).isEqualTo(expected);
  }

  @Test
  public void givenTheDirectRunner_whenBuilt_thenOneStepNamesAllItDoes() throws IOException {
    assertThat(steps(DirectRunner.class)).containsExactly(String.join("+", STEPS));
  }

  @Test
  public void givenTakenFiles_whenExtracted_thenEachEventHasItsOwnOutcomeAndTheLogHasItToo()
      throws IOException {
    Path songs = Files.createDirectories(folder.getRoot().toPath().resolve("songs"));
    for (int i = 0; i < 3; i++) {
      TestSongs.write(songs.resolve(i + ".wav"), Encoding.wav(), i, i % 2 == 0, 10);
    }
    Files.copy(songs.resolve("0.wav"), songs.resolve("copy.wav"));
    Files.writeString(songs.resolve("broken.mp3"), "no song");
    WatchEvent poll = WatchEvent.newBuilder().setPoll(new Poll(7L, false, null)).build();
    WatchEvent gone =
        WatchEvent.newBuilder()
            .setFile(
                FileEvent.newBuilder()
                    .setNumber(7)
                    .setType(FileEventType.GONE)
                    .setUri("/gone.mp3")
                    .setFilepath("gone.mp3")
                    .build())
            .build();
    List<WatchEvent> events = new ArrayList<>(List.of(poll, gone));
    String[] names = {"0.wav", "1.wav", "2.wav", "copy.wav", "broken.mp3", "missing.ogg"};
    for (int i = 0; i < names.length; i++) {
      events.add(taken(i + 1, songs.resolve(names[i])));
    }
    Map<String, String> ids = new HashMap<>();
    for (String name : names) {
      if (!name.startsWith("missing")) {
        ids.put(name, DigestUtils.sha256Hex(Files.readAllBytes(songs.resolve(name))));
      }
    }

    PCollection<WatchEvent> extracted = extract(events);

    PAssert.that(extracted)
        .satisfies(
            given -> {
              List<WatchEvent> all = new ArrayList<>();
              given.forEach(all::add);
              assertThat(all).hasSize(8).contains(poll, gone);
              for (WatchEvent event : all) {
                if (event.getFile() != null && !event.equals(gone)) {
                  check(event, ids);
                }
              }
              return null;
            });
    pipeline.run().waitUntilFinish();

    FileEventLog log = config().history();
    log.append(
        events.stream()
            .map(WatchEvent::getFile)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing(FileEvent::getNumber))
            .toList());
    List<FileEvent> kept = log.after(0);
    for (int i = 0; i < names.length; i++) {
      FileEvent event = kept.get(i);
      assertThat(event.getSong() == null ? null : event.getSong().getId())
          .isEqualTo(ids.get(names[i]));
      assertThat(event.getAudio() != null).as(names[i]).isEqualTo(names[i].endsWith(".wav"));
      assertThat(code(event)).isEqualTo(expectedCode(names[i]));
    }
    StoredSongs stored = new StoredSongs(config().pipeline().store());
    stored.refresh();
    assertThat(stored.features(Objects.requireNonNull(ids.get("1.wav")))).isNotNull();
    assertThat(stored.failure(Objects.requireNonNull(ids.get("broken.mp3")))).isNotNull();
  }

  private static void check(WatchEvent event, Map<String, String> ids) {
    FileEvent file = Objects.requireNonNull(event.getFile());
    String name = Objects.requireNonNull(Path.of(file.getUri()).getFileName()).toString();
    SegmentFeatures features = event.getFeatures();
    assertThat(event.getUnkept()).isFalse();
    assertThat(features == null ? null : features.getId())
        .as(name)
        .isEqualTo(name.endsWith(".wav") ? ids.get(name) : null);
    assertThat(file.getAudio() == null ? null : file.getAudio().getId())
        .isEqualTo(features == null ? null : features.getId());
    assertThat(code(file)).isEqualTo(expectedCode(name));
  }

  private static @Nullable String code(FileEvent event) {
    return event.getFailure() == null ? null : event.getFailure().getCode();
  }

  private static @Nullable String expectedCode(String name) {
    return switch (name) {
      case "broken.mp3" -> "not_audio";
      case "missing.ogg" -> "vanished";
      default -> null;
    };
  }

  @Test
  public void givenASongAboveTheLimit_whenExtracted_thenItIsSkippedAndTheOthersAreNot()
      throws IOException {
    settings.put("read.max_seconds", "11");
    Path songs = Files.createDirectories(folder.getRoot().toPath().resolve("songs"));
    TestSongs.write(songs.resolve("song.wav"), Encoding.wav(), 1, true, 10);
    TestSongs.write(songs.resolve("mix.wav"), Encoding.wav(), 2, true, 12);
    WatchEvent song = taken(1, songs.resolve("song.wav"));
    WatchEvent mix = taken(2, songs.resolve("mix.wav"));

    PAssert.that(extract(List.of(song, mix)))
        .satisfies(
            given -> {
              List<WatchEvent> all = new ArrayList<>();
              given.forEach(all::add);
              all.sort(Comparator.comparing(event -> event.getFile().getNumber()));
              assertThat(all.get(0).getFile().getType()).isEqualTo(FileEventType.TAKEN);
              assertThat(all.get(0).getFeatures()).isNotNull();
              assertThat(all.get(1))
                  .isEqualTo(
                      WatchEvent.newBuilder()
                          .setFile(
                              FileEvent.newBuilder(mix.getFile())
                                  .setType(FileEventType.SKIPPED)
                                  .setSkip(SkipReason.TOO_LONG)
                                  .build())
                          .build());
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void givenASongThatTheLogKnows_whenItsFileIsGoneMeanwhile_thenTheEventPasses()
      throws IOException {
    FileEvent taken = FittedCollection.taken(1, 1);
    int dimensions = new Settings().dimensions().size();
    SegmentFeatures features =
        SegmentFeatures.newBuilder()
            .setId(FittedCollection.id(1))
            .setSpec(config().pipeline().spec())
            .setInfo(taken.getAudio().getInfo())
            .setLoudnessLufs(-14)
            .setPaddedSamples(0)
            .setSilenceShare(0)
            .setDimensions(dimensions)
            .setValues(ByteBuffer.allocate(dimensions * Float.BYTES))
            .build();
    config().pipeline().store().writeFeatures(List.of(features));
    WatchEvent known = WatchEvent.newBuilder().setFile(taken).build();

    PAssert.that(extract(List.of(known))).containsInAnyOrder(known);
    pipeline.run().waitUntilFinish();
    assertThat(Path.of(config().history().folder())).doesNotExist();
  }

  private static WatchEvent taken(long number, Path path) {
    return WatchEvent.newBuilder()
        .setFile(
            FileEvent.newBuilder()
                .setNumber(number)
                .setType(FileEventType.TAKEN)
                .setUri(path.toString())
                .setFilepath(path.toString())
                .setFile(
                    SongFile.newBuilder()
                        .setUri(path.toString())
                        .setFilepath(path.toString())
                        .setSize(path.toFile().length())
                        .setModified(path.toFile().lastModified())
                        .build())
                .build())
        .build();
  }

  private PCollection<WatchEvent> extract(List<WatchEvent> events) throws IOException {
    return pipeline
        .apply(Create.of(events).withCoder(RecordCoder.of(WatchEvent.class)))
        .apply("ExtractFeatures", ExtractEvents.with(config().pipeline(), config().history()));
  }

  private WatchConfig config() throws IOException {
    Path home = folder.getRoot().toPath().toRealPath();
    Settings set = new Settings();
    settings.forEach(set::set);
    RunRequest request =
        new RunRequest(
            new SongSource.Sound(home.resolve("songs").toString()),
            home.resolve("out").toString(),
            home.resolve("data").toString(),
            set,
            List.of());
    return WatchConfig.of(request, home.resolve("data") + "/", new Shards(2), "DirectRunner");
  }

  /** Names of the steps of a watch that read songs, in their order. */
  private List<String> steps(Class<? extends PipelineRunner<?>> runner) throws IOException {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    Pipeline watch = Pipeline.create(options);
    WatchPipeline.build(watch, config());
    List<String> names = new ArrayList<>();
    watch.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            String[] parts = node.getFullName().split("/", -1);
            if (parts.length > 2 && parts[0].equals("ExtractFeatures") && parts[2].equals("Each")) {
              names.add(parts[1]);
            }
          }
        });
    return names;
  }
}
