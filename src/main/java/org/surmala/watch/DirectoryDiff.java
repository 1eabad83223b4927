package org.surmala.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surmala.read.Listing;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/**
 * The difference between two polls of a collection. A song is accepted once it is no longer one of
 * the {@link GrowingFiles}. Edited metadata are accepted at once. So is a renamed file: a new path
 * with the size and time of a file that disappeared since the last poll.
 */
final class DirectoryDiff implements Listing {
  private final Map<String, FileEvent> known;
  private final GrowingFiles growing;
  private final Set<String> met = new HashSet<>();
  private final List<SongFile> unknown = new ArrayList<>();
  private final List<FileEvent> events = new ArrayList<>();
  private final List<FileEvent> found = new ArrayList<>();

  /**
   * @param known the last event of each path
   * @param growing files that were new or changed in the last poll
   */
  DirectoryDiff(Map<String, FileEvent> known, Map<String, SongFile> growing) {
    this.known = known;
    this.growing = new GrowingFiles(growing);
  }

  @Override
  public void song(SongFile file) {
    if (!met.add(file.getUri())) {
      return;
    }
    FileEvent before = known.get(file.getUri());
    SongFile taken =
        before != null && before.getType() != FileEventType.FOUND ? before.getFile() : null;
    if (taken == null || !GrowingFiles.sameBytes(taken, file)) {
      unknown.add(file);
    } else if (!SongFile.newBuilder(taken).setKnownId(null).build().equals(file)) {
      events.add(taken(file, null));
    }
  }

  @Override
  public void skipped(SkippedFile file) {
    String path = file.getFilepath();
    SkipReason reason = file.getReason() == SkipReason.OTHER_KIND ? null : file.getReason();
    other(event(path, path, FileEventType.SKIPPED).setSkip(reason).build());
  }

  @Override
  public void failed(Failure failure) {
    other(
        event(failure.getUri(), failure.getFilepath(), FileEventType.REFUSED)
            .setFailure(failure)
            .build());
  }

  private void other(FileEvent event) {
    if (!met.add(event.getUri())) {
      return;
    }
    FileEvent before = known.get(event.getUri());
    if (before == null
        || before.getType() != event.getType()
        || !Objects.equals(before.getSkip(), event.getSkip())
        || !Objects.equals(before.getFailure(), event.getFailure())) {
      events.add(event);
    }
  }

  /** Ends the poll. */
  void end() {
    Map<List<Long>, FileEvent> gone = new HashMap<>();
    List<FileEvent> lost = new ArrayList<>();
    known.forEach(
        (uri, event) -> {
          if (!met.contains(uri)) {
            lost.add(event);
            SongFile file = event.getFile();
            if (event.getType() == FileEventType.TAKEN && file != null) {
              gone.put(stamp(file), event);
            }
          }
        });
    Set<String> renamed = new HashSet<>();
    for (SongFile file : unknown) {
      FileEvent former = known.containsKey(file.getUri()) ? null : gone.remove(stamp(file));
      if (former != null) {
        renamed.add(former.getUri());
        events.add(taken(file, former.getUri()));
      } else if (growing.isWhole(file)) {
        events.add(taken(file, null));
      } else if (!known.containsKey(file.getUri())) {
        found.add(
            event(file.getUri(), file.getFilepath(), FileEventType.FOUND).setFile(file).build());
      }
    }
    lost.removeIf(event -> renamed.contains(event.getUri()));
    lost.forEach(
        event ->
            events.add(event(event.getUri(), event.getFilepath(), FileEventType.GONE).build()));
    events.sort(Comparator.comparing(DirectoryDiff::modified).thenComparing(FileEvent::getUri));
  }

  /** Orders events: gone, skipped and refused files first, then songs by modification time. */
  private static long modified(FileEvent event) {
    SongFile file = event.getFile();
    return file == null ? Long.MIN_VALUE : file.getModified();
  }

  private static List<Long> stamp(SongFile file) {
    return List.of(file.getSize(), file.getModified());
  }

  private static FileEvent taken(SongFile file, @Nullable String former) {
    return event(file.getUri(), file.getFilepath(), FileEventType.TAKEN)
        .setFile(file)
        .setFormer(former)
        .build();
  }

  private static FileEvent.Builder event(String uri, String filepath, FileEventType type) {
    return FileEvent.newBuilder().setNumber(0).setType(type).setUri(uri).setFilepath(filepath);
  }

  /** The events for the event log, in order, not yet numbered. */
  List<FileEvent> events() {
    return events;
  }

  /** Songs that were listed for the first time and may still be growing. */
  List<FileEvent> found() {
    return found;
  }

  /** Files to compare in the next poll, by path. */
  Map<String, SongFile> stillGrowing() {
    return growing.files();
  }
}
