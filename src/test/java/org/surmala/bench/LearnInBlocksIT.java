package org.surmala.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.util.DoubleComparator;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.evaluate.Evaluate;
import org.surmala.io.Gather;
import org.surmala.io.Shards;
import org.surmala.pipeline.CollectFeatures;
import org.surmala.pipeline.SongPipeline;
import org.surmala.read.Read;
import org.surmala.report.Report;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Findings;

/** Everything from features to scores, in blocks beside the same in memory. */
public final class LearnInBlocksIT {
  private static final TupleTag<ClusteringMetrics> METRICS = new TupleTag<>() {};
  private static final TupleTag<ClusterAssignment> ASSIGNMENTS = new TupleTag<>() {};
  private static final TupleTag<Findings> FINDINGS = new TupleTag<>() {};
  private static final TupleTag<ClusteringMetrics> METRICS_OF_BLOCKS = new TupleTag<>() {};
  private static final TupleTag<ClusterAssignment> ASSIGNMENTS_OF_BLOCKS = new TupleTag<>() {};
  private static final TupleTag<Findings> FINDINGS_OF_BLOCKS = new TupleTag<>() {};
  private static final TupleTag<Clustering> CLUSTERINGS_OF_BLOCKS = new TupleTag<>() {};

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private PipelineConfig config(int blocks) {
    String root = folder.getRoot().toString();
    Settings settings = new Settings();
    settings.set("models.list", "pca");
    settings.set("primary.representation", "pca");
    settings.set("cluster.algorithms", "kmeans");
    settings.set("cluster.k", "7..8");
    settings.set("cluster.stability_refits", "2");
    settings.set("cluster.groups", "false");
    settings.set("evaluate.permutations", "19");
    settings.set("cluster.blocks", Integer.toString(blocks));
    return PipelineConfig.of(
        new RunRequest(new SongSource.Sound(root), root, root + "/data", settings, List.of()),
        root + "/data/" + blocks + "/",
        new Shards(2));
  }

  private PCollectionTuple learn(String name, PCollectionTuple songs, PipelineConfig config) {
    return songs.apply(
        name,
        new PTransform<PCollectionTuple, PCollectionTuple>() {
          @Override
          public PCollectionTuple expand(PCollectionTuple input) {
            return SongPipeline.learn(
                input.get(Read.SONGS), input.get(CollectFeatures.FEATURES), config);
          }
        });
  }

  private static <T> List<T> all(CoGbkResult gathered, TupleTag<T> tag, Comparator<T> order) {
    List<T> all = new ArrayList<>();
    gathered.getAll(tag).forEach(all::add);
    all.sort(order);
    return all;
  }

  @Test
  public void givenFewSongs_whenLearntInBlocks_thenResultsAreThoseInMemory() throws IOException {
    PCollectionTuple songs = pipeline.apply("Synthetic", SyntheticFeatures.of(240, config(0)));
    PCollectionTuple inMemory = learn("InMemory", songs, config(0));
    PCollectionTuple inBlocks = learn("InBlocks", songs, config(3));

    PAssert.thatSingleton(
            PCollectionTuple.of(METRICS, inMemory.get(Evaluate.METRICS))
                .and(ASSIGNMENTS, inMemory.get(Evaluate.ASSIGNMENTS))
                .and(FINDINGS, inMemory.get(Evaluate.FINDINGS))
                .and(METRICS_OF_BLOCKS, inBlocks.get(Evaluate.METRICS))
                .and(ASSIGNMENTS_OF_BLOCKS, inBlocks.get(Evaluate.ASSIGNMENTS))
                .and(FINDINGS_OF_BLOCKS, inBlocks.get(Evaluate.FINDINGS))
                .and(CLUSTERINGS_OF_BLOCKS, inBlocks.get(Report.CLUSTERINGS))
                .apply("Gather", Gather.all()))
        .satisfies(
            gathered -> {
              assertSame(gathered);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static void assertSame(KV<Integer, CoGbkResult> gathered) {
    CoGbkResult results = gathered.getValue();
    RecursiveComparisonConfiguration closely =
        RecursiveComparisonConfiguration.builder()
            .withComparatorForType(new DoubleComparator(1e-9), Double.class)
            .withIgnoredFields("run")
            .build();
    Comparator<ClusteringMetrics> byK = Comparator.comparing(ClusteringMetrics::getK);
    List<ClusteringMetrics> metrics = all(results, METRICS, byK);
    assertThat(metrics).hasSize(2);
    assertThat(all(results, METRICS_OF_BLOCKS, byK))
        .usingRecursiveComparison(closely)
        .isEqualTo(metrics);
    Comparator<ClusterAssignment> byId = Comparator.comparing(ClusterAssignment::getId);
    // Silhouettes of single songs are not told in blocks.
    List<ClusterAssignment> assignments =
        all(results, ASSIGNMENTS, byId).stream()
            .map(a -> ClusterAssignment.newBuilder(a).setSilhouette(null).build())
            .toList();
    assertThat(assignments).hasSize(240);
    assertThat(all(results, ASSIGNMENTS_OF_BLOCKS, byId))
        .usingRecursiveComparison(closely)
        .isEqualTo(assignments);
    Comparator<Findings> byName = Comparator.comparing(Findings::getRepresentation);
    assertThat(all(results, FINDINGS_OF_BLOCKS, byName))
        .usingRecursiveComparison(closely)
        .isEqualTo(all(results, FINDINGS, byName));
    assertThat(all(results, CLUSTERINGS_OF_BLOCKS, Comparator.comparing(Clustering::getK)))
        .allSatisfy(
            clustering -> {
              assertThat(clustering.getPopulation().getSongs()).isEqualTo(240);
              assertThat(clustering.getIds()).hasSize(240).isSorted();
            });
  }
}
