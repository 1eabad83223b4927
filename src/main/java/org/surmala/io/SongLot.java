package org.surmala.io;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lot of a song: a hash of its id, pseudo-random and the same in every run. Samples are drawn
 * by it.
 */
public final class SongLot {
  private static final double LOTS = 0x1p32;

  private SongLot() {}

  /**
   * The lot: the finalizer of MurmurHash3, in which every output bit depends on every input bit.
   */
  public static int of(String id) {
    int hash = id.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  /** The order of ids by lot, ties by id: the songs that come last are drawn. */
  public static final class Order implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(String a, String b) {
      int lot = Integer.compare(of(a), of(b));
      return lot == 0 ? a.compareTo(b) : lot;
    }
  }

  /** The share of all lots above a song's lot, from 0 to below 1. */
  public static double share(String id) {
    return ((long) Integer.MAX_VALUE - of(id)) / LOTS;
  }

  /** Indices of the songs with the highest lots, ascending. */
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
