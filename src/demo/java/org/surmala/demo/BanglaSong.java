package org.surmala.demo;

import java.util.Random;

/**
 * Writes and plays a Bangla song: a melody in a raga over a drone, in cycles of six (dadra) or
 * eight (kaharwa) matras, whose first line (asthayi) returns between higher ones (antara).
 */
final class BanglaSong {
  private static final int LINE = 4;

  /** Lengths of a cycle's notes in matras. */
  private static final double[][] DADRA = {
    {1, 1, 1, 1, 2}, {2, 1, 2, 1}, {1.5, 0.5, 1, 3}, {3, 1, 1, 1}, {1, 2, 1, 2}, {0.5, 0.5, 2, 1, 2}
  };

  private static final double[][] KAHARWA = {
    {1, 1, 2, 1, 1, 2},
    {2, 2, 2, 2},
    {1.5, 0.5, 2, 1, 1, 2},
    {3, 1, 2, 2},
    {1, 1, 1, 1, 2, 2},
    {0.5, 0.5, 1, 2, 1, 1, 2}
  };

  private final SongPlan plan;
  private final BanglaStyle style;
  private final Raga raga;
  private final Random random;
  private final Mix mix;
  private final Takes takes = new Takes();
  private final double matra;
  private final int beats;
  private final Strokes strokes;
  private final Cycle[] asthayi;
  private final Cycle[] antara;

  /** One cycle of melody: how long each note is, in matras, and semitones above the tonic. */
  private static final class Cycle {
    final double[] lengths;
    final int[] notes;

    Cycle(double[] lengths, int[] notes) {
      this.lengths = lengths;
      this.notes = notes;
    }
  }

  /** The strokes of one drummer's hands. */
  private static final class Strokes {
    final float[] na;
    final float[] tun;
    final float[] ti;
    final float[] ge;
    final float[] ke;
    final float[] bell;

    Strokes(SongPlan plan, Random random) {
      double key = plan.tonic() + (plan.tonic() > 54 ? 12 : 24) - 7;
      na = Drum.na(key).strike(random);
      tun = Drum.tun(key).strike(random);
      ti = Drum.ti(key).strike(random);
      ge = Drum.GE.strike(random);
      ke = Drum.KE.strike(random);
      bell = Drum.MANDIRA.strike(random);
    }
  }

  private BanglaSong(SongPlan plan) {
    this.plan = plan;
    this.style = BanglaStyle.valueOf(plan.style());
    this.raga = Raga.valueOf(plan.mode());
    this.random = new Random(plan.seed());
    this.mix = new Mix(plan.seconds());
    this.matra = 60.0 / plan.tempo();
    this.beats = style.beats();
    this.strokes = new Strokes(plan, random);
    this.asthayi = line(raga.dominant(), 0);
    this.antara = line(12, 12);
  }

  /** The song's two channels. */
  static float[][] play(SongPlan plan) {
    BanglaSong song = new BanglaSong(plan);
    int cycles = (int) (plan.seconds() / (song.beats * song.matra));
    for (int cycle = 0; cycle < cycles; cycle++) {
      song.cycle(cycle, cycles);
    }
    return song.mix.master(plan.loudness(), song.style == BanglaStyle.BHATIYALI ? 2.8 : 1.9);
  }

  /** Four cycles: the third is like the first, the last comes to rest. */
  private Cycle[] line(int centre, int rest) {
    double[][] rhythms = beats == 6 ? DADRA : KAHARWA;
    Cycle[] line = new Cycle[LINE];
    int note = raga.step(centre, -1);
    for (int c = 0; c < LINE; c++) {
      double[] lengths = c == 2 ? line[0].lengths : rhythms[random.nextInt(rhythms.length)];
      int[] notes = new int[lengths.length];
      for (int i = 0; i < notes.length; i++) {
        if (c == 2 && i < notes.length / 2) {
          note = line[0].notes[i];
        } else {
          int pull = note > centre + 5 ? -1 : note < centre - 7 ? 1 : 0;
          int step = random.nextInt(3) - 1 + pull;
          note = raga.step(note, step == 0 ? (random.nextBoolean() ? 1 : -1) : step);
        }
        notes[i] = note;
      }
      if (c == LINE - 1) {
        note = raga == Raga.YAMAN && rest == 0 ? 0 : rest;
        notes[notes.length - 1] = note;
      }
      line[c] = new Cycle(lengths, notes);
    }
    return line;
  }

  /** Two cycles of drone alone and two more with the first notes; then asthayi, antara, asthayi. */
  private void cycle(int cycle, int cycles) {
    double at = cycle * beats * matra;
    boolean last = cycle == cycles - 1;
    drone(at, cycle);
    if (cycle >= 2 && !last) {
      int sung = cycle - 2;
      int section = sung / LINE % 4;
      boolean higher = section == 2;
      Cycle line = (higher ? antara : asthayi)[sung % LINE];
      // Every other time the first line comes, an instrument answers in the singer's place.
      boolean answer = section == 1;
      sing(at, line, answer ? answering() : plan.lead(), answer ? 0.85 : 1);
      if ((style == BanglaStyle.SANGEET && !answer) || (style == BanglaStyle.RAGA && higher)) {
        follow(at, line);
      }
    }
    if (cycle >= 2) {
      if (last) {
        stroke(at, strokes.na, strokes.ge, 1);
      } else if (style == BanglaStyle.ADHUNIK) {
        kit(at);
        chords(at, cycle);
      } else {
        theka(at, cycle);
      }
    }
    if (style == BanglaStyle.BAUL && !last) {
      dotara(at);
    }
  }

  private Lead answering() {
    return switch (style) {
      case SANGEET -> plan.lead() == Lead.HARMONIUM ? Lead.FIDDLE : Lead.HARMONIUM;
      case RAGA, ADHUNIK -> plan.lead() == Lead.SITAR ? Lead.FLUTE : Lead.SITAR;
      case BAUL, BHATIYALI -> plan.lead() == Lead.FLUTE ? Lead.FIDDLE : Lead.FLUTE;
    };
  }

  private double human() {
    return 0.01 * (random.nextDouble() - 0.5);
  }

  private void sing(double at, Cycle cycle, Lead lead, double loudness) {
    int register =
        plan.tonic() + lead.register() + (plan.tonic() > 54 && lead != Lead.SITAR ? 0 : 12);
    double time = at;
    double before = register + cycle.notes[0];
    for (int i = 0; i < cycle.notes.length; i++) {
      double seconds = cycle.lengths[i] * matra;
      double key = register + cycle.notes[i];
      double above = register + raga.step(cycle.notes[i], 1);
      double below = register + raga.step(cycle.notes[i], -1);
      double level = loudness * lead.level() * (0.9 + 0.2 * random.nextDouble());
      // A singer is a little behind the drum, more so on long notes.
      double begin = time + Math.min(0.08, 0.15 * seconds) * random.nextDouble();
      if (lead == Lead.HARMONIUM && seconds > 0.3) {
        float[] touched = lead.play(PitchCurve.of(above), 0.08, random);
        mix.add(touched, begin, 0.7 * level, 0, 0.3);
        begin += 0.08;
      }
      float[] note = lead.play(ornament(before, key, above, below, seconds), seconds, random);
      mix.add(note, begin, level, 0, 0.3);
      time += seconds;
      before = key;
    }
  }

  /**
   * How a note is reached and held: by a slide (meend), from the step above (kan), by a quick turn
   * (murki), and on a long note with a shake between two steps (gamak) or a slow swing (andolan).
   */
  private PitchCurve ornament(
      double before, double key, double above, double below, double seconds) {
    int kind = random.nextInt(10);
    if (kind < 2) {
      return PitchCurve.of(above).hold(0.05).to(key, 0.07);
    }
    if (kind < 4 && seconds > 0.4) {
      return PitchCurve.of(above).to(key, 0.09).to(below, 0.09).to(key, 0.09);
    }
    double slide = Math.min(0.4 * seconds, 0.35);
    PitchCurve pitch = PitchCurve.slide(before, key, slide);
    if (kind < 7 && seconds > 0.6) {
      int shakes = (int) ((seconds - slide - 0.15) / 0.17);
      double neighbour = random.nextBoolean() ? above : below;
      for (int i = 0; i < shakes; i++) {
        pitch = pitch.to(key + 0.7 * (neighbour - key), 0.085).to(key, 0.085);
      }
    } else if (seconds > 0.9) {
      pitch = pitch.hold(0.15).to(key - 0.4, 0.25).to(key + 0.2, 0.3).to(key, 0.2);
    }
    return pitch;
  }

  /** The harmonium plays what is sung, a moment later, an octave lower and in the raga. */
  private void follow(double at, Cycle cycle) {
    double time = at + 0.04;
    for (int i = 0; i < cycle.notes.length; i++) {
      double seconds = cycle.lengths[i] * matra;
      mix.add(harmonium(plan.tonic() + cycle.notes[i], seconds), time, 0.2, -0.35, 0.25);
      time += seconds;
    }
  }

  private float[] harmonium(int key, double seconds) {
    return takes.play(
        Tone.HARMONIUM, key, seconds, () -> Tone.HARMONIUM.play(key, seconds, random));
  }

  private float[] plucked(PluckedString string, int key, double seconds) {
    return takes.play(string, key, seconds, () -> string.play(key, seconds, random));
  }

  private void drone(double at, int cycle) {
    if (style == BanglaStyle.BAUL) {
      for (int i = 0; i < beats; i += 2) {
        float[] note = plucked(PluckedString.EKTARA, plan.tonic(), 2 * matra + 0.2);
        mix.add(note, at + i * matra + human(), i == 0 ? 0.4 : 0.28, 0.3, 0.15);
      }
    }
    if (style == BanglaStyle.ADHUNIK && cycle % 2 == 1) {
      return;
    }
    if (style == BanglaStyle.SANGEET) {
      for (int interval : new int[] {0, raga.hasFifth() ? 7 : 5}) {
        mix.add(harmonium(plan.tonic() + interval, beats * matra), at, 0.07, -0.3, 0.3);
      }
    }
    int[] strings = {raga.hasFifth() ? -5 : -7, 0, 0, -12};
    double length = beats * matra / strings.length;
    for (int i = 0; i < strings.length; i++) {
      double seconds = Math.max(2.5, 3 * length);
      float[] note = plucked(PluckedString.TANPURA, plan.tonic() + strings[i], seconds);
      mix.add(note, at + i * length, style == BanglaStyle.ADHUNIK ? 0.26 : 0.4, 0.4, 0.3);
    }
  }

  private void stroke(double at, float[] right, float[] left, double loudness) {
    if (right.length > 0) {
      mix.add(right, at + human() / 2, 0.34 * loudness, 0.15, 0.12);
    }
    if (left.length > 0) {
      mix.add(left, at + human() / 2, 0.42 * loudness, -0.15, 0.1);
    }
  }

  /** The cycle's strokes: dha dhi na dha ti na, or dha ge na ti na ke dhi na. */
  private void theka(double at, int cycle) {
    float[] none = {};
    float[][][] dadra = {
      {strokes.na, strokes.ge}, {strokes.tun, strokes.ge}, {strokes.na, none},
      {strokes.na, strokes.ge}, {strokes.ti, none}, {strokes.na, none}
    };
    float[][][] kaharwa = {
      {strokes.na, strokes.ge}, {none, strokes.ge}, {strokes.na, none}, {strokes.ti, none},
      {strokes.na, none}, {none, strokes.ke}, {strokes.tun, strokes.ge}, {strokes.na, none}
    };
    float[][][] theka = beats == 6 ? dadra : kaharwa;
    boolean fill = cycle % LINE == 1;
    for (int i = 0; i < beats; i++) {
      double time = at + i * matra;
      double accent = i == 0 ? 1 : 0.65 + 0.2 * random.nextDouble();
      stroke(time, theka[i][0], theka[i][1], accent);
      if (fill && i >= beats / 2) {
        stroke(time + matra / 2, strokes.ti, i % 2 == 0 ? strokes.ke : none, 0.5);
      }
      boolean bells = style == BanglaStyle.SANGEET || style == BanglaStyle.BAUL;
      if (bells && i % (beats / 2) == 0) {
        mix.add(strokes.bell, time, 0.04, 0.5, 0.3);
      }
    }
  }

  /** Kaharwa on a drum kit, with the tabla's right hand between. */
  private void kit(double at) {
    float[] kick = Drum.KICK.strike(random);
    float[] rim = Drum.RIM.strike(random);
    float[] shaker = Drum.SHAKER.strike(random);
    for (int i = 0; i < beats; i++) {
      double time = at + i * matra + human();
      if (i == 0 || i == 3 || i == 6) {
        mix.add(kick, time, 0.5, 0, 0.03);
      }
      if (i == 4) {
        mix.add(rim, time, 0.3, 0.1, 0.15);
      }
      mix.add(shaker, time, i % 2 == 0 ? 0.1 : 0.07, -0.4, 0.05);
      if (i % 2 == 1) {
        stroke(time, strokes.na, new float[0], 0.5);
      }
    }
  }

  /** Chords that hold nothing but notes of the raga, on a guitar, with a bass. */
  private void chords(double at, int cycle) {
    int[] degrees = {0, 3, 4, 0};
    int root = raga.step(0, degrees[cycle % LINE]);
    int[] chord = {root, raga.step(root, 2), raga.step(root, 4), root + 12};
    for (int i = 0; i < beats; i++) {
      int key = plan.tonic() + chord[new int[] {0, 2, 3, 1, 2, 3, 1, 2}[i]];
      float[] note = plucked(PluckedString.GUITAR, key, 2.5 * matra);
      mix.add(note, at + i * matra + human(), 0.24, -0.4, 0.2);
    }
    int bass = plan.tonic() + root - (plan.tonic() + root > 55 ? 24 : 12);
    mix.add(plucked(PluckedString.BASS, bass, 3 * matra), at, 0.7, 0, 0.02);
    mix.add(plucked(PluckedString.BASS, bass, 2 * matra), at + 6 * matra, 0.6, 0, 0.02);
  }

  private void dotara(double at) {
    int[] pattern = {0, 0, 12, 0, raga.dominant(), 0, 12, raga.dominant()};
    for (int i = 0; i < beats; i++) {
      int key = plan.tonic() + pattern[i % pattern.length];
      float[] note = plucked(PluckedString.DOTARA, key, matra);
      mix.add(note, at + i * matra + human(), i % 2 == 0 ? 0.32 : 0.24, -0.45, 0.12);
    }
  }
}
