package org.surmala.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.io.Snapshots;
import org.surmala.report.ClusterEdits;
import org.surmala.runner.ProgressFile;

/**
 * The served results: always one complete snapshot. It is replaced once a newer one can be read,
 * and open pages receive an event.
 */
final class Results {
  /** Files whose change indicates new results that are not published as a snapshot. */
  private static final List<String> TELLING =
      List.of("records/assignments.avro", "records/report.json", "run.json", "index.html");

  /** Maximum number of songs in one event. */
  private static final int MOST_TOLD = 2_000;

  private final Path results;
  private final Path data;
  private final Events events;
  private volatile @Nullable ServedResults current;
  private @Nullable List<Object> seen;
  private ProgressFile.@Nullable State progress;

  Results(Path results, Path data, Events events) {
    this.results = results;
    this.data = data;
    this.events = events;
  }

  /** The current snapshot; an ApiException if there is none yet. */
  ServedResults require() throws ApiException {
    ServedResults known = current;
    if (known == null) {
      throw new ApiException(
          503,
          "no_results",
          "there are no results in "
              + results
              + " yet; make them with: surmala run --songs PATH --results "
              + results);
    }
    return known;
  }

  /** The current snapshot; null if there is none yet. */
  @Nullable ServedResults current() {
    return current;
  }

  /** Reads the results again, even if their files have not changed. */
  synchronized void reload() throws IOException {
    seen = null;
    refresh();
  }

  /** Reads the results again if they have changed. */
  synchronized void refresh() throws IOException {
    tellProgress();
    Path published = Snapshots.current(results);
    Path state = published == null ? results : published;
    List<Object> now = stamps(state);
    if (now.equals(seen)) {
      return;
    }
    ServedResults read;
    try {
      read = ServedResults.read(state, data);
    } catch (FileNotFoundException | NoSuchFileException unfinished) {
      // A run is writing, or a watch has published a newer snapshot.
      return;
    }
    seen = now;
    ServedResults before = current;
    current = read;
    tell(before, read);
  }

  private List<Object> stamps(Path state) throws IOException {
    List<Object> stamps = new ArrayList<>(List.of(state));
    for (String file : TELLING) {
      stamps.add(stamp(state.resolve(file)));
    }
    stamps.add(stamp(data.resolve(ClusterEdits.FILE)));
    return stamps;
  }

  private static long stamp(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (NoSuchFileException none) {
      return 0;
    }
  }

  private void tell(@Nullable ServedResults before, ServedResults now) {
    if (before == null || !before.model().equals(now.model()) || !before.run().equals(now.run())) {
      events.send("version", Map.of("model", now.model(), "run", now.run(), "songs", now.size()));
      return;
    }
    List<Integer> news = news(before, now);
    for (int from = 0; from < news.size(); from += MOST_TOLD) {
      List<Integer> part = news.subList(from, Math.min(news.size(), from + MOST_TOLD));
      events.send("songs", Map.of("song", now.json(part)));
    }
    if (!before.clusterList().equals(now.clusterList())) {
      events.send("clusters", Map.of("cluster", now.clusterList()));
    }
  }

  /** Songs that are new or displayed differently. */
  private static List<Integer> news(ServedResults before, ServedResults now) {
    List<Integer> news = new ArrayList<>();
    for (int song = 0; song < now.size(); song++) {
      Integer was = before.find(now.known(song).id());
      if (was == null || !now.json(song).equals(before.json(was))) {
        news.add(song);
      }
    }
    return news;
  }

  private void tellProgress() throws IOException {
    ProgressFile.State now;
    try {
      now = ProgressFile.read(results);
    } catch (JsonProcessingException foreign) {
      now = null;
    }
    if (now != null && !now.equals(progress)) {
      Map<String, @Nullable Object> told = new HashMap<>();
      told.put("stage", now.stage());
      told.put("done", now.done());
      told.put("total", now.total());
      told.put("secondsLeft", now.secondsLeft());
      events.send("progress", told);
    }
    progress = now;
  }
}
