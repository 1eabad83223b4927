package org.surmala.dsp;

/**
 * Onset strength of each frame: the mean rise over all bands of the log-mel spectrum since the
 * previous frame ({@code librosa.onset.onset_strength}; Böck and Widmer 2013).
 */
public final class OnsetStrength {
  private OnsetStrength() {}

  /**
   * The onset strength of each frame, in decibels.
   *
   * @param logMel frame by frame, {@code bands} decibels each
   * @param delay frames by which the result is delayed, so that a rise is at the centre of the
   *     window: librosa's {@code n_fft // (2 * hop_length)}
   * @param out receives one value for each frame; the first {@code 1 + delay} are 0
   */
  public static void of(float[] logMel, int frames, int bands, int delay, float[] out) {
    int lead = Math.min(frames, 1 + delay);
    for (int frame = 0; frame < lead; frame++) {
      out[frame] = 0;
    }
    for (int frame = lead; frame < frames; frame++) {
      int now = (frame - delay) * bands;
      double sum = 0;
      for (int band = 0; band < bands; band++) {
        sum += Math.max(0, logMel[now + band] - logMel[now - bands + band]);
      }
      out[frame] = (float) (sum / bands);
    }
  }
}
