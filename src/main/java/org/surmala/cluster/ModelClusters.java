package org.surmala.cluster;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.GaussianMixture;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * The clusters that a model learned with its latent space: each song belongs to the most likely
 * component of the model's mixture. Nothing is fitted.
 */
final class ModelClusters implements Clusterer {
  private final GaussianMixture mixture;

  private ModelClusters(GaussianMixture mixture) {
    this.mixture = mixture;
  }

  /** The clusters of a model; null if it has none. */
  static @Nullable ModelClusters of(Model model) {
    Map<String, Tensor> tensors =
        model.getTensors().stream().collect(Collectors.toMap(Tensor::getName, Function.identity()));
    Tensor weight = tensors.get("mixture.weight");
    Tensor mean = tensors.get("mixture.mean");
    Tensor variance = tensors.get("mixture.variance");
    if (weight == null || mean == null || variance == null) {
      return null;
    }
    return new ModelClusters(new GaussianMixture(rows(weight)[0], rows(mean), rows(variance)));
  }

  /** A tensor's values as rows. */
  private static double[][] rows(Tensor tensor) {
    FloatBuffer values =
        tensor.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int columns = tensor.getShape().get(tensor.getShape().size() - 1);
    double[][] rows = new double[values.remaining() / columns][columns];
    for (double[] row : rows) {
      for (int j = 0; j < columns; j++) {
        row[j] = values.get();
      }
    }
    return rows;
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.MODEL;
  }

  @Override
  public boolean fits() {
    return false;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    return k -> partition(points);
  }

  private Partition partition(double[][] points) {
    int[] labels = new int[points.length];
    double[] probabilities = new double[points.length];
    double[] shares = new double[mixture.components()];
    for (int i = 0; i < points.length; i++) {
      mixture.posterior(points[i], shares);
      for (int c = 1; c < shares.length; c++) {
        labels[i] = shares[c] > shares[labels[i]] ? c : labels[i];
      }
      probabilities[i] = shares[labels[i]];
    }
    int[] numbered = RelabelBySize.bySize(labels);
    int[] component = new int[RelabelBySize.clusters(numbered)];
    for (int i = 0; i < labels.length; i++) {
      component[numbered[i]] = labels[i];
    }
    return new Partition(
        numbered,
        RelabelBySize.centroids(points, numbered),
        new MostLikelyComponentPredictor(mixture.of(component)),
        probabilities,
        null,
        Map.of("components", Integer.toString(mixture.components())));
  }
}
