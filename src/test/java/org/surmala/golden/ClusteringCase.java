package org.surmala.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * One case of the reference values of clustering: scikit-learn on points made from fixed seeds.
 * Version 1.2.1 gave K-Means, Ward, DBSCAN, PCA and the metrics (expected.json); 1.9.1 gave
 * HDBSCAN, Gaussian mixtures of 30 starts, average and complete linkage (expected_more.json).
 */
public record ClusteringCase(String name) {
  private static final JsonNode EXPECTED = expected("expected.json");
  private static final JsonNode MORE = expected("expected_more.json").get("cases");

  /** The points, one row each. */
  public double[][] points() {
    return Npy.read("clustering/" + name + "/X.npy").rows();
  }

  /**
   * Labels by their file's name without ending: truth, kmeans_labels, ward_labels, dbscan_labels,
   * hdbscan_10_5_labels, gmm_full_labels, average_labels and the like.
   */
  public int[] labels(String file) {
    return Npy.read("clustering/" + name + "/" + file + ".npy").ints();
  }

  /** Another table of the case. */
  public double[][] table(String file) {
    return Npy.read("clustering/" + name + "/" + file + ".npy").rows();
  }

  /** One axis of numbers. */
  public double[] values(String file) {
    return Npy.read("clustering/" + name + "/" + file + ".npy").values();
  }

  /** The case's entry in expected.json. */
  public JsonNode json() {
    return EXPECTED.get(name);
  }

  /** The case's entry in expected_more.json. */
  public JsonNode more() {
    return MORE.get(name);
  }

  private static JsonNode expected(String file) {
    try (InputStream in = ClusteringCase.class.getResourceAsStream("/golden/clustering/" + file)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
