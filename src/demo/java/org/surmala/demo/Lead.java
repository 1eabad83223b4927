package org.surmala.demo;

import java.util.Random;

/** Who carries the melody. */
enum Lead {
  VOICE,
  ELECTRIC_GUITAR,
  ORGAN,
  SYNTHESIZER,
  FIDDLE,
  FLUTE,
  HARMONIUM,
  SITAR;

  /** One note of the melody. Keys of an organ or harmonium can't bend it: it has its last pitch. */
  float[] play(PitchCurve pitch, double seconds, Random random) {
    return switch (this) {
      case VOICE ->
          Tone.voice(random.nextInt(5), Sound.hertz(pitch.end())).play(pitch, seconds, random);
      case ELECTRIC_GUITAR -> {
        float[] note = PluckedString.ELECTRIC_GUITAR.play(pitch, seconds + 0.1, random);
        for (int i = 0; i < note.length; i++) {
          float driven = 6 * note[i];
          note[i] = 0.5f * driven / (1 + Math.abs(driven));
        }
        yield note;
      }
      case ORGAN -> Tone.ORGAN.play(pitch.end(), seconds, random);
      case SYNTHESIZER -> Tone.SYNTH_LEAD.play(pitch, seconds, random);
      case FIDDLE -> Tone.FIDDLE.play(pitch, seconds, random);
      case FLUTE -> Tone.FLUTE.play(pitch, seconds, random);
      case HARMONIUM -> Tone.HARMONIUM.play(pitch.end(), seconds, random);
      case SITAR -> PluckedString.SITAR.play(pitch, seconds + 0.3, random);
    };
  }

  /** Where it is heard best: keys to add to a melody that is written around the middle C. */
  int register() {
    return switch (this) {
      case VOICE, ORGAN, HARMONIUM -> 0;
      case ELECTRIC_GUITAR, FIDDLE, SYNTHESIZER, FLUTE -> 12;
      case SITAR -> -5;
    };
  }

  /** Level in the mix. */
  double level() {
    return switch (this) {
      case VOICE -> 0.42;
      case ELECTRIC_GUITAR -> 0.3;
      case ORGAN, SYNTHESIZER -> 0.22;
      case FIDDLE -> 0.26;
      case FLUTE -> 0.36;
      case HARMONIUM -> 0.3;
      case SITAR -> 0.6;
    };
  }
}
