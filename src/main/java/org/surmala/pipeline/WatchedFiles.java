package org.surmala.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Happening;
import org.surmala.schema.HeardSong;
import org.surmala.schema.SongRef;

/**
 * What a collection holds, from the last event of each path: each path is a song, a duplicate, a
 * failure, skipped, or waiting to be heard.
 *
 * @param songs each content once, by the first path in code point order; ascending by id
 * @param heard what listening has told of each of them
 * @param duplicates further paths of a song
 * @param failures of paths that were given up
 * @param skipped paths of other kinds
 * @param waiting paths whose file may still grow
 */
record WatchedFiles(
    List<SongRef> songs,
    Map<String, HeardSong> heard,
    List<DuplicateSong> duplicates,
    List<Failure> failures,
    List<String> skipped,
    int waiting) {

  /**
   * Whether an event is news of its path. Events of a path may come in any order; one that is found
   * is news only where nothing else is known.
   *
   * @param before the last event of the same path; null when there is none
   */
  static boolean isNews(@Nullable FileEvent before, FileEvent event) {
    return before == null || event.getNumber() > before.getNumber();
  }

  /** The event that takes away the path that a renamed file had before. */
  static FileEvent former(FileEvent renamed, String former) {
    return FileEvent.newBuilder()
        .setNumber(renamed.getNumber())
        .setHappening(Happening.GONE)
        .setUri(former)
        .setFilepath(former)
        .build();
  }

  /** Follows the events of a history, in their order. */
  static WatchedFiles following(Iterable<FileEvent> history) {
    Map<String, FileEvent> last = new HashMap<>();
    for (FileEvent event : history) {
      last.put(event.getUri(), event);
      String former = event.getFormer();
      if (former != null) {
        last.put(former, former(event, former));
      }
    }
    return of(last.values());
  }

  /**
   * Sorts paths by what they are.
   *
   * @param last the last event of each path, those that are gone among them
   */
  static WatchedFiles of(Collection<FileEvent> last) {
    TreeMap<String, List<FileEvent>> byContent = new TreeMap<>();
    List<Failure> failures = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    int waiting = 0;
    for (FileEvent event : last) {
      Failure failure = event.getFailure();
      SongRef song = event.getSong();
      switch (event.getHappening()) {
        case GONE -> {}
        case SKIPPED -> skipped.add(event.getFilepath());
        case FOUND -> waiting++;
        case TAKEN, REFUSED -> {
          if (failure != null) {
            failures.add(failure);
          } else if (song != null) {
            byContent.computeIfAbsent(song.getId(), id -> new ArrayList<>()).add(event);
          } else {
            waiting++;
          }
        }
      }
    }
    List<SongRef> songs = new ArrayList<>();
    Map<String, HeardSong> heard = new HashMap<>();
    List<DuplicateSong> duplicates = new ArrayList<>();
    byContent.forEach(
        (id, paths) -> {
          paths.sort(Comparator.comparing(FileEvent::getFilepath));
          SongRef first = paths.get(0).getSong();
          songs.add(first);
          heard.put(id, paths.get(0).getHeard());
          for (FileEvent other : paths.subList(1, paths.size())) {
            duplicates.add(new DuplicateSong(id, other.getFilepath(), first.getFilepath()));
          }
        });
    failures.sort(Comparator.comparing(Failure::getFilepath).thenComparing(Failure::getCode));
    return new WatchedFiles(songs, heard, duplicates, failures, skipped, waiting);
  }

  /** The same, with songs as their owner speaks of them. */
  WatchedFiles in(OwnersWords words) {
    return new WatchedFiles(
        songs.stream().map(words::of).toList(), heard, duplicates, failures, skipped, waiting);
  }

  /** Paths that there are. */
  int found() {
    return songs.size() + duplicates.size() + failures.size() + skipped.size() + waiting;
  }
}
