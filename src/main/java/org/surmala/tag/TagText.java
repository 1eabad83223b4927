package org.surmala.tag;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a note field: {@code Surmala: B; like: Artist - Title; Artist - Title}. Existing text
 * stays in front of it; an earlier note is replaced.
 */
public final class TagText {
  private static final String BEGIN = "Surmala: ";
  private static final String SEPARATOR = " | ";
  private static final Pattern OURS =
      Pattern.compile("(?:^|\\Q" + SEPARATOR + "\\E)\\Q" + BEGIN + "\\E.*", Pattern.DOTALL);

  private TagText() {}

  /**
   * The field's text with the note.
   *
   * @param before present text of the field, may be empty
   * @param nearest names of the nearest songs, nearest first
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
