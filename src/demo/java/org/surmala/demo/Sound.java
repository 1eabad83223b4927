package org.surmala.demo;

/**
 * What all instruments share: the rate, the sine, and the pitch of a key. Everything that is
 * rendered uses this sine and {@link StrictMath}, so that a song's samples are the same on every
 * Java platform.
 */
final class Sound {
  /** Samples per second of everything that is rendered. */
  static final int RATE = 44_100;

  /** Samples between two looks at a pitch that moves. */
  static final int CONTROL = 16;

  private static final int TABLE = 1 << 12;
  private static final float[] SINE = new float[TABLE + 1];

  static {
    for (int i = 0; i <= TABLE; i++) {
      SINE[i] = (float) StrictMath.sin(2 * StrictMath.PI * i / TABLE);
    }
  }

  private Sound() {}

  /** The sine of a phase in cycles, not negative. */
  static float sine(double cycles) {
    double position = (cycles - (long) cycles) * TABLE;
    int index = (int) position;
    return SINE[index] + (float) (position - index) * (SINE[index + 1] - SINE[index]);
  }

  /** Frequency of a MIDI key (69 is the A of 440 Hz; fractions are allowed), equal temperament. */
  static double hertz(double key) {
    return 440 * StrictMath.pow(2, (key - 69) / 12);
  }

  /** The factor per sample of a decay by 60 dB in the given number of seconds. */
  static double decay(double seconds) {
    return StrictMath.pow(10, -3 / (seconds * RATE));
  }

  /** Number of samples in the given number of seconds. */
  static int samples(double seconds) {
    return (int) StrictMath.round(seconds * RATE);
  }
}
