package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose files change at one moment. */
final class SnapshotsTest {
  @TempDir private Path folder;

  private static void write(String folder, String name, String text) throws IOException {
    Path file = Path.of(folder, name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void givenTwoStates_whenPublished_thenTheFolderShowsTheLastAlone() throws IOException {
    Snapshots snapshots = new Snapshots(folder);
    snapshots.publish(
        null,
        Set.of(),
        state -> {
          write(state, "a.csv", "1");
          write(state, "lists/old.m3u8", "1");
        });
    assertThat(folder.resolve("lists/old.m3u8")).hasContent("1");

    snapshots.publish(null, Set.of(), state -> write(state, "b.csv", "2"));

    assertThat(names(folder)).containsExactly("b.csv");
    assertThat(folder.resolve("b.csv")).hasContent("2");
  }

  @Test
  void givenStates_whenDissolved_thenTheFolderHasTheFilesOfTheLastAndNoLinks() throws IOException {
    Snapshots snapshots = new Snapshots(folder);
    Files.writeString(folder.resolve("own.txt"), "mine");
    snapshots.publish(null, Set.of(), state -> write(state, "a.csv", "1"));
    snapshots.publish(
        null,
        Set.of(),
        state -> {
          write(state, "a.csv", "2");
          write(state, "lists/b.m3u8", "2");
        });

    Snapshots.dissolve(folder);

    assertThat(names(folder)).containsExactlyInAnyOrder("a.csv", "lists", "own.txt");
    assertThat(folder.resolve("a.csv")).hasContent("2");
    assertThat(folder.resolve("lists/b.m3u8")).hasContent("2");
    assertThat(folder.resolve("own.txt")).hasContent("mine");
    assertThat(Snapshots.current(folder)).isNull();
    try (Stream<Path> entries = Files.walk(folder)) {
      assertThat(entries.filter(Files::isSymbolicLink)).isEmpty();
    }
    assertThat(folder.resolve(".versions")).doesNotExist();
  }

  @Test
  void givenAPlainFolder_whenDissolved_thenItStays() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "1");

    Snapshots.dissolve(folder);

    assertThat(folder.resolve("a.csv")).hasContent("1");
  }

  @Test
  void givenABase_whenPublished_thenItsFilesAreThereAndItselfIsUnharmed(@TempDir Path base)
      throws IOException {
    write(base.toString(), "plots/map.svg", "drawn");
    write(base.toString(), "table.csv", "of the base");

    new Snapshots(folder)
        .publish(
            base, Set.of(), state -> WholeFile.write(state, "table.csv", out -> out.write('n')));

    assertThat(folder.resolve("plots/map.svg")).hasContent("drawn");
    assertThat(folder.resolve("table.csv")).hasContent("n");
    assertThat(base.resolve("table.csv")).hasContent("of the base");
  }

  @Test
  void givenResultsOfARun_whenTheFirstStateIsPublished_thenItTakesTheirPlaceAndLeavesOthers()
      throws IOException {
    write(folder.toString(), "table.csv", "of a run");
    write(folder.toString(), "plots/old.svg", "old");
    write(folder.toString(), "mine.txt", "mine");

    new Snapshots(folder)
        .publish(
            null,
            Set.of(),
            state -> {
              write(state, "table.csv", "of the watch");
              write(state, "plots/new.svg", "new");
            });

    assertThat(names(folder)).containsExactlyInAnyOrder("table.csv", "plots", "mine.txt");
    assertThat(folder.resolve("table.csv")).hasContent("of the watch");
    assertThat(names(folder.resolve("plots"))).containsExactly("new.svg");
    assertThat(folder.resolve("mine.txt")).hasContent("mine");
  }

  @Test
  void givenAFolderOfARun_whenOnlyALaterStateHasIt_thenThatTakesItsPlace() throws IOException {
    write(folder.toString(), "plots/old.svg", "old");
    Snapshots snapshots = new Snapshots(folder);
    snapshots.publish(null, Set.of(), state -> write(state, "table.csv", "1"));
    assertThat(folder.resolve("plots/old.svg")).hasContent("old");

    snapshots.publish(null, Set.of(), state -> write(state, "plots/new.svg", "new"));

    assertThat(names(folder)).containsExactly("plots");
    assertThat(names(folder.resolve("plots"))).containsExactly("new.svg");
    assertThat(folder.resolve(".versions/aside")).doesNotExist();
  }

  @Test
  void givenAWriterThatFails_whenPublished_thenTheStateBeforeStays() throws IOException {
    Snapshots snapshots = new Snapshots(folder);
    snapshots.publish(null, Set.of(), state -> write(state, "a.csv", "whole"));

    assertThatThrownBy(
            () ->
                snapshots.publish(
                    null,
                    Set.of(),
                    state -> {
                      write(state, "a.csv", "half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(folder.resolve("a.csv")).hasContent("whole");
    snapshots.publish(null, Set.of(), state -> write(state, "a.csv", "next"));
    assertThat(folder.resolve("a.csv")).hasContent("next");
  }

  @Test
  void givenAReaderAtAnyMoment_whenStatesFollowOneAnother_thenItSeesNoneHalfAndNoneMixed()
      throws IOException, InterruptedException, ExecutionException {
    Snapshots snapshots = new Snapshots(folder);
    snapshots.publish(null, Set.of(), state -> writeThree(state, 0));
    Set<String> seen = new ConcurrentSkipListSet<>();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(1);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<?> reads =
          reader.submit(
              () -> {
                while (!done.get()) {
                  seen.add(readThree());
                  reading.countDown();
                }
                return null;
              });
      reading.await();
      for (int i = 1; i <= 300; i++) {
        int version = i;
        snapshots.publish(null, Set.of(), state -> writeThree(state, version));
      }
      done.set(true);
      reads.get();
    } finally {
      reader.shutdownNow();
    }
    assertThat(seen).hasSizeGreaterThan(1).allMatch(state -> state.matches("(\\d+ )\\1\\1"));
  }

  private static void writeThree(String state, int version) throws IOException {
    for (String name : new String[] {"one.csv", "two.csv", "deep/three.csv"}) {
      write(state, name, version + " ");
    }
  }

  /**
   * Takes one state by its folder; when it falls out of those that are kept meanwhile, the next.
   */
  private String readThree() throws IOException {
    while (true) {
      Path state = Objects.requireNonNull(Snapshots.current(folder));
      // Names alone are whole as well, each by itself.
      assertThat(Files.readString(folder.resolve("one.csv"))).matches("\\d+ ");
      try {
        return Files.readString(state.resolve("one.csv"))
            + Files.readString(state.resolve("two.csv"))
            + Files.readString(state.resolve("deep/three.csv"));
      } catch (NoSuchFileException old) {
        assertThat(Snapshots.current(folder)).isNotEqualTo(state);
      }
    }
  }
}
