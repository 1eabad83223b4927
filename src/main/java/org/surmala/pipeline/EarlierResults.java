package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Edition;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Happening;
import org.surmala.schema.SongRef;

/**
 * What the history and the editions held when a stage began: readers may have seen results with all
 * of it, so that those of a state which is behind it must wait. The state is behind it after a
 * start without state and after one from a checkpoint, until the history has been followed again.
 *
 * @param events the last event of each path whose outcome was known
 * @param songs ids of these
 * @param edition number of the last edition; 0 for none
 */
record EarlierResults(Map<String, FileEvent> events, Set<String> songs, int edition) {

  static EarlierResults of(WatchConfig config) throws IOException {
    Map<String, FileEvent> events = new HashMap<>();
    for (FileEvent event : config.history().after(0)) {
      events.put(event.getUri(), event);
    }
    List<FileEvent> known = new ArrayList<>(events.values());
    known.removeIf(
        event ->
            event.getHappening() == Happening.TAKEN
                && event.getSong() == null
                && event.getFailure() == null);
    events.values().retainAll(known);
    Set<String> songs = new HashSet<>();
    for (FileEvent event : known) {
      SongRef song = event.getFailure() == null ? event.getSong() : null;
      if (song != null) {
        songs.add(song.getId());
      }
    }
    Edition last = config.editions().last();
    return new EarlierResults(events, songs, last == null ? 0 : last.getNumber());
  }

  /**
   * Whether a state has come as far.
   *
   * @param paths the last event of each path
   * @param now the edition that places songs
   * @param unplaced ids of songs without a place
   */
  boolean areReached(Map<String, FileEvent> paths, @Nullable Edition now, Set<String> unplaced) {
    if ((now == null ? 0 : now.getNumber()) < edition) {
      return false;
    }
    for (FileEvent event : events.values()) {
      FileEvent there = paths.get(event.getUri());
      if (there == null || there.getNumber() < event.getNumber()) {
        return false;
      }
    }
    return edition == 0 || unplaced.stream().noneMatch(songs::contains);
  }
}
