package org.surmala.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.state.MapState;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Edition;
import org.surmala.schema.Placement;
import org.surmala.schema.WatchEvent;

/**
 * Holds a model version back until every shard assigns songs by it: results change to it at one
 * moment.
 *
 * @param shards how many there are
 * @param moved number of the version that each shard has moved to
 * @param coming assignments by versions that are held back, by the song's id
 */
record VersionSwitch(
    int shards, MapState<Integer, Integer> moved, MapState<String, Placement> coming) {

  /**
   * What of an event may be published.
   *
   * @param current the version that results are of; null when there is none
   * @return the event with a version only where every shard has moved to it, then with all
   *     assignments by it
   */
  WatchEvent released(WatchEvent event, @Nullable Edition current) {
    int now = current == null ? 0 : current.getNumber();
    if (event.getShard() == null
        && event.getPlacements().stream().allMatch(placement -> placement.getEdition() <= now)) {
      return event;
    }
    List<Placement> released = new ArrayList<>();
    for (Placement placement : event.getPlacements()) {
      if (placement.getEdition() > now) {
        coming.put(placement.getId(), placement);
      } else {
        released.add(placement);
      }
    }
    Edition next = event.getEdition();
    Integer shard = event.getShard();
    WatchEvent.Builder result = WatchEvent.newBuilder(event).setEdition(null).setCounted(List.of());
    if (next != null && shard != null && next.getNumber() > now) {
      moved.put(shard, next.getNumber());
      if (isEverywhere(next.getNumber())) {
        result.setEdition(next);
        for (Map.Entry<String, Placement> held : coming.entries().read()) {
          if (held.getValue().getEdition() == next.getNumber()) {
            released.add(held.getValue());
            coming.remove(held.getKey());
          }
        }
      }
    }
    return result.setPlacements(released).build();
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
