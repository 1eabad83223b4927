package org.surmala.model.onnx;

import java.nio.FloatBuffer;

/** Cuts steps of time into patches, and lays them out as a model takes them. */
final class PatchCutter {
  private final OnnxPreset preset;

  PatchCutter(OnnxPreset preset) {
    this.preset = preset;
  }

  /**
   * First steps of the patches, {@code patchHop} apart. Where more than half a patch is left behind
   * the last whole one, a patch that ends with the sound follows.
   *
   * @param steps at least one patch
   */
  int[] starts(int steps) {
    int last = steps - preset.patchLength();
    int whole = 1 + last / preset.patchHop();
    int left = last - (whole - 1) * preset.patchHop();
    boolean hasRest = left > preset.patchLength() / 2;
    int[] starts = new int[whole + (hasRest ? 1 : 0)];
    for (int i = 0; i < whole; i++) {
      starts[i] = i * preset.patchHop();
    }
    if (hasRest) {
      starts[whole] = last;
    }
    return starts;
  }

  /**
   * Puts a patch behind what is in the buffer, in the order of the preset's layout.
   *
   * @param steps as the front end gives them
   * @param start first step of the patch
   */
  void put(float[] steps, int start, FloatBuffer into) {
    int width = preset.width();
    int length = preset.patchLength();
    if (preset.layout().indexOf('m') < preset.layout().indexOf('t') && width > 1) {
      for (int band = 0; band < width; band++) {
        for (int step = start; step < start + length; step++) {
          into.put(steps[step * width + band]);
        }
      }
    } else {
      into.put(steps, start * width, length * width);
    }
  }

  /** Seconds from the sound's beginning to a patch's middle. */
  double middle(int start) {
    OnnxPreset.Mel mel = preset.mel();
    double step = (mel == null ? 1.0 : mel.hopLength()) / preset.sampleRate();
    return (start + preset.patchLength() / 2.0) * step;
  }
}
