package org.surmala.model.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives sounds their embedding under one model: front end, patches in bounded batches, the model,
 * pooling. The embedding depends on the sound alone, to the last bit. For one thread at a time; the
 * session may be shared.
 */
public final class SoundEmbedder {
  private final OnnxPreset preset;
  private final OnnxSession session;
  private final SoundFrontEnd frontEnd;
  private final PatchCutter cutter;
  private final EmbeddingPool pool;
  private final FloatBuffer buffer;

  /** An embedder for a session and the preset that it was made with. */
  public SoundEmbedder(OnnxSession session, OnnxPreset preset) {
    this.preset = preset;
    this.session = session;
    frontEnd = new SoundFrontEnd(preset);
    cutter = new PatchCutter(preset);
    pool = new EmbeddingPool(preset.pooling());
    buffer = session.buffer();
  }

  /** Values in the embedding of a sound. */
  public int dimensions() {
    return pool.dimensions(session.dimensions());
  }

  /**
   * Embeds a sound.
   *
   * @param samples mono, at the preset's sample rate, at least one
   */
  public EmbeddedSound embed(float[] samples) {
    float[] steps = frontEnd.analyse(samples);
    int[] starts = cutter.starts(steps.length / preset.width());
    List<float[]> patches = new ArrayList<>();
    List<Double> middles = new ArrayList<>();
    for (int first = 0; first < starts.length; first += session.batch()) {
      int count = Math.min(session.batch(), starts.length - first);
      buffer.clear();
      for (int i = first; i < first + count; i++) {
        cutter.put(steps, starts[i], buffer);
        middles.add(cutter.middle(starts[i]));
      }
      patches.addAll(session.run(buffer, count));
    }
    return new EmbeddedSound(pool, patches, middles);
  }
}
