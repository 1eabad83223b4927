package org.surmala.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** One case of the reference values of clustering: scikit-learn 1.2.1 on fixed points. */
public record ClusteringCase(String name) {
  private static final JsonNode EXPECTED = expected();

  /** The points, one row each. */
  public double[][] points() {
    return Npy.read("clustering/" + name + "/X.npy").rows();
  }

  /**
   * Labels by their file's name without ending: truth, kmeans_labels, ward_labels, dbscan_labels.
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

  private static JsonNode expected() {
    try (InputStream in =
        ClusteringCase.class.getResourceAsStream("/golden/clustering/expected.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
