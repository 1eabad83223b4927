package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/** The difference between two polls. */
final class DirectoryDiffTest {
  private final Map<String, FileEvent> known = new HashMap<>();
  private final Map<String, SongFile> growing = new HashMap<>();

  private static SongFile file(String path, long size, long modified) {
    return SongFile.newBuilder()
        .setUri("/m/" + path)
        .setFilepath(path)
        .setSize(size)
        .setModified(modified)
        .build();
  }

  private void know(FileEventType type, SongFile file) {
    known.put(
        file.getUri(),
        FileEvent.newBuilder()
            .setNumber(1)
            .setType(type)
            .setUri(file.getUri())
            .setFilepath(file.getFilepath())
            .setFile(file)
            .build());
  }

  private DirectoryDiff poll(SongFile... files) {
    DirectoryDiff diff = new DirectoryDiff(known, growing);
    for (SongFile file : files) {
      diff.song(file);
    }
    diff.end();
    return diff;
  }

  private static List<String> told(List<FileEvent> events) {
    return events.stream()
        .map(
            e ->
                e.getType()
                    + " "
                    + e.getFilepath()
                    + (e.getFormer() == null ? "" : " from " + e.getFormer()))
        .toList();
  }

  @Test
  void givenASongThatGrows_whenLookedAtAgain_thenItIsTakenOnlyWhenTwoLooksAgree() {
    DirectoryDiff first = poll(file("a.mp3", 10, 1));
    assertThat(told(first.found())).containsExactly("FOUND a.mp3");
    assertThat(first.events()).isEmpty();

    growing.putAll(first.stillGrowing());
    DirectoryDiff second = poll(file("a.mp3", 20, 2));
    assertThat(second.events()).isEmpty();

    growing.putAll(second.stillGrowing());
    DirectoryDiff third = poll(file("a.mp3", 20, 2));
    assertThat(told(third.events())).containsExactly("TAKEN a.mp3");
    assertThat(third.stillGrowing()).isEmpty();
  }

  @Test
  void givenATakenSong_whenItsBytesChange_thenItIsTakenAgainWhenWhole() {
    know(FileEventType.TAKEN, file("a.mp3", 10, 1));
    assertThat(poll(file("a.mp3", 10, 1)).events()).isEmpty();

    DirectoryDiff changed = poll(file("a.mp3", 10, 2));
    assertThat(changed.events()).isEmpty();
    assertThat(changed.found()).isEmpty();
    growing.putAll(changed.stillGrowing());

    assertThat(told(poll(file("a.mp3", 10, 2)).events())).containsExactly("TAKEN a.mp3");
  }

  @Test
  void givenATakenSong_whenItsDescriptionIsEdited_thenItIsTakenAtOnce() {
    know(FileEventType.TAKEN, SongFile.newBuilder(file("a.mp3", 10, 1)).setKnownId("k").build());
    SongFile edited = SongFile.newBuilder(file("a.mp3", 10, 1)).setTitle("Other").build();
    DirectoryDiff poll = poll(edited);
    assertThat(told(poll.events())).containsExactly("TAKEN a.mp3");
    assertThat(poll.events().get(0).getFile()).isEqualTo(edited);
  }

  @Test
  void givenARenamedSong_whenLookedAt_thenOneEventTellsOfBothPaths() {
    know(FileEventType.TAKEN, file("a.mp3", 10, 1));
    assertThat(told(poll(file("b.mp3", 10, 1)).events()))
        .containsExactly("TAKEN b.mp3 from /m/a.mp3");
  }

  @Test
  void givenADeletedSongAndAnotherThatCame_whenLookedAt_thenOneIsGoneAndTheOtherFound() {
    know(FileEventType.TAKEN, file("a.mp3", 10, 1));
    DirectoryDiff poll = poll(file("b.mp3", 11, 1));
    assertThat(told(poll.events())).containsExactly("GONE a.mp3");
    assertThat(told(poll.found())).containsExactly("FOUND b.mp3");
  }

  @Test
  void givenSongsThatBecameWholeTogether_whenTaken_thenTheOlderComesFirst() {
    growing.put("/m/a.mp3", file("a.mp3", 1, 30));
    growing.put("/m/b.mp3", file("b.mp3", 1, 10));
    growing.put("/m/c.mp3", file("c.mp3", 1, 20));
    assertThat(
            told(poll(file("a.mp3", 1, 30), file("b.mp3", 1, 10), file("c.mp3", 1, 20)).events()))
        .containsExactly("TAKEN b.mp3", "TAKEN c.mp3", "TAKEN a.mp3");
  }

  @Test
  void givenASongThatWasTooLong_whenPolledAgain_thenOnlyAChangeOfItsFileIsToldAgain() {
    SongFile mix = file("mix.mp3", 1, 10);
    known.put(
        "/m/mix.mp3",
        FileEvent.newBuilder()
            .setNumber(1)
            .setType(FileEventType.SKIPPED)
            .setSkip(SkipReason.TOO_LONG)
            .setUri("/m/mix.mp3")
            .setFilepath("mix.mp3")
            .setFile(mix)
            .build());

    assertThat(poll(mix).events()).isEmpty();

    SongFile cut = file("mix.mp3", 2, 20);
    growing.put("/m/mix.mp3", cut);
    assertThat(told(poll(cut).events())).containsExactly("TAKEN mix.mp3");
  }

  @Test
  void givenOtherFilesAndFailures_whenLookedAtTwice_thenTheyAreToldOnce() {
    Failure failure =
        new SongException(FailureCode.UNREADABLE, "permission denied")
            .toFailure(null, "/m/x.mp3", "x.mp3");
    DirectoryDiff first = new DirectoryDiff(known, growing);
    first.skipped(new SkippedFile("cover.jpg", SkipReason.OTHER_KIND));
    first.failed(failure);
    first.end();
    assertThat(told(first.events())).containsExactly("REFUSED x.mp3", "SKIPPED cover.jpg");

    first.events().forEach(event -> known.put(event.getUri(), event));
    DirectoryDiff second = new DirectoryDiff(known, growing);
    second.skipped(new SkippedFile("cover.jpg", SkipReason.OTHER_KIND));
    second.failed(failure);
    second.end();
    assertThat(second.events()).isEmpty();

    assertThat(told(poll().events())).containsExactly("GONE x.mp3", "GONE cover.jpg");
  }
}
