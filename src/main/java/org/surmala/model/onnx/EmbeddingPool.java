package org.surmala.model.onnx;

import java.util.List;
import org.surmala.model.onnx.OnnxPreset.Pooling;

/** Pools the embeddings of patches into one, in double precision and in a fixed order. */
record EmbeddingPool(Pooling pooling) {
  /** Dimensions of a pooled embedding of patches with this number of dimensions. */
  int dimensions(int ofPatch) {
    return pooling == Pooling.MEAN_STD ? 2 * ofPatch : ofPatch;
  }

  /** Pools one or more patches of one length. */
  float[] pool(List<float[]> patches) {
    int size = patches.get(0).length;
    double[] mean = new double[size];
    for (float[] patch : patches) {
      double length = pooling == Pooling.L2 ? length(patch) : 1;
      for (int i = 0; i < size; i++) {
        mean[i] += patch[i] / length / patches.size();
      }
    }
    float[] pooled = new float[dimensions(size)];
    double scale = 1;
    if (pooling == Pooling.L2) {
      double squares = 0;
      for (double value : mean) {
        squares += value * value;
      }
      scale = nonZero(Math.sqrt(squares));
    }
    for (int i = 0; i < size; i++) {
      pooled[i] = (float) (mean[i] / scale);
    }
    if (pooling == Pooling.MEAN_STD) {
      for (int i = 0; i < size; i++) {
        double squares = 0;
        for (float[] patch : patches) {
          double difference = patch[i] - mean[i];
          squares += difference * difference;
        }
        pooled[size + i] = (float) Math.sqrt(squares / patches.size());
      }
    }
    return pooled;
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return nonZero(Math.sqrt(squares));
  }

  private static double nonZero(double length) {
    return length == 0 ? 1 : length;
  }
}
