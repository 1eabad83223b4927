package org.surmala.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.state.MapState;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.WatchEvent;

/**
 * Holds a model version back until every shard assigns songs by it, so that the results switch at
 * once.
 *
 * @param moved for each shard, the number of the version that it has switched to
 * @param coming assignments by versions that are held back, by song id
 */
record VersionSwitch(
    int shards, MapState<Integer, Integer> moved, MapState<String, AssignedSong> coming) {
  /**
   * The part of an event that may be published.
   *
   * @param current the version of the results; null for none
   * @return the event; with a version only once every shard has switched to it, then with all
   *     assignments by it
   */
  WatchEvent released(WatchEvent event, @Nullable ModelVersion current) {
    int now = current == null ? 0 : current.getNumber();
    if (event.getShard() == null
        && event.getAssigned().stream()
            .allMatch(assignedSong -> assignedSong.getVersion() <= now)) {
      return event;
    }
    List<AssignedSong> released = new ArrayList<>();
    for (AssignedSong assignedSong : event.getAssigned()) {
      if (assignedSong.getVersion() > now) {
        coming.put(assignedSong.getId(), assignedSong);
      } else {
        released.add(assignedSong);
      }
    }
    ModelVersion next = event.getVersion();
    Integer shard = event.getShard();
    WatchEvent.Builder result = WatchEvent.newBuilder(event).setVersion(null).setCounted(List.of());
    if (next != null && shard != null && next.getNumber() > now) {
      moved.put(shard, next.getNumber());
      if (isEverywhere(next.getNumber())) {
        result.setVersion(next);
        for (Map.Entry<String, AssignedSong> held : coming.entries().read()) {
          if (held.getValue().getVersion() == next.getNumber()) {
            released.add(held.getValue());
            coming.remove(held.getKey());
          }
        }
      }
    }
    return result.setAssigned(released).build();
  }

  private boolean isEverywhere(int number) {
    int there = 0;
    for (Map.Entry<Integer, Integer> shard : moved.entries().read()) {
      if (shard.getValue() == number) {
        there++;
      }
    }
    return there == shards;
  }
}
