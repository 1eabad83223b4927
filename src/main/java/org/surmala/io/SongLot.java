package org.surmala.io;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The lot of a song: as good as random, and the same in every run. Samples are drawn by it. */
public final class SongLot {
  private static final double LOTS = 0x1p32;

  private SongLot() {}

  /** The last step of MurmurHash3, whose every output bit depends on every input bit. */
  public static int of(String id) {
    int hash = id.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  /** The share of all lots that are higher than a song's, from 0 to below 1. */
  public static double share(String id) {
    return ((long) Integer.MAX_VALUE - of(id)) / LOTS;
  }

  /** The songs with the highest lots, by their places in the list, ascending. */
  public static int[] first(List<String> ids, int count) {
    return IntStream.range(0, ids.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> share(ids.get(i))).thenComparing(ids::get))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
