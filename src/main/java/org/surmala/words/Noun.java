package org.surmala.words;

import java.util.Locale;

/** The noun for what a run clusters, used in all of its texts. */
public enum Noun {
  /** An audio file. */
  SONG("song"),
  /** A row of a feature table. */
  ROW("row");

  private final String singular;

  Noun(String singular) {
    this.singular = singular;
  }

  /** The noun with the given singular, the inverse of {@link #toString()}. */
  public static Noun of(String singular) {
    return valueOf(singular.toUpperCase(Locale.ROOT));
  }

  /** The plural. */
  public String plural() {
    return singular + "s";
  }

  /** The plural as a column heading. */
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
