package org.surmala.demo;

import java.util.List;

/** A manner of Bangla song. */
enum BanglaStyle {
  /** Harmonium and tabla under a song in dadra. */
  SANGEET(6, 132, 176),
  /** A raga over a drone, with tabla in kaharwa. */
  RAGA(8, 150, 210),
  /** The wandering singers' one-stringed ektara, dotara and khol, in a fast kaharwa. */
  BAUL(8, 200, 250),
  /** The boatmen's slow dadra. */
  BHATIYALI(6, 96, 128),
  /** The modern song: chords of a guitar, a bass and a drum kit in kaharwa, close to the border. */
  ADHUNIK(8, 168, 208);

  private final int beats;
  private final int slowest;
  private final int fastest;

  BanglaStyle(int beats, int slowest, int fastest) {
    this.beats = beats;
    this.slowest = slowest;
    this.fastest = fastest;
  }

  /** The style of a song, by its number among the twenty; two are modern. */
  static BanglaStyle of(int number) {
    return number == 4 || number == 19 ? ADHUNIK : values()[number % 4];
  }

  /** Matras of a cycle: 6 is dadra, 8 is kaharwa. */
  int beats() {
    return beats;
  }

  /** Matras per minute at {@code share}, 0 to 1, of the style's range. */
  int tempo(double share) {
    return (int) Math.round(slowest + share * (fastest - slowest));
  }

  /** One of its five leads. */
  Lead lead(int index) {
    List<Lead> leads =
        switch (this) {
          case SANGEET -> List.of(Lead.VOICE, Lead.FIDDLE, Lead.HARMONIUM, Lead.FLUTE, Lead.SITAR);
          case RAGA -> List.of(Lead.SITAR, Lead.FLUTE, Lead.FIDDLE, Lead.VOICE, Lead.HARMONIUM);
          case BAUL -> List.of(Lead.VOICE, Lead.FLUTE, Lead.FIDDLE, Lead.HARMONIUM, Lead.SITAR);
          case BHATIYALI ->
              List.of(Lead.FLUTE, Lead.VOICE, Lead.SITAR, Lead.FIDDLE, Lead.HARMONIUM);
          case ADHUNIK -> List.of(Lead.SITAR, Lead.VOICE, Lead.FIDDLE, Lead.HARMONIUM, Lead.FLUTE);
        };
    return leads.get(index);
  }
}
