package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.Shards;
import org.surmala.read.ReadOptions;
import org.surmala.read.SongLister;
import org.surmala.read.TitlePattern;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.LogMessage;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SongRef;
import org.surmala.schema.WatchEvent;

/** Looks at a folder. */
public final class WatchSongsTest implements Serializable {
  private static final long serialVersionUID = 1L;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private WatchOptions options() throws IOException {
    String home = folder.getRoot().toPath().toRealPath() + "/";
    Files.createDirectories(Path.of(home, "songs"));
    return new WatchOptions(
        new ReadOptions(
            home + "songs",
            home,
            List.of("mp3"),
            home + "catalog.avro",
            new Shards(2),
            List.of(),
            TitlePattern.of("")),
        new FileEventLog(home + "history/"),
        home + "ending",
        null);
  }

  private static void song(WatchOptions options, String name, long modified) throws IOException {
    Path file = Path.of(options.read().songs(), name);
    Files.writeString(file, name);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }

  private static Instant moment(int second) {
    // Later than now: a poll that is on time.
    return Instant.ofEpochMilli(4_000_000_000_000L).plus(Duration.standardSeconds(second));
  }

  private PCollection<String> poll(WatchOptions options, int times) {
    TestStream.Builder<Instant> moments = TestStream.create(InstantCoder.of());
    for (int i = 0; i < times; i++) {
      moments = moments.addElements(moment(i));
    }
    return pipeline
        .apply(moments.advanceWatermarkToInfinity())
        .apply(WatchSongs.with(options))
        .apply(MapElements.into(TypeDescriptors.strings()).via(WatchSongsTest::told));
  }

  private static String told(WatchEvent event) {
    FileEvent file = event.getFile();
    if (file == null) {
      return "poll " + event.getPoll().getLast() + (event.getPoll().getEnding() ? " end" : "");
    }
    return file.getNumber()
        + " "
        + file.getType()
        + " "
        + file.getFilepath()
        + (file.getSong() == null ? "" : " = " + file.getSong().getId());
  }

  @Test
  public void givenAFolder_whenLookedAtThreeTimes_thenSongsAreFoundThenTakenThenNothing()
      throws IOException {
    WatchOptions options = options();
    song(options, "b.mp3", 1_000);
    song(options, "a.mp3", 2_000);
    song(options, "cover.jpg", 500);

    PAssert.that(poll(options, 3))
        .containsInAnyOrder(
            "0 FOUND songs/a.mp3",
            "0 FOUND songs/b.mp3",
            "1 SKIPPED songs/cover.jpg",
            "poll 1",
            "2 TAKEN songs/b.mp3",
            "3 TAKEN songs/a.mp3",
            "poll 3",
            "poll 3");
    pipeline.run().waitUntilFinish();

    assertThat(options.history().after(0).stream().map(FileEvent::getFilepath))
        .containsExactly("songs/cover.jpg", "songs/b.mp3", "songs/a.mp3");
    assertThat(options.history().after(2)).hasSize(1);
  }

  @Test
  public void givenAnIgnoreFile_whenLookedAt_thenWhatItNamesIsSkippedWithTheReason()
      throws IOException {
    WatchOptions options = options();
    song(options, "a.mp3", 1_000);
    song(options, "b.mp3", 2_000);
    Files.writeString(Path.of(options.read().songs(), ".surmalaignore"), "a.*\n");

    PAssert.that(poll(options, 3))
        .containsInAnyOrder(
            "0 FOUND songs/b.mp3",
            "1 SKIPPED songs/.surmalaignore",
            "2 SKIPPED songs/a.mp3",
            "poll 2",
            "3 TAKEN songs/b.mp3",
            "poll 3",
            "poll 3");
    pipeline.run().waitUntilFinish();

    assertThat(options.history().after(0))
        .extracting(FileEvent::getSkip)
        .containsExactly(null, SkipReason.IGNORED, null);
  }

  @Test
  public void givenAHistory_whenStarted_thenItIsToldAgainWithWhatIsKnownAndGoesOnFromThere()
      throws IOException {
    WatchOptions options = options();
    song(options, "a.mp3", 2_000);
    DirectoryDiff diff = new DirectoryDiff(Map.of(), Map.of());
    new SongLister(options.read()).list(diff);
    diff.end();
    FileEvent gone = FileEvent.newBuilder(diff.found().get(0)).setUri("/gone").build();
    List<FileEvent> past = new ArrayList<>();
    for (FileEvent found : List.of(diff.found().get(0), gone)) {
      past.add(
          FileEvent.newBuilder(found)
              .setNumber(past.size() + 1)
              .setType(FileEventType.TAKEN)
              .build());
    }
    options.history().append(past);
    SongRef song =
        SongRef.newBuilder()
            .setId("1234")
            .setUri("u")
            .setFilepath("f")
            .setSize(1)
            .setModified(1)
            .build();
    options.history().keep(List.of(FileEvent.newBuilder(past.get(0)).setSong(song).build()));

    PAssert.that(poll(options, 1))
        .containsInAnyOrder(
            "1 TAKEN songs/a.mp3 = 1234", "2 TAKEN songs/a.mp3", "3 GONE songs/a.mp3", "poll 3");
    pipeline.run().waitUntilFinish();

    options.history().compact();
    assertThat(options.history().after(0).stream().map(FileEvent::getNumber))
        .containsExactly(1L, 2L, 3L);
    assertThat(options.history().after(0).get(0).getSong()).isEqualTo(song);
    assertThat(options.history().after(1).get(0).getSong()).isNull();
  }

  @Test
  public void givenAnnouncedSongs_whenLookedAt_thenTheyAreTakenWhereTheyAreAndTheOthersRefused()
      throws IOException {
    WatchOptions found = options();
    MessageInbox arrivals = new MessageInbox(folder.getRoot().toPath().toRealPath() + "/arrivals/");
    WatchOptions options =
        new WatchOptions(found.read(), found.history(), found.ending(), arrivals);
    song(options, "a.mp3", 2_000);
    song(options, "unannounced.mp3", 2_000);
    String home = found.read().songs() + "/";
    arrivals.keep(
        List.of(
            new LogMessage("log", 0, 0L, home + "a.mp3"),
            new LogMessage("log", 0, 1L, home + "missing.mp3"),
            new LogMessage("log", 0, 2L, "nowhere://bucket/b.mp3"),
            new LogMessage("log", 1, 0L, home + "a.mp3")));

    PAssert.that(poll(options, 2))
        .containsInAnyOrder(
            "0 FOUND songs/a.mp3",
            "1 REFUSED songs/missing.mp3",
            "2 REFUSED nowhere://bucket/b.mp3",
            "poll 2",
            "3 TAKEN songs/a.mp3",
            "poll 3");
    pipeline.run().waitUntilFinish();

    assertThat(options.history().after(0).stream().map(FileEvent::getFailure))
        .extracting(failure -> failure == null ? "" : failure.getCode())
        .containsExactly("vanished", "unreadable", "");
  }

  @Test
  public void givenTheEnd_whenLookedAt_thenNothingMoreIsTaken() throws IOException {
    WatchOptions options = options();
    song(options, "a.mp3", 2_000);
    Files.writeString(Path.of(options.ending()), "");

    PAssert.that(poll(options, 2)).containsInAnyOrder("poll 0 end", "poll 0 end");
    pipeline.run().waitUntilFinish();
  }
}
