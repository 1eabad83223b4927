package org.surmala.metric;

import java.util.Arrays;

/** Connected components of items that are linked in pairs (union–find). */
public final class LinkedGroups {
  private final int[] before;

  /** The given number of items, each in its own group. */
  public LinkedGroups(int count) {
    before = new int[count];
    Arrays.setAll(before, i -> i);
  }

  /** Merges the groups of two items. */
  public void link(int one, int other) {
    int a = of(one);
    int b = of(other);
    before[Math.max(a, b)] = Math.min(a, b);
  }

  /** The group of an item: its smallest member. */
  public int of(int thing) {
    int at = thing;
    while (before[at] != at) {
      before[at] = before[before[at]];
      at = before[at];
    }
    return at;
  }
}
