package org.surmala.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;

/**
 * The last event of each path of a collection, and the counts that follow. The cost of an event
 * does not depend on the number of paths.
 */
final class FileTable {
  private static final Comparator<FileEvent> BY_PATH = Comparator.comparing(FileEvent::getFilepath);

  /** By URI, including paths that are gone. */
  private final Map<String, FileEvent> last = new HashMap<>();

  /** The paths of each song, ascending. */
  private final Map<String, List<FileEvent>> songs = new HashMap<>();

  private final Map<String, Failure> failures = new HashMap<>();
  private int leftOutChanges;
  private int duplicates;
  private int skipped;
  private int waiting;

  /**
   * Applies an event. The events of a path may come in any order. A FOUND event counts only where
   * no other event is known; a repeated event counts if it now has an outcome.
   *
   * @param touched receives the id of each song whose paths change
   * @return whether the table changed
   */
  boolean follow(FileEvent event, Consumer<String> touched) {
    boolean changed = isNews(last.get(event.getUri()), event);
    if (changed) {
      replace(event, touched);
    }
    String former = event.getFormer();
    if (former != null) {
      FileEvent gone =
          FileEvent.newBuilder()
              .setNumber(event.getNumber())
              .setType(FileEventType.GONE)
              .setUri(former)
              .setFilepath(former)
              .build();
      if (isNews(last.get(former), gone)) {
        replace(gone, touched);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean isNews(@Nullable FileEvent before, FileEvent event) {
    if (before == null || event.getNumber() > before.getNumber()) {
      return true;
    }
    return event.getNumber() > 0
        && event.getNumber() == before.getNumber()
        && (event.getSong() != null
            || event.getFailure() != null
            || event.getType() == FileEventType.SKIPPED)
        && !(event.getType() == before.getType()
            && Objects.equals(event.getSong(), before.getSong())
            && Objects.equals(event.getFailure(), before.getFailure()));
  }

  private void replace(FileEvent event, Consumer<String> touched) {
    // Drop details that nothing here reads: there is one event per path.
    FileEvent kept =
        FileEvent.newBuilder(event).setFile(null).setFormer(null).setLastOfPoll(null).build();
    FileEvent before = last.put(event.getUri(), kept);
    if (before != null) {
      count(before, -1, touched);
    }
    count(kept, 1, touched);
  }

  private void count(FileEvent event, int sign, Consumer<String> touched) {
    switch (event.getType()) {
      case GONE -> {}
      case SKIPPED -> {
        leftOutChanges++;
        skipped += sign;
      }
      case FOUND -> waiting += sign;
      case TAKEN, REFUSED -> {
        Failure failure = event.getFailure();
        if (failure != null) {
          leftOutChanges++;
          if (sign > 0) {
            failures.put(event.getUri(), failure);
          } else {
            failures.remove(event.getUri());
          }
        } else if (event.getSong() != null) {
          String id = event.getSong().getId();
          move(id, event, sign > 0);
          touched.accept(id);
        } else {
          waiting += sign;
        }
      }
    }
  }

  private void move(String id, FileEvent event, boolean isThere) {
    List<FileEvent> before = songs.getOrDefault(id, List.of());
    List<FileEvent> after = new ArrayList<>(before);
    if (isThere) {
      after.add(event);
      after.sort(BY_PATH);
      songs.put(id, List.copyOf(after));
    } else {
      after.remove(event);
      if (after.isEmpty()) {
        songs.remove(id);
      } else {
        songs.put(id, List.copyOf(after));
      }
    }
    duplicates += Math.max(0, after.size() - 1) - Math.max(0, before.size() - 1);
  }

  /**
   * The paths of a song, the path that represents it first; empty if it is not in the collection.
   */
  List<FileEvent> paths(String id) {
    return songs.getOrDefault(id, List.of());
  }

  /** Ids of the songs in the collection, in no particular order. */
  Set<String> ids() {
    return songs.keySet();
  }

  /** The last event of each existing path, in no particular order. */
  Collection<FileEvent> events() {
    return last.values();
  }

  /** Skipped files, by path. */
  List<SkippedFile> skippedFiles() {
    return last.values().stream()
        .filter(event -> event.getType() == FileEventType.SKIPPED)
        .map(
            event ->
                new SkippedFile(
                    event.getFilepath(),
                    Objects.requireNonNullElse(event.getSkip(), SkipReason.OTHER_KIND)))
        .sorted(Comparator.comparing(SkippedFile::getFilepath))
        .toList();
  }

  /** Failures by path, then code. */
  List<Failure> failures() {
    return failures.values().stream()
        .sorted(
            Comparator.comparing(Failure::getFilepath)
                .thenComparing(Failure::getCode)
                .thenComparing(Failure::getMessage))
        .toList();
  }

  /** How often a failed or skipped file was added or removed. */
  int leftOutChanges() {
    return leftOutChanges;
  }

  /** Number of failed paths. */
  int failed() {
    return failures.size();
  }

  /** Number of duplicate paths. */
  int duplicates() {
    return duplicates;
  }

  /** Number of skipped paths. */
  int skipped() {
    return skipped;
  }

  /** Number of paths that may still grow or are not yet read. */
  int waiting() {
    return waiting;
  }

  /** Number of existing paths. */
  int found() {
    return songs.size() + duplicates + failures.size() + skipped + waiting;
  }
}
