package org.surmala.io;

import java.io.Serializable;

/**
 * The number of shards of songs, used as keys wherever songs are grouped.
 *
 * <p>The Direct Runner makes a bundle per key and takes some milliseconds per bundle and step: one
 * key per song would cost more than decoding. On a cluster the number limits the parallelism of a
 * step, and the songs that one worker holds at once.
 *
 * @param count number of shards, 1 or more
 */
public record Shards(int count) implements Serializable {
  public Shards {
    if (count < 1) {
      throw new IllegalArgumentException("shards is " + count + "; give 1 or more");
    }
  }

  /** The shard of a song by its id or path, from 0; the same in every process. */
  public int of(String name) {
    return Math.floorMod(name.hashCode(), count);
  }
}
