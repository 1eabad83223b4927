package org.surmala.demo;

/**
 * The notes of a raga as semitones above the tonic, going up and coming down: what a melody may
 * use, not all that a raga is.
 */
enum Raga {
  BHAIRAVI(notes(0, 1, 3, 5, 7, 8, 10), notes(0, 1, 3, 5, 7, 8, 10), 5),
  YAMAN(notes(2, 4, 6, 9, 11), notes(0, 2, 4, 6, 7, 9, 11), 4),
  KAFI(notes(0, 2, 3, 5, 7, 9, 10), notes(0, 2, 3, 5, 7, 9, 10), 7),
  KHAMAJ(notes(0, 4, 5, 7, 9, 11), notes(0, 2, 4, 5, 7, 9, 10), 4),
  BHUPALI(notes(0, 2, 4, 7, 9), notes(0, 2, 4, 7, 9), 4),
  DESH(notes(0, 2, 5, 7, 11), notes(0, 2, 4, 5, 7, 9, 10), 2),
  PILU(notes(0, 2, 3, 5, 7, 11), notes(0, 2, 3, 5, 7, 8, 10), 3),
  BHAIRAV(notes(0, 1, 4, 5, 7, 8, 11), notes(0, 1, 4, 5, 7, 8, 11), 8),
  DURGA(notes(0, 2, 5, 7, 9), notes(0, 2, 5, 7, 9), 9),
  MALKAUNS(notes(0, 3, 5, 8, 10), notes(0, 3, 5, 8, 10), 5),
  BIHAG(notes(0, 4, 5, 7, 11), notes(0, 2, 4, 5, 7, 9, 11), 4),
  ASAVARI(notes(0, 2, 5, 7, 8), notes(0, 2, 3, 5, 7, 8, 10), 8);

  /** Bit n is set when the note n semitones above the tonic is used. */
  private final int ascent;

  private final int descent;

  private final int dominant;

  Raga(int ascent, int descent, int dominant) {
    this.ascent = ascent;
    this.descent = descent;
    this.dominant = dominant;
  }

  private static int notes(int... semitones) {
    int notes = 0;
    for (int semitone : semitones) {
      notes |= 1 << semitone;
    }
    return notes;
  }

  private static boolean holds(int notes, int semitone) {
    return (notes >> Math.floorMod(semitone, 12) & 1) == 1;
  }

  /** The note on which melodies dwell (vadi), in semitones above the tonic. */
  int dominant() {
    return dominant;
  }

  /** Whether its fifth is a natural one, to which a drone is then tuned; else it is the fourth. */
  boolean hasFifth() {
    return holds(descent, 7);
  }

  /**
   * The note the given number of steps above another; below it if negative.
   *
   * @param note semitones above the tonic, of any octave
   */
  int step(int note, int steps) {
    int at = note;
    for (int i = 0; i < Math.abs(steps); i++) {
      at = steps > 0 ? neighbour(at, 1, ascent) : neighbour(at, -1, descent);
    }
    return at;
  }

  private static int neighbour(int note, int direction, int notes) {
    int at = note + direction;
    while (!holds(notes, at)) {
      at += direction;
    }
    return at;
  }
}
