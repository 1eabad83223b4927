package org.surmala.demo;

import java.util.List;

/** A manner of English pop. */
enum PopStyle {
  /** Distorted fifths, a straight drum kit. */
  ROCK(104, 148),
  /** Electric piano and a strummed guitar over slow drums, an overdriven one in the chorus. */
  BALLAD(72, 92),
  /** Bass and chords of synthesizers, a bass drum on every beat. */
  SYNTH(110, 130),
  /** A strummed guitar; with a sitar on top it is close to the border. */
  ACOUSTIC(84, 116),
  /** Muted guitar in sixteenths, a busy bass; with a harmonium on top it is close to the border. */
  FUNK(94, 112);

  private final int slowest;
  private final int fastest;

  PopStyle(int slowest, int fastest) {
    this.slowest = slowest;
    this.fastest = fastest;
  }

  /** Beats per minute at {@code share}, 0 to 1, of the style's range. */
  int tempo(double share) {
    return (int) Math.round(slowest + share * (fastest - slowest));
  }

  /** One of its four leads. */
  Lead lead(int index) {
    List<Lead> leads =
        switch (this) {
          case ROCK -> List.of(Lead.VOICE, Lead.ELECTRIC_GUITAR, Lead.ORGAN, Lead.SYNTHESIZER);
          case BALLAD -> List.of(Lead.VOICE, Lead.ELECTRIC_GUITAR, Lead.SYNTHESIZER, Lead.ORGAN);
          case SYNTH -> List.of(Lead.SYNTHESIZER, Lead.VOICE, Lead.ORGAN, Lead.ELECTRIC_GUITAR);
          case ACOUSTIC -> List.of(Lead.VOICE, Lead.ORGAN, Lead.SITAR, Lead.ELECTRIC_GUITAR);
          case FUNK -> List.of(Lead.ORGAN, Lead.VOICE, Lead.SYNTHESIZER, Lead.HARMONIUM);
        };
    return leads.get(index % leads.size());
  }
}
