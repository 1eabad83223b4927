package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surmala.golden.ClusteringCase;
import org.surmala.metric.Bootstrap;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Estimate;
import org.surmala.schema.SweepFigures;

final class ClusteringEvaluatorTest {
  private static final EvaluateOptions OPTIONS = EvaluateOptionsOf.draws("run-1", 200, 199);
  private static final Offset<Double> EXACT = within(1e-9);

  @Test
  void equalsScikitLearnAndBracketsItsFigures() {
    ClusteringCase golden = new ClusteringCase("overlap");
    JsonNode expected = golden.json().get("kmeans");
    List<String> ids = ids(500);
    Clustering clustering = clustering(ids, golden.labels("kmeans_labels"), true);
    ClusteringEvaluator.Evaluation evaluation =
        new ClusteringEvaluator(OPTIONS, ids, golden.points(), labels(golden.labels("truth")))
            .evaluate(clustering);
    ClusteringMetrics metrics = evaluation.metrics();
    assertThat(metrics.getRun()).isEqualTo("run-1");
    assertThat(metrics.getSongs()).isEqualTo(500);
    assertThat(metrics.getSilhouette()).isEqualTo(expected.get("silhouette").asDouble(), EXACT);
    assertThat(metrics.getDaviesBouldin())
        .isEqualTo(expected.get("davies_bouldin").asDouble(), EXACT);
    assertThat(metrics.getCalinskiHarabasz())
        .isEqualTo(expected.get("calinski_harabasz").asDouble(), within(1e-9));
    brackets(metrics.getAri(), expected.get("ari").asDouble());
    brackets(metrics.getNmi(), expected.get("nmi").asDouble());
    brackets(metrics.getAmi(), expected.get("ami").asDouble());
    brackets(metrics.getPurity(), expected.get("purity").asDouble());
    assertThat(metrics.getMajorityRate().getValue()).isEqualTo(59 / 500.0);
    assertThat(metrics.getActiveDimensions()).isEqualTo(16);
    assertThat(metrics.getAriChance()).isEqualTo(1.0 / 200);
    assertThat(metrics.getFlags()).isEqualTo("chosen");
    assertThat(evaluation.assignments()).hasSize(500);
    ClusterAssignment first = evaluation.assignments().get(0);
    assertThat(first.getSilhouette())
        .isEqualTo(golden.values("silhouette_samples_kmeans")[0], EXACT);
    assertThat(first.getDistance()).isEqualTo(0.25);
    assertThat(first.getNovelty()).isEqualTo(0.75);
    assertThat(first.getCluster()).isEqualTo(golden.labels("kmeans_labels")[0]);
  }

  private static void brackets(Estimate estimate, double expected) {
    assertThat(estimate.getValue()).isEqualTo(expected, EXACT);
    assertThat(estimate.getLow()).isLessThan(expected).isGreaterThan(expected - 0.1);
    assertThat(estimate.getHigh()).isGreaterThan(expected).isLessThan(expected + 0.1);
  }

  @Test
  void shuffledLabelsAreChance() {
    ClusteringCase golden = new ClusteringCase("overlap");
    int[] truth = golden.labels("truth");
    int chance = 0;
    for (int seed = 0; seed < 40; seed++) {
      int[] shuffled = truth.clone();
      Bootstrap.shuffle(shuffled, new SplittableRandom(seed));
      ClusteringMetrics metrics =
          new ClusteringEvaluator(
                  EvaluateOptionsOf.draws("run-1", 0, 199),
                  ids(500),
                  golden.points(),
                  labels(shuffled))
              .evaluate(clustering(ids(500), golden.labels("kmeans_labels"), true))
              .metrics();
      if (Arrays.asList(metrics.getFlags().split(";")).contains("chance")) {
        chance++;
      }
    }
    // Binomial(40, 0.95): below 33 once in five hundred.
    assertThat(chance).isGreaterThanOrEqualTo(33);
  }

  @Test
  void aCollapsedLatentHasNoSilhouette() {
    double[][] points = new double[50][8];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      points[i][0] = i % 2;
      for (int d = 1; d < 8; d++) {
        points[i][d] = 0.01 * random.nextGaussian();
      }
    }
    ClusteringMetrics metrics =
        evaluate(points, IntStream.range(0, 50).map(i -> i % 2).toArray()).metrics();
    assertThat(metrics.getActiveDimensions()).isEqualTo(1);
    assertWithheld(metrics, "chosen;collapsed;no_labels");
  }

  @Test
  void oneClusterHasNoSilhouette() {
    double[][] points = points(100);
    int[] clusters = new int[100];
    Arrays.fill(clusters, 0, 4, 1);
    assertWithheld(evaluate(points, clusters).metrics(), "chosen;one_cluster;no_labels");
    Arrays.fill(clusters, 0, 5, 1);
    assertThat(evaluate(points, clusters).metrics().getFlags()).isEqualTo("chosen;no_labels");
    assertThat(evaluate(points, clusters).metrics().getLargestClusterShare()).isEqualTo(0.95);
  }

  @Test
  void mostlyNoiseHasNoSilhouette() {
    double[][] points = points(100);
    int[] clusters = new int[100];
    Arrays.setAll(clusters, i -> i < 51 ? -1 : i % 2);
    ClusteringEvaluator.Evaluation evaluation = evaluate(points, clusters);
    assertWithheld(evaluation.metrics(), "chosen;noise;no_labels");
    assertThat(evaluation.metrics().getNoiseShare()).isEqualTo(0.51);
    assertThat(evaluation.assignments())
        .extracting(ClusterAssignment::getSilhouette)
        .containsOnlyNulls();
  }

  @Test
  void aClusterThatIsNotFoundAgainIsFlagged() {
    double[][] points = points(10);
    int[] clusters = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    List<String> ids = ids(10);
    ClusteringEvaluator evaluator = new ClusteringEvaluator(OPTIONS, ids, points, Map.of());
    Clustering clustering = clustering(ids, clusters, true);
    clustering.setSweep(SweepFigures.newBuilder().setLeastClusterStability(0.59).build());
    ClusteringMetrics metrics = evaluator.evaluate(clustering).metrics();
    assertThat(metrics.getFlags()).isEqualTo("chosen;unstable;no_labels");
    assertThat(metrics.getLeastClusterStability()).isEqualTo(0.59);
    assertThat(metrics.getSilhouette()).isNotNull();
    clustering.getSweep().setLeastClusterStability(0.6);
    assertThat(evaluator.evaluate(clustering).metrics().getFlags()).isEqualTo("chosen;no_labels");
  }

  @Test
  void noiseIsLeftOutOfTheSilhouette() {
    double[][] points = {{0, 0}, {1, 0}, {90, 90}, {5, 0}, {6, 1}};
    ClusteringEvaluator.Evaluation evaluation = evaluate(points, new int[] {0, 0, -1, 1, 1});
    double[] alone =
        org.surmala.metric.Silhouette.perSample(
            new double[][] {{0, 0}, {1, 0}, {5, 0}, {6, 1}}, new int[] {0, 0, 1, 1});
    assertThat(evaluation.assignments())
        .extracting(ClusterAssignment::getSilhouette)
        .containsExactly(alone[0], alone[1], null, alone[2], alone[3]);
  }

  @Test
  void songsWithoutALabelAreLeftOutOfAgreement() {
    double[][] points = points(60);
    int[] clusters = new int[60];
    Arrays.setAll(clusters, i -> i % 2);
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      labels.put(ids(60).get(i), i % 2 == 0 ? "বাংলা" : "English");
    }
    ClusteringMetrics metrics =
        new ClusteringEvaluator(OPTIONS, ids(60), points, labels)
            .evaluate(clustering(ids(60), clusters, true))
            .metrics();
    assertThat(metrics.getAri().getValue()).isEqualTo(1);
    assertThat(metrics.getMajorityRate().getValue()).isEqualTo(0.5);
    assertThat(metrics.getFlags()).isEqualTo("chosen");
  }

  @Test
  void largeCollectionsAreSampled() {
    double[][] points = points(600);
    int[] clusters = new int[600];
    Arrays.setAll(clusters, i -> points[i][0] > 0 ? 0 : 1);
    ClusteringEvaluator.Evaluation evaluation =
        new ClusteringEvaluator(
                EvaluateOptionsOf.with("run-1", 200, 199, 500, 150, Map.of(), List.of(), ""),
                ids(600),
                points,
                Map.of())
            .evaluate(clustering(ids(600), clusters, true));
    double exact = org.surmala.metric.Silhouette.mean(points, clusters);
    assertThat(evaluation.metrics().getFlags()).isEqualTo("chosen;sampled;no_labels");
    assertThat(evaluation.metrics().getSilhouetteLow()).isLessThan(exact);
    assertThat(evaluation.metrics().getSilhouetteHigh()).isGreaterThan(exact);
    assertThat(evaluation.assignments().stream().filter(a -> a.getSilhouette() != null).count())
        .isEqualTo(150);
  }

  @Test
  void onlyAChosenClusteringHasAssignments() {
    ClusteringEvaluator.Evaluation evaluation =
        new ClusteringEvaluator(OPTIONS, ids(4), points(4), Map.of())
            .evaluate(clustering(ids(4), new int[] {0, 0, 1, 1}, false));
    assertThat(evaluation.assignments()).isEmpty();
    assertThat(evaluation.metrics().getFlags()).isEqualTo("no_labels");
  }

  @Test
  void aMarkStandsAmongTheFlagsWithItsColumn() {
    EvaluateOptions marked =
        EvaluateOptionsOf.with(
            "run-1",
            200,
            199,
            20_000,
            5_000,
            Map.of("raw", FigureCaveat.conditionedOn("language"), "vae", FigureCaveat.script()),
            List.of(),
            "");
    ClusteringEvaluator evaluator = new ClusteringEvaluator(marked, ids(4), points(4), Map.of());
    Clustering clustering = clustering(ids(4), new int[] {0, 0, 1, 1}, true);
    clustering.setRepresentation("raw");
    assertThat(evaluator.evaluate(clustering).metrics().getFlags())
        .isEqualTo("chosen;conditioned_on=language;no_labels");
    clustering.setRepresentation("vae");
    assertThat(evaluator.evaluate(clustering).metrics().getFlags())
        .isEqualTo("chosen;script;no_labels");
    clustering.setRepresentation("pca");
    assertThat(evaluator.evaluate(clustering).metrics().getFlags()).isEqualTo("chosen;no_labels");
  }

  @Test
  void otherSongsAreRefused() {
    ClusteringEvaluator evaluator = new ClusteringEvaluator(OPTIONS, ids(4), points(4), Map.of());
    assertThatThrownBy(() -> evaluator.evaluate(clustering(ids(3), new int[3], true)))
        .hasMessageContaining("is of 3 songs, the embeddings are of 4");
  }

  private static void assertWithheld(ClusteringMetrics metrics, String flags) {
    assertThat(metrics.getSilhouette()).isNull();
    assertThat(metrics.getDaviesBouldin()).isNull();
    assertThat(metrics.getCalinskiHarabasz()).isNull();
    assertThat(metrics.getFlags()).isEqualTo(flags);
  }

  private static ClusteringEvaluator.Evaluation evaluate(double[][] points, int[] clusters) {
    List<String> ids = ids(clusters.length);
    return new ClusteringEvaluator(OPTIONS, ids, points, Map.of())
        .evaluate(clustering(ids, clusters, true));
  }

  private static double[][] points(int count) {
    SplittableRandom random = new SplittableRandom(count);
    return IntStream.range(0, count)
        .mapToObj(i -> new double[] {random.nextGaussian(), random.nextGaussian()})
        .toArray(double[][]::new);
  }

  @Test
  void givenGroups_whenEvaluated_thenEachSongHasItsOwnAndNoiseHasNone() {
    Clustering clustering = clustering(ids(4), new int[] {0, 0, 1, -1}, true);
    ByteBuffer numbers = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putInt(2).putInt(1).putInt(1).putInt(0);
    ByteBuffer distances = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    distances.putDouble(0.5).putDouble(1.5).putDouble(0).putDouble(Double.NaN);
    clustering.setGroups(new ClusterGroups(numbers.flip(), distances.flip(), List.of(), 0.625));
    ClusteringEvaluator.Evaluation evaluation =
        new ClusteringEvaluator(
                EvaluateOptionsOf.draws("run", 0, 0),
                ids(4),
                new double[][] {{0, 0}, {1, 1}, {5, 5}, {9, 9}},
                Map.of())
            .evaluate(clustering);
    assertThat(evaluation.metrics().getGroupStability()).isEqualTo(0.625);
    assertThat(evaluation.assignments())
        .extracting(ClusterAssignment::getGroup)
        .containsExactly(2, 1, 1, null);
    assertThat(evaluation.assignments())
        .extracting(ClusterAssignment::getGroupDistance)
        .containsExactly(0.5, 1.5, 0.0, null);
  }

  static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> String.format("%05d", i)).toList();
  }

  static Map<String, String> labels(int[] truth) {
    Map<String, String> labels = new HashMap<>();
    List<String> ids = ids(truth.length);
    for (int i = 0; i < truth.length; i++) {
      labels.put(ids.get(i), "label " + truth[i]);
    }
    return labels;
  }

  static Clustering clustering(List<String> ids, int[] clusters, boolean chosen) {
    int n = ids.size();
    ByteBuffer labels = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer distances = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer novelties = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int cluster : clusters) {
      labels.putInt(cluster);
      distances.putDouble(0.25);
      novelties.putDouble(0.75);
    }
    return Clustering.newBuilder()
        .setRepresentation("raw")
        .setModelVersion("v1")
        .setClusterer("kmeans")
        .setK((int) Arrays.stream(clusters).filter(c -> c >= 0).distinct().count())
        .setChosen(chosen)
        .setIds(ids)
        .setLabels(labels.flip())
        .setDistances(distances.flip())
        .setNovelties(novelties.flip())
        .setDimensions(2)
        .setCentroids(ByteBuffer.allocate(0))
        .setMerges(List.of())
        .build();
  }
}
