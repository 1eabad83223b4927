package org.surmala.model.onnx;

import java.util.ArrayList;
import java.util.List;

/** The embeddings of the patches of a sound. */
public final class EmbeddedSound {
  private final EmbeddingPool pool;
  private final List<float[]> patches;
  private final List<Double> middles;

  /**
   * @param patches embedding of each patch, in order of time
   * @param middles time of the middle of each patch, in seconds from the start of the sound
   */
  EmbeddedSound(EmbeddingPool pool, List<float[]> patches, List<Double> middles) {
    this.pool = pool;
    this.patches = List.copyOf(patches);
    this.middles = List.copyOf(middles);
  }

  /** The sound's embedding. */
  public float[] pooled() {
    return pool.pool(patches);
  }

  /**
   * The embedding of a part of the sound: pooled over the patches whose middles are in the part, or
   * else the patch whose middle is nearest.
   *
   * @param start seconds from the start of the sound
   * @param seconds length of the part
   */
  public float[] pooled(double start, double seconds) {
    List<float[]> within = new ArrayList<>();
    int nearest = 0;
    double middle = start + seconds / 2;
    for (int i = 0; i < patches.size(); i++) {
      double at = middles.get(i);
      if (at >= start && at < start + seconds) {
        within.add(patches.get(i));
      }
      if (Math.abs(at - middle) < Math.abs(middles.get(nearest) - middle)) {
        nearest = i;
      }
    }
    return pool.pool(within.isEmpty() ? List.of(patches.get(nearest)) : within);
  }
}
