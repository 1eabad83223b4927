package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.golden.ClusteringCase;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;

public final class ClusterTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  /** Whatever the order in which songs arrive, the clusterings are those of the sorted songs. */
  @Test
  public void clustersEachModelAsThePureClassDoes() {
    ClusterOptions options =
        ClusterOptions.DEFAULTS.withKRange(2, 3).withRestarts(2).withStabilityRefits(1);
    double[][] points = new ClusteringCase("imbalanced").points();
    List<String> ids = ClusterSweepTest.ids(points.length);
    List<Embedding> embeddings = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      List<Float> vector = new ArrayList<>();
      for (int d = 0; d < points[i].length; d++) {
        // float32 is what embeddings hold.
        points[i][d] = (float) points[i][d];
        vector.add((float) points[i][d]);
      }
      embeddings.add(new Embedding(ids.get(i), "raw", "v1", vector, null));
      if (i < 2) {
        embeddings.add(new Embedding(ids.get(i), "tiny", "v2", vector, null));
      }
    }
    Collections.shuffle(embeddings, new Random(6));

    PCollection<Clustering> found =
        pipeline
            .apply("Embeddings", Create.of(embeddings).withCoder(RecordCoder.of(Embedding.class)))
            .apply("Cluster", Cluster.with(options));

    PAssert.that(found).containsInAnyOrder(new ClusterSweep(options).run("raw", "v1", ids, points));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, "clusterings")).isEqualTo(4);
    assertThat(counter(result, "micros.cluster")).isPositive();
  }

  private static long counter(PipelineResult result, String name) {
    long sum = 0;
    for (MetricResult<Long> metric :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named("surmala", name))
                    .build())
            .getCounters()) {
      sum += metric.getAttempted();
    }
    return sum;
  }
}
