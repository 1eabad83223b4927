package org.surmala.cluster;

import org.surmala.schema.FittedClusterer;

/** Predicts the cluster of a new point, without refitting. Immutable. */
interface ClusterPredictor {
  /** The cluster of a point; -1 is noise. */
  int assign(double[] point);

  /** The predictor as a record, without the fit's options. */
  FittedClusterer save();
}
