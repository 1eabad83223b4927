package org.surmala.words;

import java.util.Locale;

/** What a run clusters, in the word that all of its texts use. */
public enum Noun {
  /** A file of sound. */
  SONG("song"),
  /** A row of a table of features. */
  ROW("row");

  private final String singular;

  Noun(String singular) {
    this.singular = singular;
  }

  /** The noun of the given singular, as {@link #toString()} gives it. */
  public static Noun of(String singular) {
    return valueOf(singular.toUpperCase(Locale.ROOT));
  }

  /** More than one, or none. */
  public String plural() {
    return singular + "s";
  }

  /** The plural as a column's heading. */
  public String heading() {
    return Character.toUpperCase(singular.charAt(0)) + plural().substring(1);
  }

  /** A count with its noun: 1 song, 812 songs. */
  public String count(long count) {
    return count + " " + (count == 1 ? singular : plural());
  }

  /** The singular. */
  @Override
  public String toString() {
    return singular;
  }
}
