package org.surmala.model.onnx;

import java.nio.FloatBuffer;

/** Cuts time steps into patches, in the input layout of a model. */
record PatchCutter(OnnxPreset preset) {
  /**
   * Start steps of one or more patches, {@code patchHop} apart. If more than half a patch remains
   * after the last one, another patch ends with the sound.
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

  /** Appends the patch that starts at a step of the front end's output, in the preset's layout. */
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

  /** Time of a patch's middle, in seconds from the start of the sound. */
  double middle(int start) {
    OnnxPreset.Mel mel = preset.mel();
    double step = (mel == null ? 1.0 : mel.hopLength()) / preset.sampleRate();
    return (start + preset.patchLength() / 2.0) * step;
  }
}
