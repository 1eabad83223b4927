package org.surmala.metric;

import java.util.Arrays;

/** Things that are linked pair by pair, directly or through others. */
public final class LinkedGroups {
  private final int[] before;

  /** So many things, each a group of its own. */
  public LinkedGroups(int count) {
    before = new int[count];
    Arrays.setAll(before, i -> i);
  }

  /** Makes the groups of two things one. */
  public void link(int one, int other) {
    int a = of(one);
    int b = of(other);
    before[Math.max(a, b)] = Math.min(a, b);
  }

  /** The group of a thing: the least thing in it. */
  public int of(int thing) {
    int at = thing;
    while (before[at] != at) {
      before[at] = before[before[at]];
      at = before[at];
    }
    return at;
  }
}
