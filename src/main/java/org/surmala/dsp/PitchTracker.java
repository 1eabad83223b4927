package org.surmala.dsp;

import be.tarsos.dsp.pitch.FastYin;
import be.tarsos.dsp.pitch.PitchDetectionResult;

/**
 * The pitch of each frame by YIN (de Cheveigné and Kawahara 2002), as TarsosDSP computes it. With
 * several voices it is the pitch of the strongest, if that is strong enough.
 *
 * <p>Not safe for use by several threads.
 */
public final class PitchTracker {
  /** The lowest pitch, Hz: a frame contains two of its periods. */
  private static final double LOWEST_HZ = 44;

  private static final double REFERENCE_HZ = 440;
  private static final double SEMITONES = 12;

  private final int hop;
  private final float[] buffer;
  private final FastYin yin;

  /**
   * Prepares the analysis.
   *
   * @param sampleRate Hz
   * @param hop samples from one frame's centre to the next
   */
  public PitchTracker(int sampleRate, int hop) {
    this.hop = hop;
    int least = (int) Math.ceil(2 * sampleRate / LOWEST_HZ);
    buffer = new float[Integer.highestOneBit(least - 1) * 2];
    yin = new FastYin(sampleRate, buffer.length);
  }

  /**
   * The pitch of one frame, in semitones from A4 (440 Hz); NaN without a pitch.
   *
   * @param samples samples of the sound, with silence outside
   * @param length number of samples that count
   * @param frame frame with its centre at {@code frame} times the hop
   */
  public float pitch(float[] samples, int length, int frame) {
    int start = frame * hop - buffer.length / 2;
    for (int i = 0; i < buffer.length; i++) {
      int at = start + i;
      buffer[i] = at >= 0 && at < length ? samples[at] : 0;
    }
    PitchDetectionResult result = yin.getPitch(buffer);
    // For digital silence, YIN's normalised difference is 0/0.
    return result.isPitched() && result.getPitch() > 0
        ? (float) (SEMITONES * Math.log(result.getPitch() / REFERENCE_HZ) / Math.log(2))
        : Float.NaN;
  }
}
