package org.surmala.dsp;

import java.util.Arrays;

/**
 * Tempo and beat of a sound: the period at which its onset strength repeats, as {@code
 * librosa.feature.tempo} with its defaults (an autocorrelation tempogram of 8 s, mean over the
 * sound, a log-normal preference for 120 beats per minute; Grosche, Müller and Kurth 2010).
 *
 * <p>Not safe for use by several threads; allocates only for a sound that is longer than any
 * before.
 */
public final class Tempo {
  private static final double WINDOW_SECONDS = 8;
  private static final double EXPECTED_BPM = 120;
  private static final double FASTEST_BPM = 320;
  private static final double SLOWEST_BPM = 40;

  private final double framesPerMinute;
  private final int lags;
  private final double[] window;
  private final MeanAutocorrelation meanAutocorrelation;
  private final RealFft fft;
  private final double[] frame;
  private final double[] power;

  /** Mean magnitude of the onset strength's Fourier tempogram, up to a factor. */
  private final double[] pulse;

  private final double[] autocorrelation;

  /** Autocorrelation of the window, which is that of a constant. */
  private final double[] envelope;

  private double[] padded = new double[0];
  private int period;
  private double regularity;

  /**
   * Prepares the analysis.
   *
   * @param sampleRate Hz
   * @param hop samples from one value of the onset strength to the next
   */
  public Tempo(int sampleRate, int hop) {
    framesPerMinute = 60.0 * sampleRate / hop;
    lags = (int) Math.floor(WINDOW_SECONDS * sampleRate / hop);
    if (lags < 4) {
      throw new IllegalArgumentException(
          ("a hop of %s samples at %s Hz is too coarse for a tempo: 8 s must hold at"
                  + " least 4 hops")
              .formatted(hop, sampleRate));
    }
    window = HannWindow.periodic(lags);
    meanAutocorrelation = new MeanAutocorrelation(lags);
    // Twice the window: pulses between those that a window holds whole.
    fft = new RealFft(Integer.highestOneBit(2 * lags - 1) * 2);
    frame = new double[fft.size()];
    power = new double[fft.bins()];
    pulse = new double[fft.bins()];
    autocorrelation = new double[lags];
    envelope = new double[lags];
    for (int lag = 0; lag < lags; lag++) {
      for (int n = lag; n < lags; n++) {
        envelope[lag] += window[n] * window[n - lag];
      }
    }
  }

  /**
   * Finds the beat of a sound.
   *
   * @param onsetStrength one value for each frame
   * @param from first frame
   * @param to frame after the last one, greater than {@code from}
   */
  public void measure(float[] onsetStrength, int from, int to) {
    int frames = to - from;
    pad(onsetStrength, from, frames);
    meanAutocorrelation.measure(padded, frames, autocorrelation);
    period = likeliestPeriod();
    regularity = pulseStrength(frames);
  }

  /** The strongest pulse's magnitude in windows that overlap by three quarters. */
  private double pulseStrength(int frames) {
    Arrays.fill(pulse, 0);
    for (int t = 0; t < frames; t += lags / 4) {
      for (int n = 0; n < lags; n++) {
        frame[n] = padded[t + n] * window[n];
      }
      fft.power(frame, power);
      for (int k = 0; k < pulse.length; k++) {
        pulse[k] += Math.sqrt(power[k]);
      }
    }
    return largestPulse();
  }

  /** Largest magnitude among possible beat rates, relative to the mean. */
  private double largestPulse() {
    int slowest = (int) Math.ceil(SLOWEST_BPM / framesPerMinute * fft.size());
    int fastest =
        Math.min(pulse.length - 1, (int) Math.floor(FASTEST_BPM / framesPerMinute * fft.size()));
    double largest = 0;
    for (int k = slowest; k <= fastest; k++) {
      largest = Math.max(largest, pulse[k]);
    }
    return pulse[0] > 0 ? largest / pulse[0] : 0;
  }

  /** Extends the sound by half a window at each end, with linear ramps from and to 0. */
  private void pad(float[] onsetStrength, int from, int frames) {
    int margin = lags / 2;
    if (padded.length < frames + 2 * margin + 1) {
      padded = new double[frames + 2 * margin + 1];
    }
    double first = onsetStrength[from];
    double last = onsetStrength[from + frames - 1];
    for (int i = 0; i < margin; i++) {
      padded[i] = first * i / margin;
      padded[margin + frames + i] = last * (margin - 1 - i) / margin;
    }
    for (int i = 0; i < frames; i++) {
      padded[margin + i] = onsetStrength[from + i];
    }
  }

  private int likeliestPeriod() {
    int best = 1;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int lag = 1; lag < lags; lag++) {
      double bpm = framesPerMinute / lag;
      if (bpm < FASTEST_BPM) {
        double octaves = Math.log(bpm / EXPECTED_BPM) / Math.log(2);
        double score = Math.log1p(1e6 * autocorrelation[lag]) - 0.5 * octaves * octaves;
        if (score > bestScore) {
          best = lag;
          bestScore = score;
        }
      }
    }
    return best;
  }

  /** Beats per minute, for a period of a whole number of frames. */
  public double bpm() {
    return framesPerMinute / period;
  }

  /**
   * Beats per minute with a finer resolution than {@link #bpm}: from the maxima of the
   * autocorrelation at 1, 2, 4, 8, … periods up to 4 s, where an error of a frame is divided by the
   * number of periods. Each maximum is interpolated by a parabola through three lags.
   */
  public double fineBpm() {
    double refined = peak(period);
    for (int beats = 2; beats * refined < 0.5 * lags; beats *= 2) {
      int expected = (int) Math.round(beats * refined);
      int highest = expected;
      for (int lag = expected - 1; lag <= expected + 1; lag++) {
        highest = unbiased(lag) > unbiased(highest) ? lag : highest;
      }
      if (!isPeak(highest)) {
        break;
      }
      refined = peak(highest) / beats;
    }
    return framesPerMinute / refined;
  }

  /** The autocorrelation without the decay caused by the window. */
  private double unbiased(int lag) {
    return autocorrelation[lag] / envelope[lag];
  }

  private boolean isPeak(int lag) {
    return unbiased(lag) >= unbiased(lag - 1) && unbiased(lag) > unbiased(lag + 1);
  }

  /**
   * The vertex of the parabola through a maximum and its neighbours; the lag itself if there is
   * none.
   */
  private double peak(int lag) {
    if (lag + 1 >= lags || !isPeak(lag)) {
      return lag;
    }
    double before = unbiased(lag - 1);
    double after = unbiased(lag + 1);
    return lag + 0.5 * (before - after) / (before - 2 * unbiased(lag) + after);
  }

  /**
   * Strength of the beat: the mean normalised autocorrelation of the onset strength at the beat's
   * period, 0 (none, or silence) to 1.
   */
  public double strength() {
    return Math.max(0, autocorrelation[period]);
  }

  /**
   * Regularity of the beat: the concentration of the onset strength on one phase of its strongest
   * pulse between 40 and 320 per minute, in windows of 8 s so that the tempo may drift; 0 (no
   * phase, or silence) to 1 (always the same phase). It is the mean resultant length on the circle
   * of the pulse (Mardia and Jupp 2000), from a Fourier tempogram (Grosche, Müller and Kurth 2010),
   * and does not depend on the multiple of the beat that was chosen as the tempo.
   */
  public double regularity() {
    return regularity;
  }
}
