package org.surmala.tag;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is written into a field: {@code Surmala: B; like: Artist - Title; Artist - Title}. What
 * stood in the field before stays before it; an earlier mark is replaced.
 */
public final class TagText {
  private static final String BEGIN = "Surmala: ";
  private static final String SEPARATOR = " | ";
  private static final Pattern OURS =
      Pattern.compile("(?:^|\\Q" + SEPARATOR + "\\E)\\Q" + BEGIN + "\\E.*", Pattern.DOTALL);

  private TagText() {}

  /**
   * The field's text with the mark in it.
   *
   * @param before text of the field, empty when there is none
   * @param cluster name of the song's cluster
   * @param nearest names of the songs most like it, the nearest first
   */
  public static String into(String before, String cluster, List<String> nearest) {
    String theirs = OURS.matcher(before).replaceAll("");
    String mark = BEGIN + cluster;
    if (!nearest.isEmpty()) {
      mark += "; like: " + String.join("; ", nearest);
    }
    return theirs.isEmpty() ? mark : theirs + SEPARATOR + mark;
  }
}
