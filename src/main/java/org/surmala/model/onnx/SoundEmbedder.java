package org.surmala.model.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Embeds sounds by one model: front end, patches in bounded batches, model, pooling. The embedding
 * depends only on the sound, to the last bit. Not safe for use by several threads; the session may
 * be shared.
 */
public final class SoundEmbedder {
  private final OnnxPreset preset;
  private final OnnxSession session;
  private final SoundFrontEnd frontEnd;
  private final PatchCutter cutter;
  private final EmbeddingPool pool;
  private final FloatBuffer buffer;

  /** An embedder for a session and its preset. */
  public SoundEmbedder(OnnxSession session, OnnxPreset preset) {
    this.preset = preset;
    this.session = session;
    frontEnd = new SoundFrontEnd(preset);
    cutter = new PatchCutter(preset);
    pool = new EmbeddingPool(preset.pooling());
    buffer = session.buffer();
  }

  /** Dimensions of a sound's embedding. */
  public int dimensions() {
    return pool.dimensions(session.dimensions());
  }

  /** Embeds mono samples at the preset's rate, at least one. */
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
