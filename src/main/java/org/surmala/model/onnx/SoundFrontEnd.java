package org.surmala.model.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.HannWindow;
import org.surmala.dsp.MelFilterbank;
import org.surmala.dsp.Stft;
import org.surmala.model.onnx.OnnxPreset.Mel;

/**
 * Turns a sound into the input of a model: time steps with one value per mel band, or single
 * samples. Computed in double precision up to the bands, in single precision from there.
 *
 * <p>A sound shorter than one patch is padded with silence or repeated until it fills a patch. Not
 * safe for use by several threads.
 */
final class SoundFrontEnd {
  private final OnnxPreset preset;
  private final @Nullable MelAnalysis mel;

  SoundFrontEnd(OnnxPreset preset) {
    this.preset = preset;
    mel = preset.mel() == null ? null : new MelAnalysis(preset.mel(), preset.sampleRate());
  }

  /** The time steps of a sound at the preset's rate, step by step, at least one patch. */
  float[] analyse(float[] samples) {
    float[] whole = filled(samples);
    return mel == null ? whole : mel.analyse(whole);
  }

  /** Number of samples that give one patch. */
  private int leastSamples() {
    Mel front = preset.mel();
    if (front == null) {
      return preset.patchLength();
    }
    int between = (preset.patchLength() - 1) * front.hopLength();
    return front.edges() == Stft.Edges.NONE ? between + front.windowLength() : Math.max(1, between);
  }

  private float[] filled(float[] samples) {
    int least = leastSamples();
    if (samples.length >= least) {
      return samples;
    }
    float[] filled = Arrays.copyOf(samples, least);
    if (preset.repeatsShort()) {
      for (int i = samples.length; i < least; i++) {
        filled[i] = filled[i - samples.length];
      }
    }
    return filled;
  }

  private static final class MelAnalysis {
    private final Mel options;
    private final Stft stft;
    private final MelFilterbank filterbank;
    private final double[] spectrum;

    MelAnalysis(Mel options, int sampleRate) {
      this.options = options;
      stft =
          new Stft(
              options.fftSize(),
              options.hopLength(),
              options.symmetric()
                  ? HannWindow.symmetric(options.windowLength())
                  : HannWindow.periodic(options.windowLength()),
              options.edges());
      filterbank =
          new MelFilterbank(
              sampleRate,
              options.fftSize(),
              options.bands(),
              options.scale(),
              options.lowHz(),
              options.highHz(),
              options.unitArea());
      spectrum = new double[stft.bins()];
    }

    float[] analyse(float[] samples) {
      int frames = stft.frames(samples.length);
      float[] values = new float[frames * options.bands()];
      for (int frame = 0; frame < frames; frame++) {
        stft.power(samples, samples.length, frame, spectrum);
        if (!options.power()) {
          for (int bin = 0; bin < spectrum.length; bin++) {
            spectrum[bin] = Math.sqrt(spectrum[bin]);
          }
        }
        filterbank.apply(spectrum, values, frame * options.bands());
      }
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) log(values[i]);
        largest = Math.max(largest, values[i]);
      }
      float least =
          options.topDb() > 0 ? (float) (largest - options.topDb()) : Float.NEGATIVE_INFINITY;
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((Math.max(least, values[i]) - options.mean()) / options.deviation());
      }
      return values;
    }

    private double log(double value) {
      double v = Math.max(options.floor(), options.multiplier() * value + options.offset());
      return switch (options.log()) {
        case NONE -> v;
        case LN -> Math.log(v);
        case LOG10 -> Math.log10(v);
        case DB -> 10 * Math.log10(v);
      };
    }
  }
}
