package org.surmala.io;

import java.io.Serializable;

/**
 * How many groups songs are divided into wherever they are grouped by key.
 *
 * <p>The Direct Runner makes a bundle of each key and pays some milliseconds for each bundle in
 * each step: one key per song would cost more than decoding it. On a cluster the number bounds the
 * parallelism of a step and the songs that one worker holds at once.
 *
 * @param count 1 or more
 */
public record Shards(int count) implements Serializable {
  private static final long serialVersionUID = 1L;

  public Shards {
    if (count < 1) {
      throw new IllegalArgumentException("shards is " + count + "; give 1 or more");
    }
  }

  /** The group of a song by its id or path, from 0: the same for the same, in every process. */
  public int of(String name) {
    return Math.floorMod(name.hashCode(), count);
  }
}
