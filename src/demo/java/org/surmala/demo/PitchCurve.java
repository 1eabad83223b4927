package org.surmala.demo;

import java.util.Arrays;

/**
 * A pitch that moves in time: points joined by half cosines, as a voice slides or a string is
 * pulled. Before the first point and after the last the pitch stays. Immutable.
 */
final class PitchCurve {
  private final double[] seconds;
  private final double[] keys;
  private final double endHertz;

  private PitchCurve(double[] seconds, double[] keys) {
    this.seconds = seconds;
    this.keys = keys;
    this.endHertz = Sound.hertz(keys[keys.length - 1]);
  }

  /** A pitch that stays on a MIDI key; fractions are allowed. */
  static PitchCurve of(double key) {
    return new PitchCurve(new double[] {0}, new double[] {key});
  }

  /** A slide that begins at once and takes the given number of seconds. */
  static PitchCurve slide(double from, double to, double seconds) {
    return of(from).to(to, seconds);
  }

  /** This curve, which then moves to a key within the given number of seconds. */
  PitchCurve to(double key, double within) {
    int size = seconds.length;
    double[] times = Arrays.copyOf(seconds, size + 1);
    double[] ends = Arrays.copyOf(keys, size + 1);
    times[size] = times[size - 1] + within;
    ends[size] = key;
    return new PitchCurve(times, ends);
  }

  /** This curve, which then stays where it is for the given number of seconds. */
  PitchCurve hold(double within) {
    return to(end(), within);
  }

  /** The key at which it ends. */
  double end() {
    return keys[keys.length - 1];
  }

  /** The lowest of its points, in hertz. */
  double lowestHertz() {
    return Sound.hertz(Arrays.stream(keys).min().orElseThrow());
  }

  /** The highest of its points, in hertz. */
  double highestHertz() {
    return Sound.hertz(Arrays.stream(keys).max().orElseThrow());
  }

  /** The frequency at the given number of seconds from the beginning. */
  double hertz(double at) {
    if (at >= seconds[seconds.length - 1]) {
      return endHertz;
    }
    int next = 1;
    while (seconds[next] <= at) {
      next++;
    }
    double share = (at - seconds[next - 1]) / (seconds[next] - seconds[next - 1]);
    // A cosine is a sine a quarter of a cycle later.
    double eased = 0.5 - 0.5 * Sound.sine(0.5 * share + 0.25);
    return Sound.hertz(keys[next - 1] + eased * (keys[next] - keys[next - 1]));
  }
}
