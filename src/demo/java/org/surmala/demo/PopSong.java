package org.surmala.demo;

import java.util.Random;

/** Writes and plays an English pop song: four-bar progressions in 4/4, verse and chorus. */
final class PopSong {
  private static final int BEATS = 4;
  private static final int INTRO = 2;
  private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};
  private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};

  /** Roots as steps of the scale. */
  private static final int[][] MAJOR_CHORDS = {
    {0, 4, 5, 3},
    {5, 3, 0, 4},
    {0, 5, 3, 4},
    {0, 3, 5, 4},
    {0, 3, 0, 4},
    {3, 0, 4, 5},
    {0, 2, 3, 4},
    {1, 4, 0, 5}
  };

  private static final int[][] MINOR_CHORDS = {
    {0, 5, 2, 6}, {0, 3, 5, 4}, {0, 6, 5, 6}, {0, 5, 3, 4}, {0, 2, 6, 3}, {5, 6, 0, 0}
  };

  /** Where notes of a bar of melody begin, in beats. */
  private static final double[][] CALM = {
    {0, 1, 2}, {0, 1.5, 2, 3}, {0, 2, 2.5, 3}, {0.5, 1, 1.5, 2}, {0, 1, 2, 2.5, 3}
  };

  private static final double[][] LIVELY = {
    {0, 0.5, 1, 1.5, 2, 3},
    {0, 0.5, 1.5, 2, 2.5, 3.5},
    {0.5, 1, 1.5, 2.5, 3, 3.5},
    {0, 1, 1.5, 2, 3, 3.5}
  };

  private final SongPlan plan;
  private final PopStyle style;
  private final Random random;
  private final Mix mix;
  private final Takes takes = new Takes();
  private final double beat;
  private final int[] scale;
  private final int[] verse;
  private final int[] chorus;
  private final Melody verseMelody;
  private final Melody chorusMelody;
  private final Kit kit;
  private final double swing;

  /** Two bars of melody, and the two that answer them: when each note begins, and which it is. */
  private record Melody(double[][] beats, int[][] steps) {}

  /** The strokes of one drummer. */
  private static final class Kit {
    final float[] kick;
    final float[] snare;
    final float[] hat;
    final float[] openHat;
    final float[] crash;
    final float[] shaker;

    Kit(PopStyle style, Random random) {
      kick = Drum.KICK.strike(random);
      snare = (style == PopStyle.SYNTH ? Drum.CLAP : Drum.SNARE).strike(random);
      hat = Drum.HAT.strike(random);
      shaker = Drum.SHAKER.strike(random);
      openHat = Drum.OPEN_HAT.strike(random);
      crash = Drum.CRASH.strike(random);
    }
  }

  private PopSong(SongPlan plan) {
    this.plan = plan;
    this.style = PopStyle.valueOf(plan.style());
    this.random = new Random(plan.seed());
    this.mix = new Mix(plan.seconds());
    this.beat = 60.0 / plan.tempo();
    boolean minor = plan.mode().equals("minor");
    this.scale = minor ? MINOR : MAJOR;
    int[][] progressions = minor ? MINOR_CHORDS : MAJOR_CHORDS;
    int first = random.nextInt(progressions.length);
    int second = (first + 1 + random.nextInt(progressions.length - 1)) % progressions.length;
    this.verse = progressions[first];
    this.chorus = progressions[second];
    this.verseMelody = melody(verse, style == PopStyle.FUNK ? LIVELY : CALM, 2);
    this.chorusMelody = melody(chorus, style == PopStyle.BALLAD ? CALM : LIVELY, 5);
    this.swing = style == PopStyle.FUNK ? 0.06 : 0;
    this.kit = new Kit(style, random);
  }

  /** The song's two channels. */
  static float[][] play(SongPlan plan) {
    PopSong song = new PopSong(plan);
    int bars = (int) (plan.seconds() / (BEATS * song.beat));
    for (int bar = 0; bar < bars; bar++) {
      song.bar(bar, bars);
    }
    return song.mix.master(plan.loudness(), song.style == PopStyle.BALLAD ? 1.8 : 1.2);
  }

  /** Two bars of introduction, then eight of verse and eight of chorus in turn. */
  private void bar(int bar, int bars) {
    boolean intro = bar < INTRO;
    boolean last = bar == bars - 1;
    boolean inChorus = !intro && (bar - INTRO) / 8 % 2 == 1;
    int[] progression = inChorus ? chorus : verse;
    int root = last ? 0 : progression[bar % 4];
    double at = bar * BEATS * beat;
    if (last) {
      mix.add(kit.crash, at, 0.25, 0.2, 0.3);
      bass(at, root, true, false);
      accompany(at, root, false);
      return;
    }
    drums(at, bar, inChorus);
    if (!intro) {
      bass(at, root, false, inChorus);
      sing(at, bar, inChorus ? chorusMelody : verseMelody);
    }
    accompany(at, root, inChorus);
    if (plan.lead() == Lead.SITAR && bar % 2 == 0) {
      drone(at);
    }
  }

  /** Four bars of steps: a walk that is on a note of the chord when a bar begins. */
  private Melody melody(int[] chords, double[][] rhythms, int centre) {
    double[][] beats = new double[4][];
    int[][] steps = new int[4][];
    int step = centre;
    for (int bar = 0; bar < 4; bar++) {
      beats[bar] = bar == 2 ? beats[0] : rhythms[random.nextInt(rhythms.length)];
      steps[bar] = new int[beats[bar].length];
      for (int i = 0; i < steps[bar].length; i++) {
        if (bar == 2 && i < steps[bar].length - 1) {
          step = steps[0][i];
        } else {
          step += random.nextInt(5) - 2;
          step = Math.max(centre - 4, Math.min(centre + 4, step));
        }
        if (i == 0 || (bar == 3 && i == steps[bar].length - 1)) {
          step = nearestOfChord(step, chords[bar]);
        }
        steps[bar][i] = step;
      }
    }
    return new Melody(beats, steps);
  }

  private static int nearestOfChord(int step, int root) {
    for (int distance = 0; ; distance++) {
      for (int candidate : new int[] {step - distance, step + distance}) {
        int third = Math.floorMod(candidate - root, 7);
        if (third == 0 || third == 2 || third == 4) {
          return candidate;
        }
      }
    }
  }

  private int key(int step) {
    return plan.tonic() + scale[Math.floorMod(step, 7)] + 12 * Math.floorDiv(step, 7);
  }

  private double human() {
    return 0.008 * (random.nextDouble() - 0.5);
  }

  private void sing(double at, int bar, Melody melody) {
    double[] beats = melody.beats()[bar % 4];
    int[] steps = melody.steps()[bar % 4];
    int register = 12 + plan.lead().register() - (plan.tonic() > 54 ? 12 : 0);
    double before = key(steps[0]) + register;
    for (int i = 0; i < beats.length; i++) {
      double end = i + 1 < beats.length ? beats[i + 1] : BEATS;
      double key = key(steps[i]) + register;
      double from = random.nextInt(4) == 0 ? before : key;
      PitchCurve pitch = from == key ? PitchCurve.of(key) : PitchCurve.slide(from, key, 0.06);
      float[] note = plan.lead().play(pitch, (end - beats[i]) * beat * 0.93, random);
      double loudness = plan.lead().level() * (0.85 + 0.3 * random.nextDouble());
      mix.add(note, at + beats[i] * beat + human(), loudness, 0.05, 0.25);
      before = key;
    }
  }

  private void drums(double at, int bar, boolean inChorus) {
    if (bar % 8 == INTRO) {
      mix.add(kit.crash, at, style == PopStyle.BALLAD ? 0.12 : 0.2, 0.3, 0.25);
    }
    boolean fill = bar % 8 == INTRO - 1;
    for (int sixteenth = 0; sixteenth < 16; sixteenth++) {
      double time = at + sixteenth * beat / 4 + (sixteenth % 2 == 1 ? swing * beat : 0) + human();
      if (kicks(sixteenth, bar)) {
        mix.add(kit.kick, time, 0.62, 0, 0.03);
      }
      if (sixteenth == 4 || sixteenth == 12) {
        mix.add(kit.snare, time, 0.45, 0.05, 0.15);
      }
      if (fill && sixteenth >= 12) {
        mix.add(kit.snare, time, 0.12 + 0.06 * (sixteenth - 12), 0.05, 0.15);
      }
      mix.add(kit.shaker, time, sixteenth % 2 == 0 ? 0.18 : 0.26, 0.4, 0.1);
      boolean fine = style != PopStyle.ROCK && style != PopStyle.SYNTH;
      if (sixteenth % (fine ? 1 : 2) == 0) {
        boolean open = inChorus && sixteenth % 4 == 2;
        double accent = sixteenth % 4 == 0 ? 0.5 : 0.36;
        mix.add(open ? kit.openHat : kit.hat, time, accent, -0.3, 0.1);
      }
    }
  }

  private boolean kicks(int sixteenth, int bar) {
    return switch (style) {
      case ROCK ->
          sixteenth == 0 || sixteenth == 8 || sixteenth == 10 || (bar % 2 == 1 && sixteenth == 6);
      case BALLAD -> sixteenth == 0 || sixteenth == 10;
      case SYNTH -> sixteenth % 4 == 0;
      case ACOUSTIC -> sixteenth == 0 || sixteenth == 8;
      case FUNK -> sixteenth == 0 || sixteenth == 3 || sixteenth == 7 || sixteenth == 10;
    };
  }

  private void bass(double at, int root, boolean last, boolean inChorus) {
    int key = key(root) - (key(root) > 52 ? 24 : 12);
    if (last) {
      mix.add(PluckedString.BASS.play(key, BEATS * beat, random), at, 0.8, 0, 0.02);
      return;
    }
    double[] beats =
        switch (style) {
          case ROCK, SYNTH -> new double[] {0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5};
          case BALLAD -> inChorus ? new double[] {0, 2, 3.5} : new double[] {0, 2.5};
          case ACOUSTIC -> new double[] {0, 1.5, 2, 3};
          case FUNK -> new double[] {0, 0.75, 1.75, 2.5, 3.25, 3.5};
        };
    for (int i = 0; i < beats.length; i++) {
      double end = i + 1 < beats.length ? beats[i + 1] : BEATS;
      double seconds = (end - beats[i]) * beat * 0.95;
      boolean octave =
          (style == PopStyle.SYNTH && i % 2 == 1) || (style == PopStyle.FUNK && (i == 2 || i == 4));
      int played = octave ? key + 12 : style == PopStyle.ACOUSTIC && i == 2 ? key + 7 : key;
      float[] note =
          style == PopStyle.SYNTH
              ? sustained(Tone.SYNTH_BASS, played, seconds)
              : plucked(PluckedString.BASS, played, seconds);
      mix.add(note, at + beats[i] * beat + human(), style == PopStyle.SYNTH ? 0.3 : 0.75, 0, 0.02);
    }
  }

  private void accompany(double at, int root, boolean inChorus) {
    switch (style) {
      case ROCK -> distorted(at, root, inChorus);
      case BALLAD -> {
        piano(at, root);
        strum(at, root);
      }
      case SYNTH -> {
        pad(at, root, 0.13);
        arpeggio(at, root);
      }
      case ACOUSTIC -> strum(at, root);
      case FUNK -> stabs(at, root);
    }
    if (inChorus && style == PopStyle.BALLAD) {
      distorted(at, root, true);
    } else if (inChorus && style == PopStyle.ROCK) {
      pad(at, root, 0.06);
    }
  }

  /** Root, third and fifth of a chord, and the root again, around the tonic. */
  private int[] triad(int root) {
    int low = root > 3 ? root - 7 : root;
    return new int[] {key(low), key(low + 2), key(low + 4), key(low + 7)};
  }

  private void distorted(double at, int root, boolean inChorus) {
    double[] beats = inChorus ? new double[] {0, 1, 2, 3} : new double[] {0, 1.5, 2.5, 3};
    int key = triad(root)[0];
    for (int i = 0; i < beats.length; i++) {
      double end = i + 1 < beats.length ? beats[i + 1] : BEATS;
      double seconds = (end - beats[i]) * beat;
      float[] chord = takes.play(style, key, seconds, () -> powerChord(key, seconds));
      double time = at + beats[i] * beat;
      mix.add(chord, time + human(), 0.2, -0.6, 0.08);
      mix.add(chord, time + 0.011 + human(), 0.2, 0.6, 0.08);
    }
  }

  /** Root, fifth and octave through an overdriven amplifier. */
  private float[] powerChord(int key, double seconds) {
    float[] sum = PluckedString.ELECTRIC_GUITAR.play(key, seconds, random);
    for (int interval : new int[] {7, 12}) {
      float[] note = PluckedString.ELECTRIC_GUITAR.play(key + interval, seconds, random);
      for (int s = 0; s < sum.length; s++) {
        sum[s] += note[s];
      }
    }
    float smooth = 0;
    for (int s = 0; s < sum.length; s++) {
      float driven = 9 * sum[s];
      smooth += 0.35f * (driven / (1 + Math.abs(driven)) - smooth);
      // The amplifier makes the end of a note as loud as its beginning.
      sum[s] = smooth * Math.min(1, (float) (sum.length - s) / Sound.samples(0.02));
    }
    return sum;
  }

  private float[] plucked(PluckedString string, int key, double seconds) {
    return takes.play(string, key, seconds, () -> string.play(key, seconds, random));
  }

  private float[] sustained(Tone tone, int key, double seconds) {
    return takes.play(tone, key, seconds, () -> tone.play(key, seconds, random));
  }

  private void piano(double at, int root) {
    int[] chord = triad(root);
    int[] order = {0, 2, 3, 1, 2, 3, 1, 2};
    for (int eighth = 0; eighth < 8; eighth++) {
      float[] note = piano(chord[order[eighth]] + 12, beat * 1.4);
      double loudness = eighth == 0 ? 0.2 : 0.13 + 0.03 * random.nextDouble();
      mix.add(note, at + eighth * beat / 2 + human(), loudness, -0.25, 0.3);
    }
    mix.add(piano(chord[0], beat * 3.5), at + human(), 0.2, -0.25, 0.3);
  }

  private float[] piano(int key, double seconds) {
    return takes.play(
        ElectricPiano.class, key, seconds, () -> ElectricPiano.play(Sound.hertz(key), seconds));
  }

  private void pad(double at, int root, double loudness) {
    int[] chord = triad(root);
    for (int i = 0; i < 3; i++) {
      float[] note = sustained(Tone.PAD, chord[i] + 12, BEATS * beat);
      mix.add(note, at, loudness, 0.6 * (i - 1), 0.5);
    }
  }

  private void arpeggio(double at, int root) {
    int[] chord = triad(root);
    for (int sixteenth = 0; sixteenth < 16; sixteenth++) {
      int key = chord[sixteenth % 4] + (sixteenth % 8 < 4 ? 12 : 24);
      float[] note = sustained(Tone.SYNTH_LEAD, key, beat * 0.16);
      mix.add(note, at + sixteenth * beat / 4, 0.075, sixteenth % 2 == 0 ? -0.5 : 0.5, 0.3);
    }
  }

  private void strum(double at, int root) {
    double[] beats = {0, 1, 1.5, 2.5, 3, 3.5};
    int[] chord = triad(root);
    int[] strings = {chord[0], chord[2], chord[3], chord[1] + 12, chord[2] + 12};
    for (int i = 0; i < beats.length; i++) {
      boolean down = beats[i] % 1 == 0;
      double end = i + 1 < beats.length ? beats[i + 1] : BEATS;
      for (int s = 0; s < strings.length; s++) {
        int string = down ? s : strings.length - 1 - s;
        float[] note =
            plucked(PluckedString.GUITAR, strings[string], (end - beats[i]) * beat + 0.15);
        double loudness = (down ? 0.24 : 0.16) * (0.9 + 0.2 * random.nextDouble());
        mix.add(note, at + beats[i] * beat + 0.011 * s + human(), loudness, -0.35, 0.15);
      }
    }
  }

  private void stabs(double at, int root) {
    int[] chord = triad(root);
    boolean[] hits = {
      true, false, false, true, false, false, true, false, false, true, false, true, false, false,
      true, false
    };
    for (int sixteenth = 0; sixteenth < 16; sixteenth++) {
      double time = at + sixteenth * beat / 4 + (sixteenth % 2 == 1 ? swing * beat : 0);
      for (int i = 1; i < 4; i++) {
        PluckedString string = hits[sixteenth] ? PluckedString.GUITAR : PluckedString.MUTED_GUITAR;
        double seconds = hits[sixteenth] ? beat * 0.22 : beat * 0.1;
        float[] note = plucked(string, chord[i] + 12, seconds);
        mix.add(note, time + 0.004 * i + human(), hits[sixteenth] ? 0.26 : 0.1, 0.4, 0.08);
      }
    }
  }

  private void drone(double at) {
    for (int i = 0; i < 4; i++) {
      int key = plan.tonic() + new int[] {-5, 0, 0, -12}[i];
      float[] note = plucked(PluckedString.TANPURA, key, 6 * beat);
      mix.add(note, at + 2 * i * beat, 0.3, 0.5, 0.3);
    }
  }
}
