package org.surmala.featurize;

/**
 * The windows of a sound for vectors and patches. The last one ends with the sound, so that nothing
 * is cropped.
 *
 * @param width frames of a window
 * @param starts first frame of each
 * @param frameSeconds seconds from one frame to the next
 */
record WindowGrid(int width, int[] starts, double frameSeconds) {
  /** The grid of a sound of at least one frame. */
  static WindowGrid of(FeatureOptions options, int sampleRate, int frames) {
    double frameSeconds = (double) options.hopLength() / sampleRate;
    long wanted = Math.round(options.windowSeconds() * sampleRate / options.hopLength());
    int width = (int) Math.max(1, Math.min(frames, wanted));
    long hop = Math.round(options.windowHopSeconds() * sampleRate / options.hopLength());
    int step = (int) Math.max(1, hop);
    int last = frames - width;
    int[] starts = new int[1 + (last + step - 1) / step];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Math.min(last, i * step);
    }
    return new WindowGrid(width, starts, frameSeconds);
  }

  /** Length of a window. */
  double seconds() {
    return width * frameSeconds;
  }

  /** Start of a window, in seconds. */
  double startSeconds(int index) {
    return starts[index] * frameSeconds;
  }
}
