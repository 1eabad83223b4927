package org.surmala.dsp;

import java.util.List;

/**
 * One of the 24 keys.
 *
 * @param tonic semitones above C, 0 to 11
 * @param minor whether the key is minor
 */
public record MusicalKey(int tonic, boolean minor) {
  private static final List<String> MAJOR_TONICS =
      List.of("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B");
  private static final List<String> MINOR_TONICS =
      List.of("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B");
  private static final int FIFTH = 7;
  private static final int MINOR_THIRD = 3;

  /**
   * Checks the tonic.
   *
   * @throws IllegalArgumentException if it is not from 0 to 11
   */
  public MusicalKey {
    if (tonic < 0 || tonic >= MAJOR_TONICS.size()) {
      throw new IllegalArgumentException("the tonic is " + tonic + "; it must be 0 to 11");
    }
  }

  /**
   * Parses the output of {@link #toString}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static MusicalKey parse(String name) {
    for (int tonic = 0; tonic < MAJOR_TONICS.size(); tonic++) {
      for (boolean minor : new boolean[] {false, true}) {
        MusicalKey key = new MusicalKey(tonic, minor);
        if (key.toString().equals(name)) {
          return key;
        }
      }
    }
    throw new IllegalArgumentException(
        "'" + name + "' is not a key; a key is written as 'A " + "minor'");
  }

  /**
   * The key on the Camelot wheel of DJ software: a number from 1 to 12 along the circle of fifths,
   * with A for minor and B for major. A minor is 8A, and its relative major, C, is 8B. Keys with
   * equal or neighbouring numbers share at least six of their seven notes.
   */
  public String camelot() {
    int major = minor ? tonic + MINOR_THIRD : tonic;
    return (FIFTH * major + FIFTH) % MAJOR_TONICS.size() + 1 + (minor ? "A" : "B");
  }

  /** Tonic and mode: {@code A minor}, {@code Bb major}, {@code F# minor}. */
  @Override
  public String toString() {
    return minor ? MINOR_TONICS.get(tonic) + " minor" : MAJOR_TONICS.get(tonic) + " major";
  }
}
