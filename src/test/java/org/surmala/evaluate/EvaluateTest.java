package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.golden.ClusteringCase;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.SongRef;

public final class EvaluateTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void scoresAsThePureClassDoes() {
    EvaluateOptions options = EvaluateOptions.of("r").withBootstraps(20).withPermutations(19);
    ClusteringCase golden = new ClusteringCase("imbalanced");
    double[][] points = golden.points();
    int[] truth = golden.labels("truth");
    List<String> ids = ClusteringEvaluatorTest.ids(points.length);
    List<Embedding> embeddings = new ArrayList<>();
    List<SongRef> songs = new ArrayList<>();
    for (int i = points.length - 1; i >= 0; i--) {
      List<Float> vector = new ArrayList<>();
      for (int d = 0; d < points[i].length; d++) {
        points[i][d] = (float) points[i][d];
        vector.add((float) points[i][d]);
      }
      embeddings.add(new Embedding(ids.get(i), "raw", "v1", vector));
      songs.add(song(ids.get(i), "label " + truth[i]));
    }
    songs.add(song("never embedded", null));
    Clustering chosen =
        ClusteringEvaluatorTest.clustering(ids, golden.labels("kmeans_labels"), true);
    Clustering other = ClusteringEvaluatorTest.clustering(ids, golden.labels("ward_labels"), false);

    PCollectionTuple scored =
        PCollectionTuple.of(
                Evaluate.EMBEDDINGS,
                pipeline.apply(
                    "Embeddings", Create.of(embeddings).withCoder(AvroCoder.of(Embedding.class))))
            .and(
                Evaluate.CLUSTERINGS,
                pipeline.apply(
                    "Clusterings",
                    Create.of(chosen, other).withCoder(AvroCoder.of(Clustering.class))))
            .and(
                Evaluate.SONGS,
                pipeline.apply("Songs", Create.of(songs).withCoder(AvroCoder.of(SongRef.class))))
            .apply("Evaluate", Evaluate.with(options));

    ClusteringEvaluator evaluator =
        new ClusteringEvaluator(options, ids, points, ClusteringEvaluatorTest.labels(truth));
    PAssert.that(scored.get(Evaluate.METRICS))
        .containsInAnyOrder(
            evaluator.evaluate(chosen).metrics(), evaluator.evaluate(other).metrics());
    PAssert.that(scored.get(Evaluate.ASSIGNMENTS))
        .containsInAnyOrder(evaluator.evaluate(chosen).assignments());
    pipeline.run();
  }

  private static SongRef song(String id, @Nullable String language) {
    return SongRef.newBuilder()
        .setId(id)
        .setUri("file:///" + id)
        .setFilepath(id)
        .setLanguage(language)
        .setSize(1)
        .setModified(1)
        .build();
  }
}
