package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.surmala.schema.Clustering;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

final class ModelClustersTest {
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULTS.withAlgorithms(ClusterAlgorithm.MODEL).withStabilityRefits(3);
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");

  /** On a line: three near 10, two near 0, and none near -50. */
  private static final double[][] POINTS = {{0.5}, {9}, {10}, {11}, {-0.5}};

  private static Tensor tensor(String name, List<Integer> shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Tensor(name, shape, bytes);
  }

  private static Model model(Tensor... tensors) {
    return Model.newBuilder()
        .setName("vade")
        .setKind("vade")
        .setInputDimensions(1)
        .setLatentDimensions(1)
        .setTensors(List.of(tensors))
        .setProvenance(new Provenance("", 5, "", 1L, Map.of(), Map.of()))
        .setHistory(List.of())
        .setKlPerDimension(List.of())
        .setActiveDimensions(1)
        .build();
  }

  private static Model mixture() {
    return model(
        tensor("mixture.weight", List.of(3), 0.25f, 0.5f, 0.25f),
        tensor("mixture.mean", List.of(3, 1), -50, 0, 10),
        tensor("mixture.variance", List.of(3, 1), 1, 1, 4));
  }

  @Test
  void givenModelWithMixture_whenSongsAreClustered_thenTheyGoToItsComponents() {
    List<Clustering> found = new ClusterSweep(OPTIONS).run("vade", "v", IDS, POINTS, mixture());
    assertThat(found).hasSize(1);
    Clustering clustering = found.get(0);
    assertThat(clustering.getClusterer()).isEqualTo("model");
    assertThat(clustering.getK()).isEqualTo(2);
    assertThat(clustering.getChosen()).isTrue();
    assertThat(clustering.getStability()).isNull();
    assertThat(clustering.getReason()).isEqualTo("model found 2 clusters and 0 songs of noise");
    int[] labels = new int[5];
    clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(labels);
    assertThat(labels).containsExactly(1, 0, 0, 0, 1);
    // At 4.5, 0.5/√1·exp(-4.5²/2) against 0.25/√4·exp(-5.5²/8): the wider one is likelier.
    Assigner assigner = Assigner.of(clustering);
    assertThat(assigner.assign("f", new double[] {4.5}).getCluster()).isZero();
    assertThat(assigner.assign("g", new double[] {2}).getCluster()).isEqualTo(1);
    assertThat(assigner.assign("h", new double[] {-60}).getCluster()).isZero();
    double[] probabilities =
        PackedDoubles.doubles(Objects.requireNonNull(clustering.getProbabilities()));
    double there = 0.5 * Math.exp(-0.125);
    double other = 0.125 * Math.exp(-9.5 * 9.5 / 8);
    assertThat(probabilities[0]).isCloseTo(there / (there + other), within(1e-12));
  }

  @Test
  void givenModelWithoutMixture_whenSongsAreClustered_thenItGivesNone() {
    assertThat(new ClusterSweep(OPTIONS).run("raw", "v", IDS, POINTS, model())).isEmpty();
    assertThat(new ClusterSweep(OPTIONS).run("raw", "v", IDS, POINTS)).isEmpty();
  }
}
