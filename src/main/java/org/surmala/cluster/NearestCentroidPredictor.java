package org.surmala.cluster;

import java.util.List;
import java.util.Map;
import org.surmala.schema.FittedClusterer;

/** Assigns a point to the cluster with the nearest centroid; ties to the lower number. */
final class NearestCentroidPredictor implements ClusterPredictor {
  static final String NAME = "nearest_centroid";

  private final double[][] centroids;

  NearestCentroidPredictor(double[][] centroids) {
    this.centroids = centroids;
  }

  @Override
  public int assign(double[] point) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centroids.length; c++) {
      double distance = Geometry.squaredDistance(point, centroids[c]);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  @Override
  public FittedClusterer save() {
    return new FittedClusterer(
        NAME,
        centroids.length,
        centroids.length == 0 ? 0 : centroids[0].length,
        Map.of(),
        List.of(PackedDoubles.coefficients("centroids", centroids)));
  }
}
