package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.config.Annotation;
import org.surmala.config.AudioOptions;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.AvroFile;
import org.surmala.io.CheckpointFile;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.io.LocalFolder;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.io.Snapshots;
import org.surmala.pipeline.DataFolder;
import org.surmala.report.Redraw;
import org.surmala.runner.BeamRun;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.Embedding;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Poll;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.schema.Tensor;
import org.surmala.schema.WatchEvent;
import org.surmala.schema.WatchSettings;
import org.surmala.search.KnownSong;
import org.surmala.search.PlaylistRules;
import org.surmala.search.SimilarQuery;
import org.surmala.search.SongLookup;
import org.surmala.search.SongRules;

/** When songs are placed, and when all is fitted anew. */
public final class WatchPipelineTest implements Serializable {
  /** The songs of the test are nearly the same. */
  private static final SongRules EVERY_SONG = new SongRules(null, List.of(), null, 0, 0, true);

  private static final long serialVersionUID = 1L;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int FIRST = 8;

  /** Polls after what a test does: enough for every fit, one each. */
  private int polls = 3;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private transient Settings settings;
  private transient List<FileEvent> history;
  private transient @Nullable String language;
  private transient TestStream.Builder<WatchEvent> stream;

  @Before
  public void begin() {
    settings = new Settings();
    Map<String, String> quick = new HashMap<>();
    quick.put("models.list", "raw");
    quick.put("primary.representation", "raw");
    quick.put("cluster.algorithms", "kmeans");
    quick.put("cluster.k", "2");
    quick.put("cluster.restarts", "2");
    quick.put("cluster.stability_refits", "0");
    quick.put("evaluate.bootstrap", "0");
    quick.put("evaluate.permutations", "0");
    quick.put("watch.first_songs", Integer.toString(FIRST));
    quick.put("watch.refit_songs", "0");
    quick.put("watch.drift_threshold", "0");
    quick.put("watch.neighbours", "2");
    quick.forEach(settings::set);
    history = new ArrayList<>();
    stream = TestStream.create(RecordCoder.of(WatchEvent.class)).advanceWatermarkTo(START);
  }

  private WatchConfig config() throws IOException {
    Path home = folder.getRoot().toPath().toRealPath();
    RunRequest request =
        new RunRequest(
            new SongSource.Sound(home.resolve("songs").toString()),
            home.resolve("out").toString(),
            home.resolve("data").toString(),
            settings,
            List.of());
    return WatchConfig.of(request, home.resolve("data") + "/", new Shards(2), "DirectRunner");
  }

  private static String id(int number) {
    return "%064d".formatted(number);
  }

  /**
   * Even songs lie about one place, odd ones about another. Songs from 1000 on are like the song
   * with the same number modulo 1000.
   */
  private SegmentFeatures features(int number, float offset) {
    SplittableRandom random = new SplittableRandom(number % 1000);
    SplittableRandom difference = new SplittableRandom(number);
    double size = number < 1000 ? 0 : 0.1;
    int dimensions = settings.dimensions().size();
    ByteBuffer values =
        ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int d = 0; d < dimensions; d++) {
      values.putFloat(
          offset
              + (number % 2) * 10f
              + (float) (random.nextGaussian() + size * difference.nextGaussian()));
    }
    return SegmentFeatures.newBuilder()
        .setId(id(number))
        .setSpec(AudioOptions.of(settings).spec())
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

  private FileEvent.Builder event(FileEventType type, String path) {
    return FileEvent.newBuilder()
        .setNumber(history.size() + 1)
        .setType(type)
        .setUri("/songs/" + path)
        .setFilepath("songs/" + path);
  }

  private WatchEvent keep(FileEvent event) {
    history.add(event);
    return WatchEvent.newBuilder().setFile(event).build();
  }

  private WatchEvent audio(int number, String path, @Nullable String former, float offset)
      throws IOException {
    SegmentFeatures features = features(number, offset);
    config().pipeline().store().writeFeatures(List.of(features));
    FileEvent event =
        event(FileEventType.TAKEN, path)
            .setFormer(former)
            .setFile(
                SongFile.newBuilder()
                    .setUri("/songs/" + path)
                    .setFilepath("songs/" + path)
                    .setSize(1)
                    .setModified(1)
                    .build())
            .setSong(
                SongRef.newBuilder()
                    .setId(id(number))
                    .setUri("/songs/" + path)
                    .setFilepath("songs/" + path)
                    .setLanguage(language)
                    .setSize(1)
                    .setModified(1)
                    .build())
            .setAudio(
                new SongAudioInfo(
                    features.getId(), features.getInfo(), features.getLoudnessLufs(), null, null))
            .build();
    return WatchEvent.newBuilder(keep(event)).setFeatures(features).build();
  }

  private WatchEvent audio(int number) throws IOException {
    return audio(number, number + ".mp3", null, 0);
  }

  private WatchEvent lastPoll(boolean ending) {
    return WatchEvent.newBuilder().setPoll(new Poll((long) history.size(), ending, null)).build();
  }

  /** Songs of these numbers, one after another. */
  private void addSongs(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      stream = stream.addElements(audio(i));
    }
  }

  /** Longer than changes are gathered: that depends on how long publishing takes. */
  private void passMoment() {
    stream = stream.advanceProcessingTime(Duration.standardSeconds(20));
  }

  private void run() throws IOException {
    WatchConfig config = config();
    AvroFile.write(config.history().folder(), "events-000000000001.avro", FileEvent.class, history);
    passMoment();
    for (int i = 0; i < polls; i++) {
      poll();
    }
    WatchPipeline.conclude(
        pipeline
            .apply(stream.advanceWatermarkToInfinity())
            .apply("Refits", ParDo.of(new RefitFn(config)))
            .setCoder(RecordCoder.of(WatchEvent.class)),
        config);
    pipeline.run().waitUntilFinish();
  }

  /** Fits what is due at each poll, as the watch's client does beside the stream. */
  private static final class RefitFn extends DoFn<WatchEvent, WatchEvent> {
    private final WatchConfig config;

    RefitFn(WatchConfig config) {
      this.config = config;
    }

    @ProcessElement
    public void process(@Element WatchEvent event, OutputReceiver<WatchEvent> out)
        throws IOException {
      RefitRequest request = event.getPoll() == null ? null : config.versions().request();
      if (request != null) {
        new Refit(config)
            .make(request, BeamRun.fit(List.of(), config.pipeline().report().data(), true));
      }
      out.output(event);
    }
  }

  /** A poll that notices nothing, and the moment after it. */
  private void poll() {
    stream = stream.addElements(lastPoll(false));
    passMoment();
  }

  private Path out() throws IOException {
    return Path.of(config().pipeline().results());
  }

  private String coverage() throws IOException {
    return Files.readString(out().resolve("coverage.csv"))
        .replace("\r\n", " ")
        .replace("outcome,files ", "")
        .strip();
  }

  private Map<String, CsvRow> assignments() throws IOException {
    return assignments(config().pipeline().results());
  }

  private static Map<String, CsvRow> assignments(String results) throws IOException {
    Map<String, CsvRow> rows = new HashMap<>();
    for (CsvRow row : CsvFile.read(results + "assignments.csv")) {
      rows.put(row.get("id"), row);
    }
    return rows;
  }

  private static CsvRow row(Map<String, CsvRow> rows, int number) {
    return Objects.requireNonNull(rows.get(id(number)), id(number));
  }

  private ModelVersion version() throws IOException {
    return Objects.requireNonNull(config().versions().last(), "no model version");
  }

  @Test
  public void givenTooFewSongs_whenTheyCome_thenTheyWaitVisibly() throws IOException {
    addSongs(0, FIRST - 1);
    run();
    assertThat(coverage())
        .isEqualTo("found,7 clustered,0 failed,0 skipped,0 duplicate,0 waiting,7");
    assertThat(assignments()).isEmpty();
    assertThat(config().versions().last()).isNull();
  }

  @Test
  public void givenSongsBeforeAndAfterTheModel_whenPlaced_thenAllAreByThatModel()
      throws IOException {
    addSongs(0, FIRST);
    passMoment();
    addSongs(FIRST, FIRST + 2);
    run();

    assertThat(coverage())
        .isEqualTo("found,10 clustered,10 failed,0 skipped,0 duplicate,0 waiting,0");
    ModelVersion version = version();
    assertThat(version.getNumber()).isEqualTo(1);
    assertThat(version.getCause()).isEqualTo("first");
    assertThat(version.getThrough()).isEqualTo(FIRST);
    Map<String, CsvRow> rows = assignments();
    assertThat(rows).hasSize(10);
    for (int i = 0; i < 10; i++) {
      CsvRow row = row(rows, i);
      assertThat(row.get("model")).isEqualTo(version.getCheckpoint().getVersion());
      assertThat(row.get("cluster")).isEqualTo(row(rows, i % 2).get("cluster"));
      String[] neighbours = row.get("neighbours").split(" ", -1);
      assertThat(neighbours).hasSize(2).doesNotContain(id(i));
      for (String neighbour : neighbours) {
        assertThat(Integer.parseInt(neighbour.substring(60)) % 2).isEqualTo(i % 2);
      }
    }
    assertThat(row(rows, 0).get("cluster")).isNotEqualTo(row(rows, 1).get("cluster"));
    // Every file that the folder shows is of one state.
    assertThat(Snapshots.current(out())).isNotNull();
    assertThat(out().resolve("index.html")).content().contains(id(3).substring(0, 16));
  }

  /** By the label of its folder, or, once its owner has given it another one, by that. */
  @Test
  public void givenAConditionalModel_whenASongComes_thenItIsPlacedAsItsLabelSays()
      throws IOException {
    Map.of(
            "models.list", "raw,cvae",
            "primary.representation", "cvae",
            "cvae.epochs", "3",
            "cvae.hidden", "8",
            "cvae.latent", "2",
            "watch.drift_threshold", "1000")
        .forEach(settings::set);
    Path data = Files.createDirectories(Path.of(config().pipeline().report().data()));
    Files.writeString(
        data.resolve("metadata.csv"),
        "id,filepath,language,title,lyrics,artist\r\n"
            + (id(FIRST + 1) + ",songs/" + (FIRST + 1) + ".mp3,bangla,,,\r\n"));
    for (int i = 0; i < FIRST; i++) {
      language = i % 4 < 2 ? "bangla" : "english";
      stream = stream.addElements(audio(i));
    }
    language = "english";
    addSongs(FIRST, FIRST + 2);
    language = null;
    addSongs(FIRST + 2, FIRST + 3);
    run();

    ServingModel model = ServingModel.of(version(), config());
    Annotation annotation = new Annotation(false, List.of("language"));
    Map<String, CsvRow> rows = assignments();
    String[] told = {"english", "bangla", null};
    for (int i = 0; i < told.length; i++) {
      SegmentFeatures features = features(FIRST + i, 0);
      SongRef song =
          SongRef.newBuilder()
              .setId(features.getId())
              .setUri("")
              .setFilepath("")
              .setLanguage(told[i])
              .setSize(1)
              .setModified(1)
              .build();
      double distance = Double.parseDouble(row(rows, FIRST + i).get("distance"));
      assertThat(distance)
          .isCloseTo(distance(model, annotation.with(features, song)), within(1e-4));
      if (told[i] != null) {
        assertThat(distance).isNotCloseTo(distance(model, features), within(1e-4));
      }
    }
  }

  private static double distance(ServingModel model, SegmentFeatures features) {
    return model.assign(features).getAssignment().getDistance();
  }

  @Test
  public void givenEventsOutOfOrder_whenCounted_thenTheModelIsDueToTheHistoryAlone()
      throws IOException {
    List<WatchEvent> events = new ArrayList<>();
    for (int i = 0; i < FIRST + 2; i++) {
      events.add(audio(i));
    }
    for (int i = events.size() - 1; i >= 0; i--) {
      stream = stream.addElements(events.get(i));
    }
    run();
    assertThat(version().getThrough()).isEqualTo(FIRST);
    assertThat(version().getSongs()).isEqualTo(FIRST);
    assertThat(assignments()).hasSize(FIRST + 2);
  }

  @Test
  public void givenEnoughNewSongs_whenCounted_thenAllAreFittedAnewAndClustersKeepTheirNames()
      throws IOException {
    settings.set("watch.refit_songs", "5");
    addSongs(0, FIRST);
    // Seven odd songs: now theirs is the larger cluster.
    for (int i = 101; i < 115; i += 2) {
      stream = stream.addElements(audio(i));
    }
    run();

    assertThat(version().getNumber()).isEqualTo(2);
    assertThat(version().getCause()).isEqualTo("count");
    assertThat(version().getThrough()).isEqualTo(FIRST + 5L);
    Map<String, CsvRow> rows = assignments();
    assertThat(rows).hasSize(FIRST + 7);
    Map<String, String> first = new HashMap<>();
    for (CsvRow row : CsvFile.read(config().versions().results(1) + "assignments.csv")) {
      first.put(row.get("id"), row.get("cluster_name"));
    }
    rows.forEach(
        (id, row) -> {
          assertThat(row.get("model")).isEqualTo(modelVersion());
          if (first.containsKey(id)) {
            assertThat(row.get("cluster_name")).isEqualTo(first.get(id));
          }
        });
    assertThat(CsvFile.read(out().resolve("changes.csv").toString())).isEmpty();
  }

  @Test
  public void givenALargeFolder_whenItsFirstPollIsExtracted_thenTheFirstModelKnowsAllOfIt()
      throws IOException {
    settings.set("watch.refit_songs", "100");
    List<WatchEvent> poll = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      WatchEvent event = audio(i);
      poll.add(
          WatchEvent.newBuilder(event)
              .setFile(FileEvent.newBuilder(event.getFile()).setLastOfPoll(300L).build())
              .build());
    }
    history.replaceAll(event -> FileEvent.newBuilder(event).setLastOfPoll(300L).build());
    stream =
        stream.addElements(poll.get(0), poll.subList(1, poll.size()).toArray(new WatchEvent[0]));
    run();

    assertThat(version().getNumber()).isEqualTo(1);
    assertThat(version().getCause()).isEqualTo("first");
    assertThat(version().getThrough()).isEqualTo(300);
    assertThat(assignments()).hasSize(300);
  }

  /** As after a start over a history that is far ahead of the last model. */
  @Test
  public void givenManyModelsDueAtOnce_whenTheyAreMade_thenNoneIsGoneBeforeSongsArePlacedByIt()
      throws IOException {
    polls = 6;
    settings.set("watch.refit_songs", "5");
    List<WatchEvent> events = new ArrayList<>();
    for (int i = 0; i < FIRST + 4 * 5 + 1; i++) {
      events.add(audio(i));
    }
    stream =
        stream.addElements(
            events.get(0), events.subList(1, events.size()).toArray(new WatchEvent[0]));
    run();

    assertThat(version().getNumber()).isEqualTo(5);
    assertThat(assignments()).hasSize(events.size());
    // What nothing needs any more is removed: the last and the one before are there.
    try (var kept = Files.list(Path.of(config().versions().folder()))) {
      assertThat(kept.filter(made -> Files.exists(made.resolve("version.avro"))).count())
          .isEqualTo(2);
    }
  }

  /**
   * Songs 1000 to 1004 are like the songs 0 to 4; in the second model they are songs of the fit.
   */
  @Test
  public void givenMeansOverNeighbours_whenSongsComeAndAreFitted_thenEachIsAmongSongsLikeIt()
      throws IOException {
    int songs = 200;
    int come = 5;
    Map.of(
            "models.list", "neighbour_vae",
            "primary.representation", "neighbour_vae",
            "neighbour_vae.epochs", "1",
            "neighbour_vae.hidden", "8",
            "watch.first_songs", Integer.toString(songs),
            "watch.refit_songs", Integer.toString(come))
        .forEach(settings::set);
    addSongs(0, songs);
    passMoment();
    addSongs(1000, 1000 + come);
    run();

    assertThat(version().getNumber()).isEqualTo(2);
    ModelVersion first =
        AvroFile.read(
                Path.of(config().versions().results(1)).resolveSibling("version.avro").toString(),
                ModelVersion.class)
            .get(0);
    assertThat(CheckpointFile.read(first.getCheckpoint()).getTensors())
        .extracting(Tensor::getName)
        .contains("smoothing_embeddings");
    ServingModel model = ServingModel.of(first, config());
    Map<String, CsvRow> fitted = assignments(config().versions().results(1));
    Map<String, CsvRow> refitted = assignments();
    SongLookup lookup = lookup();
    for (int i = 0; i < come; i++) {
      AssignedSong song = model.assign(features(1000 + i, 0));
      CsvRow like = row(fitted, i);
      assertThat(song.getNeighbours().get(0).getId()).isEqualTo(id(i));
      assertThat(song.getAssignment().getCluster()).hasToString(like.get("cluster"));
      assertThat(song.getAssignment().getNovelty()).isLessThan(1);
      assertThat(song.getPoint().getX()).isCloseTo(number(like, "x"), within(2.0));
      assertThat(song.getPoint().getY()).isCloseTo(number(like, "y"), within(2.0));

      CsvRow after = row(refitted, 1000 + i);
      assertThat(after.get("cluster_name")).isEqualTo(like.get("cluster_name"));
      assertThat(after.get("neighbours").split(" ", -1)).contains(id(i));
      assertThat(
              lookup.similar(
                  SimilarQuery.of(lookup.ask("songs/" + (1000 + i) + ".mp3")),
                  1,
                  false,
                  EVERY_SONG))
          .extracting(similar -> similar.song().id())
          .containsExactly(id(i));
    }
  }

  private static double number(CsvRow row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private String modelVersion() {
    try {
      return version().getCheckpoint().getVersion();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  public void givenAQuietTime_whenItIsOver_thenNewSongsAreFitted() throws IOException {
    settings.set("watch.refit_minutes", "10");
    addSongs(0, FIRST + 1);
    poll();
    stream = stream.advanceProcessingTime(Duration.standardMinutes(7));
    run();
    assertThat(version().getCause()).isEqualTo("first");
    assertThat(version().getNumber()).isEqualTo(1);
  }

  @Test
  public void givenNewSongs_whenTheirTimeHasCome_thenTheyAreFitted() throws IOException {
    settings.set("watch.refit_minutes", "10");
    addSongs(0, FIRST + 1);
    poll();
    stream = stream.advanceProcessingTime(Duration.standardMinutes(11));
    run();
    assertThat(version().getNumber()).isEqualTo(2);
    assertThat(version().getCause()).isEqualTo("timer");
    assertThat(version().getSongs()).isEqualTo(FIRST + 1);
  }

  @Test
  public void givenSongsFarFromEveryCluster_whenTheyCome_thenAllIsFittedAnew() throws IOException {
    settings.set("watch.drift_threshold", "8");
    addSongs(0, FIRST);
    for (int i = 100; i < 104; i++) {
      stream = stream.addElements(audio(i, i + ".mp3", null, 200));
    }
    run();
    // Each counts 4 - 1 deviations: the third passes 8.
    assertThat(version().getCause()).isEqualTo("drift");
    assertThat(version().getThrough()).isEqualTo(FIRST + 3L);
    assertThat(coverage()).startsWith("found,12 clustered,12");
  }

  @Test
  public void givenADemand_whenEverythingIsCounted_thenAllIsFittedAnewAndTheDemandIsGone()
      throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("refit"), "");
    addSongs(0, FIRST + 1);
    stream = stream.addElements(lastPoll(false));
    run();
    assertThat(version().getCause()).isEqualTo("demand");
    assertThat(version().getSongs()).isEqualTo(FIRST + 1);
    assertThat(out().resolve("refit")).doesNotExist();
  }

  @Test
  public void givenASongFarBehindTheWatermark_whenItComes_thenItIsPlacedAllTheSame()
      throws IOException {
    addSongs(0, FIRST);
    stream = stream.advanceWatermarkTo(START.plus(Duration.standardDays(365)));
    stream = stream.addElements(TimestampedValue.of(audio(FIRST), START));
    run();
    assertThat(assignments()).containsKey(id(FIRST)).hasSize(FIRST + 1);
  }

  @Test
  public void givenASongThatIsDeleted_whenPublished_thenItIsGoneAndNobodysNeighbour()
      throws IOException {
    addSongs(0, FIRST);
    passMoment();
    stream = stream.addElements(keep(event(FileEventType.GONE, "2.mp3").build()));
    run();
    assertThat(coverage()).startsWith("found,7 clustered,7");
    assertThat(assignments()).doesNotContainKey(id(2));
    assertThat(Files.readString(out().resolve("assignments.csv"))).doesNotContain(id(2));
  }

  private SongLookup lookup() throws IOException {
    return SongLookup.open(config().pipeline().results(), config().pipeline().report().data());
  }

  private List<String> embedded() throws IOException {
    return AvroFile.read(out() + "/embeddings.avro", Embedding.class).stream()
        .map(Embedding::getId)
        .toList();
  }

  private String playlists() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(out().resolve("playlists"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  public void givenASongThatTheModelNeverSaw_whenPlaced_thenEveryResultHasIt() throws IOException {
    addSongs(0, FIRST);
    passMoment();
    addSongs(FIRST, FIRST + 3);
    run();

    List<String> all = new ArrayList<>();
    for (int i = 0; i < FIRST + 3; i++) {
      all.add(id(i));
    }
    assertThat(embedded()).isEqualTo(all);
    assertThat(Files.readString(out().resolve("index.html")))
        .contains("\"songs/10.mp3\"")
        .contains("11 files found = 11 clustered");
    assertThat(Files.readAllLines(out().resolve("embeddings.tsv"))).hasSize(FIRST + 3);
    assertThat(playlists()).contains("/10.mp3");
    for (String record : List.of("songs", "audio", "assignments", "map", "neighbours")) {
      assertThat(out().resolve("records/" + record + ".avro")).exists();
    }
    SongLookup lookup = lookup();
    assertThat(lookup.songs()).extracting(KnownSong::id).isEqualTo(all);
    SongLookup.Asked asked = lookup.ask("songs/10.mp3");
    assertThat(lookup.similar(SimilarQuery.of(asked), 5, false, EVERY_SONG))
        .hasSize(5)
        .allMatch(song -> Integer.parseInt(song.song().id().substring(60)) % 2 == 0);
    // The cluster of the even songs: 0, 2, 4, 6, 8 and 10.
    assertThat(lookup.core(lookup.songs().get(10).cluster(), rules(20))).hasSize(6);
    assertThat(lookup.between(lookup.ask("songs/9.mp3"), asked, rules(4))).isNotEmpty();
    // Drawn again from the records alone, everything is as it was.
    byte[] table = Files.readAllBytes(out().resolve("assignments.csv"));
    byte[] page = Files.readAllBytes(out().resolve("index.html"));
    assertThat(
            Redraw.all(
                    out().toRealPath() + "/", config().pipeline().report().data(), style -> style)
                .count())
        .isEqualTo(FIRST + 3);
    assertThat(out().resolve("assignments.csv")).hasBinaryContent(table);
    assertThat(out().resolve("index.html")).hasBinaryContent(page);
  }

  @Test
  public void givenADeletedSong_whenPublished_thenNoResultHasIt() throws IOException {
    addSongs(0, FIRST + 2);
    passMoment();
    stream = stream.addElements(keep(event(FileEventType.GONE, "2.mp3").build()));
    stream = stream.addElements(keep(event(FileEventType.GONE, "9.mp3").build()));
    run();

    assertThat(embedded()).hasSize(FIRST).doesNotContain(id(2), id(9));
    assertThat(playlists()).doesNotContain("/2.mp3", "/9.mp3");
    assertThat(Files.readString(out().resolve("index.html")))
        .contains("\"songs/4.mp3\"")
        .doesNotContain("\"songs/2.mp3\"", "\"songs/9.mp3\"")
        .contains("8 files found = 8 clustered");
    assertThat(lookup().songs()).hasSize(FIRST);
  }

  @Test
  public void givenAFitThatNobodyRuns_whenPublished_thenTheStateSaysThatItWaits()
      throws IOException {
    settings.set("watch.refit_songs", "1");
    addSongs(0, FIRST);
    poll();
    addSongs(FIRST, FIRST + 1);
    polls = 0;
    run();
    WatchState state = WatchState.read(out() + "/");
    assertThat(state.modelVersion()).isEqualTo(1);
    assertThat(state.model()).isEqualTo(modelVersion());
    assertThat(state.through()).isEqualTo(FIRST);
    assertThat(state.songsSince()).isEqualTo(1);
    WatchState.Refit refit = Objects.requireNonNull(state.refit());
    assertThat(refit).isEqualTo(new WatchState.Refit(2, "count", FIRST + 1, refit.since()));
  }

  @Test
  public void givenASongThatIsRenamed_whenPublished_thenItKeepsItsPlaceAndIsNotNew()
      throws IOException {
    settings.set("watch.refit_songs", "1");
    addSongs(0, FIRST);
    passMoment();
    stream = stream.addElements(audio(2, "new name.mp3", "/songs/2.mp3", 0));
    run();
    assertThat(version().getNumber()).isEqualTo(1);
    CsvRow row = row(assignments(), 2);
    assertThat(row.get("filepath")).isEqualTo("songs/new name.mp3");
    String before = config().versions().results(1) + "assignments.csv";
    for (CsvRow old : CsvFile.read(before)) {
      if (old.get("id").equals(id(2))) {
        for (String column : List.of("cluster", "distance", "novelty", "x", "y", "model")) {
          assertThat(row.get(column)).isEqualTo(old.get(column));
        }
      }
    }
    assertThat(coverage())
        .isEqualTo("found,8 clustered,8 failed,0 skipped,0 duplicate,0 waiting,0");
  }

  @Test
  public void givenWordsOfTheOwner_whenPublished_thenTheyStandInEveryTableAndGoWithTheSong()
      throws IOException {
    Path data = Files.createDirectories(Path.of(config().pipeline().report().data()));
    Files.writeString(
        data.resolve("metadata.csv"),
        "id,filepath,language,title,lyrics,artist\r\n"
            + (id(2) + ",songs/2.mp3,bangla,\"Said, so\",,Who\r\n")
            + (id(4) + ",songs/elsewhere.mp3,english,Moved,,\r\n"));
    addSongs(0, FIRST);
    run();

    Map<String, CsvRow> rows = assignments();
    assertThat(row(rows, 2).toMap())
        .containsEntry("language", "bangla")
        .containsEntry("title", "Said, so")
        .containsEntry("artist", "Who");
    assertThat(row(rows, 4).toMap()).containsEntry("language", "").containsEntry("title", "Moved");
    assertThat(row(rows, 3).get("title")).isEqualTo("3");
    Map<String, CsvRow> described = new HashMap<>();
    for (CsvRow row : CsvFile.read(data.resolve("metadata.csv").toString())) {
      described.put(row.get("id"), row);
    }
    assertThat(described).hasSize(FIRST);
    assertThat(row(described, 2).get("title")).isEqualTo("Said, so");
    assertThat(row(described, 4).get("filepath")).isEqualTo("songs/4.mp3");
    assertThat(row(described, 7).get("codec")).isEqualTo("mp3");
  }

  @Test
  public void givenTheSameBytesTwiceAndOtherFiles_whenPublished_thenEachIsCountedOnce()
      throws IOException {
    addSongs(0, FIRST);
    stream =
        stream.addElements(
            audio(3, "a copy.mp3", null, 0),
            keep(event(FileEventType.SKIPPED, "cover.jpg").build()),
            WatchEvent.newBuilder()
                .setFile(event(FileEventType.FOUND, "growing.mp3").setNumber(0).build())
                .build());
    run();
    assertThat(coverage())
        .isEqualTo("found,11 clustered,8 failed,0 skipped,1 duplicate,1 waiting,1");
    assertThat(row(assignments(), 3).get("filepath")).isEqualTo("songs/3.mp3");
  }

  @Test
  public void givenTheEnd_whenAllIsPublished_thenItIsSaid() throws IOException {
    addSongs(0, FIRST + 1);
    poll();
    stream = stream.addElements(lastPoll(true));
    run();
    assertThat(Path.of(config().ended())).exists();
    assertThat(assignments()).hasSize(FIRST + 1);
  }

  @Test
  public void givenAnEventThatHasNotCome_whenTheEndIsAsked_thenItIsNotSaid() throws IOException {
    addSongs(0, 2);
    history.add(event(FileEventType.TAKEN, "late.mp3").build());
    stream = stream.addElements(lastPoll(true));
    run();
    assertThat(Path.of(config().ended())).doesNotExist();
  }

  @Test
  public void givenTheEndThatWasSaid_whenAnotherPollComes_thenItIsNotSaidAgain()
      throws IOException {
    addSongs(0, 2);
    poll();
    stream = stream.addElements(lastPoll(true));
    Path ended = Path.of(config().ended());
    Files.createDirectories(Objects.requireNonNull(ended.getParent()));
    Files.writeString(ended, "");
    run();
    assertThat(ended).isEmptyFile();
  }

  /** A collection that a watch has left: songs in the log, and no model version yet. */
  private RefitRun left(int songs, List<String> notes) throws IOException {
    addSongs(0, songs);
    WatchConfig config = config();
    AvroFile.write(config.history().folder(), "events-000000000001.avro", FileEvent.class, history);
    config
        .versions()
        .writeSettings(
            new WatchSettings(
                config.pipeline().read().songs(), config.pipeline().results(), settings.asMap()));
    return new RefitRun(config.pipeline().report().data(), List.of(), notes::add);
  }

  @Test
  public void givenNoWatchThatRuns_whenARefitIsAsked_thenItIsMadeOnceWithTheWatchsSettings()
      throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    List<String> notes = new ArrayList<>();
    RefitRun refit = left(FIRST, notes);
    refit.once();
    assertThat(version().getNumber()).isEqualTo(1);
    assertThat(version().getCause()).isEqualTo("demand");
    assertThat(version().getThrough()).isEqualTo(FIRST);
    assertThat(version().getCheckpoint().getName()).isEqualTo("raw");
    refit.once();
    assertThat(version().getNumber()).isEqualTo(1);
    assertThat(notes).last().asString().startsWith("nothing to refit");
  }

  @Test
  public void givenAFileThatIsNotReadYet_whenARefitIsAsked_thenItKnowsWhatCameBefore()
      throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    addSongs(0, FIRST);
    history.add(event(FileEventType.TAKEN, "late.mp3").build());
    left(1, new ArrayList<>()).once();
    assertThat(version().getThrough()).isEqualTo(FIRST);
  }

  @Test
  public void givenTooFewSongs_whenARefitIsAsked_thenTheRequestIsTakenBack() throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    left(2, new ArrayList<>()).once();
    assertThat(config().versions().request()).isNull();
    assertThat(config().versions().last()).isNull();
  }

  @Test
  public void givenAFolderThatNoWatchHasUsed_whenARefitIsAsked_thenThatIsSaid() throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    String data = config().pipeline().report().data();
    assertThatThrownBy(() -> new RefitRun(data, List.of(), note -> {}).once())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(data)
        .hasMessageContaining("surmala watch --songs");
  }

  @Test
  public void givenAFitThatAnotherProcessRuns_whenOneIsDue_thenItIsLeftToItAndThatIsSaidOnce()
      throws IOException, RefitFailedException {
    pipeline.enableAbandonedNodeEnforcement(false);
    List<String> notes = new ArrayList<>();
    left(FIRST, notes);
    WatchConfig config = config();
    config.versions().request(new RefitRequest(1, (long) FIRST, "first", 0L));
    try (RefitRunner runner = new RefitRunner(config, List.of(), true, notes::add);
        DataFolder other = DataFolder.openToFit(config.pipeline().report().data())) {
      runner.poll();
      runner.poll();
      assertThat(runner.isRunning()).isFalse();
      assertThat(notes).hasSize(1);
      assertThat(notes.get(0)).contains("waits").contains(folder.getRoot().getName());
      assertThat(other.path()).isNotEmpty();
    }
    assertThat(config.versions().last()).isNull();
  }

  @Test
  public void givenAStoreThatLostASong_whenAFitIsDue_thenItFailsAndIsRunAgainAfterAPause()
      throws IOException, RefitFailedException {
    pipeline.enableAbandonedNodeEnforcement(false);
    left(FIRST, new ArrayList<>());
    WatchConfig config = config();
    LocalFolder.delete(Path.of(config.pipeline().store().directory()));
    config.versions().request(new RefitRequest(1, (long) FIRST, "first", 0L));
    try (RefitRunner runner = new RefitRunner(config, List.of(), true, note -> {})) {
      assertThatThrownBy(
              () -> {
                do {
                  runner.poll();
                } while (runner.isRunning());
              })
          .isInstanceOf(RefitFailedException.class)
          .hasMessageContaining("runs again in 2 s")
          .hasMessageContaining(config.pipeline().store().directory() + " no longer has song ");
      runner.poll();
      assertThat(runner.isRunning()).as("within the pause").isFalse();
    }
    assertThat(config.versions().request()).isNotNull();
  }

  private static PlaylistRules rules(int count) {
    return PlaylistRules.of(EVERY_SONG, count);
  }
}
