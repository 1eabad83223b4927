package org.surmala.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * The files of a collection, from the last event of each path. Each path is a song, a duplicate, a
 * failure, skipped, or waiting.
 *
 * @param songs each song once, by the first path in code point order; ascending by id
 * @param skipped skipped files, by path
 * @param waiting number of paths whose file may still grow or is not yet decoded
 */
record WatchedFiles(
    List<SongRef> songs,
    Map<String, SongAudioInfo> audio,
    List<DuplicateSong> duplicates,
    List<Failure> failures,
    List<SkippedFile> skipped,
    int waiting) {
  /** Applies the events of a log. */
  static WatchedFiles following(Iterable<FileEvent> history) {
    FileTable table = new FileTable();
    for (FileEvent event : history) {
      table.follow(event, id -> {});
    }
    return of(table);
  }

  private static WatchedFiles of(FileTable table) {
    List<SongRef> songs = new ArrayList<>();
    Map<String, SongAudioInfo> audio = new HashMap<>();
    List<DuplicateSong> duplicates = new ArrayList<>();
    for (String id : new TreeSet<>(table.ids())) {
      List<FileEvent> paths = table.paths(id);
      SongRef first = Objects.requireNonNull(paths.get(0).getSong());
      songs.add(first);
      audio.put(id, paths.get(0).getAudio());
      for (FileEvent other : paths.subList(1, paths.size())) {
        duplicates.add(new DuplicateSong(id, other.getFilepath(), first.getFilepath()));
      }
    }
    return new WatchedFiles(
        songs, audio, duplicates, table.failures(), table.skippedFiles(), table.waiting());
  }

  /** The same files, with the user's metadata of the songs. */
  WatchedFiles in(UserMetadata metadata) {
    return new WatchedFiles(
        songs.stream().map(metadata::of).toList(), audio, duplicates, failures, skipped, waiting);
  }

  /** Number of paths. */
  int found() {
    return songs.size() + duplicates.size() + failures.size() + skipped.size() + waiting;
  }
}
