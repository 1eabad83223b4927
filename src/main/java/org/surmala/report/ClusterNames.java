package org.surmala.report;

/** What clusters are called: A is the largest, then B; after Z comes AA. */
public final class ClusterNames {
  private static final int LETTERS = 26;

  private ClusterNames() {}

  /** The name of a cluster by its number from 0; -1 is noise. */
  public static String of(int cluster) {
    if (cluster < -1) {
      throw new IllegalArgumentException("cluster is " + cluster + "; it must be -1 or more");
    }
    if (cluster == -1) {
      return "noise";
    }
    StringBuilder name = new StringBuilder();
    for (int rest = cluster; rest >= 0; rest = rest / LETTERS - 1) {
      name.insert(0, (char) ('A' + rest % LETTERS));
    }
    return name.toString();
  }
}
