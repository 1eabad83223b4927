package org.surmala.dsp;

/**
 * Onsets: peaks of the onset strength, as {@code librosa.onset.onset_detect} with its defaults
 * (Böck, Krebs and Schedl 2012). A peak is the largest value of its neighbourhood (30 ms before)
 * and exceeds the mean of a wider neighbourhood (100 ms on either side) by 7 % of the sound's
 * range.
 */
public final class OnsetPicker {
  private static final double DELTA = 0.07;

  private final int maxBefore;
  private final int meanBefore;
  private final int meanAfter;
  private final int wait;

  /**
   * Prepares the analysis.
   *
   * @param sampleRate Hz
   * @param hop samples from one value to the next
   */
  public OnsetPicker(int sampleRate, int hop) {
    maxBefore = (int) Math.floor(0.03 * sampleRate / hop);
    meanBefore = (int) Math.floor(0.10 * sampleRate / hop);
    meanAfter = meanBefore + 1;
    wait = (int) Math.floor(0.03 * sampleRate / hop);
  }

  /**
   * Counts the onsets of a window.
   *
   * @param strength one value for each frame
   * @param from first frame
   * @param to frame after the last one
   * @param onsets receives the frame of each onset, ascending; must have room for {@code to - from}
   * @return number of onsets; 0 for silence and for a constant
   */
  public int pick(float[] strength, int from, int to, int[] onsets) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      lowest = Math.min(lowest, strength[i]);
      highest = Math.max(highest, strength[i]);
    }
    double range = highest - lowest;
    if (!(range > 0)) {
      return 0;
    }
    int found = 0;
    int frame = from;
    while (frame < to) {
      if (isPeak(strength, from, to, frame, DELTA * range)) {
        onsets[found++] = frame;
        frame += wait + 1;
      } else {
        frame++;
      }
    }
    return found;
  }

  private boolean isPeak(float[] strength, int from, int to, int frame, double threshold) {
    float value = strength[frame];
    for (int i = Math.max(from, frame - maxBefore); i < frame; i++) {
      if (strength[i] > value) {
        return false;
      }
    }
    int first = Math.max(from, frame - meanBefore);
    int last = Math.min(to, frame + meanAfter);
    double sum = 0;
    for (int i = first; i < last; i++) {
      sum += strength[i];
    }
    return value >= sum / (last - first) + threshold;
  }
}
