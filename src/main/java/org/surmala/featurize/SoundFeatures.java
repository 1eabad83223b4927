package org.surmala.featurize;

import java.util.Arrays;
import org.surmala.dsp.ChromaFilterbank;
import org.surmala.dsp.KeyFinder;
import org.surmala.dsp.Melody;
import org.surmala.dsp.OnsetPicker;
import org.surmala.dsp.Tempo;

/**
 * Rhythm, key and melody of a window, from its features per frame. Not safe for use by several
 * threads; allocates only for a window that is longer than any before.
 */
final class SoundFeatures {
  private static final double REFERENCE_BPM = 120;
  private static final int FIFTH = 7;

  private final double framesPerSecond;
  private final Tempo tempo;
  private final OnsetPicker onsetPicker;
  private final KeyFinder keyFinder = new KeyFinder();
  private final Melody melody;
  private final double[] chroma = new double[ChromaFilterbank.CLASSES];
  private int[] onsets = new int[0];
  private double onsetRate;

  SoundFeatures(int sampleRate, int hop) {
    framesPerSecond = (double) sampleRate / hop;
    tempo = new Tempo(sampleRate, hop);
    onsetPicker = new OnsetPicker(sampleRate, hop);
    melody = new Melody(framesPerSecond);
  }

  /**
   * Measures the frames from {@code first} to before {@code end}; the key uses only the frames in
   * {@code audible} from {@code firstAudible} to before {@code endAudible}.
   */
  void measure(
      FrameFeatures frames, int first, int end, int[] audible, int firstAudible, int endAudible) {
    int count = end - first;
    if (onsets.length < count) {
      onsets = new int[count];
    }
    float[] strength = frames.of(Feature.ONSET_STRENGTH);
    tempo.measure(strength, first, end);
    onsetRate = onsetPicker.pick(strength, first, end, onsets) * framesPerSecond / count;
    Arrays.fill(chroma, 0);
    float[] classes = frames.of(Feature.CHROMA);
    double sum = 0;
    for (int audio = firstAudible; audio < endAudible; audio++) {
      for (int i = 0; i < chroma.length; i++) {
        double share = classes[audible[audio] * chroma.length + i];
        chroma[i] += share;
        sum += share;
      }
    }
    for (int i = 0; i < chroma.length && sum > 0; i++) {
      chroma[i] /= sum;
    }
    keyFinder.find(chroma);
    if (frames.pitches().length > 0) {
      melody.measure(frames.pitches(), first, end);
    }
  }

  /** Beats per minute of the window, with a finer resolution than the feature. */
  double bpm() {
    return tempo.fineBpm();
  }

  /** Writes the dimensions of one feature; returns the index after the last one. */
  int write(Feature feature, float[] vector, int at) {
    switch (feature) {
      case TEMPO -> {
        vector[at] = (float) (Math.log(tempo.bpm() / REFERENCE_BPM) / Math.log(2));
        vector[at + 1] = (float) tempo.strength();
        return at + 2;
      }
      case ONSET_RATE -> {
        vector[at] = (float) onsetRate;
        return at + 1;
      }
      case BEAT_REGULARITY -> {
        vector[at] = (float) tempo.regularity();
        return at + 1;
      }
      case KEY -> {
        int tonic = keyFinder.tonic();
        for (int i = 0; i < chroma.length; i++) {
          vector[at + i] = (float) chroma[(tonic + i) % chroma.length];
        }
        int next = at + chroma.length;
        double angle = 2 * Math.PI * (FIFTH * tonic % chroma.length) / chroma.length;
        vector[next] = (float) Math.cos(angle);
        vector[next + 1] = (float) Math.sin(angle);
        vector[next + 2] = (float) (keyFinder.major() - keyFinder.minor());
        vector[next + 3] = (float) Math.max(keyFinder.major(), keyFinder.minor());
        return next + 4;
      }
      case MELODY -> {
        vector[at] = (float) melody.median();
        vector[at + 1] = (float) melody.spread();
        vector[at + 2] = (float) melody.range();
        vector[at + 3] = (float) melody.vibrato();
        vector[at + 4] = (float) melody.voiced();
        return at + 5;
      }
      default -> throw new IllegalArgumentException(feature + " is frame-wise");
    }
  }
}
