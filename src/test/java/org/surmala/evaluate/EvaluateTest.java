package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.golden.ClusteringCase;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.Clustering;
import org.surmala.schema.Confound;
import org.surmala.schema.Embedding;
import org.surmala.schema.Findings;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongSample;

public final class EvaluateTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void scoresAsThePureClassDoes() {
    ClusteringCase golden = new ClusteringCase("imbalanced");
    double[][] points = golden.points();
    EvaluateOptions options =
        EvaluateOptionsOf.with(
            "r",
            20,
            19,
            20_000,
            5_000,
            Map.of(),
            IntStream.range(0, points[0].length).mapToObj(d -> "x" + d).toList(),
            "");
    int[] truth = golden.labels("truth");
    List<String> ids = ClusteringEvaluatorTest.ids(points.length);
    List<Embedding> embeddings = new ArrayList<>();
    List<SongRef> songs = new ArrayList<>();
    List<SegmentFeatures> features = new ArrayList<>();
    for (int i = points.length - 1; i >= 0; i--) {
      List<Float> vector = new ArrayList<>();
      for (int d = 0; d < points[i].length; d++) {
        points[i][d] = (float) points[i][d];
        vector.add((float) points[i][d]);
      }
      embeddings.add(new Embedding(ids.get(i), "raw", "v1", vector, null));
      features.add(0, features(ids.get(i), points[i]));
      songs.add(song(ids.get(i), "label " + truth[i]));
    }
    songs.add(song("never embedded", null));
    Clustering chosen =
        ClusteringEvaluatorTest.clustering(ids, golden.labels("kmeans_labels"), true);
    chosen.setDimensions(points[0].length);
    chosen.setCentroids(centroids(points, golden.labels("kmeans_labels"), chosen.getK()));
    Clustering other = ClusteringEvaluatorTest.clustering(ids, golden.labels("ward_labels"), false);

    PCollectionTuple scored =
        PCollectionTuple.of(
                Evaluate.EMBEDDINGS,
                pipeline.apply(
                    "Embeddings", Create.of(embeddings).withCoder(RecordCoder.of(Embedding.class))))
            .and(
                Evaluate.CLUSTERINGS,
                pipeline.apply(
                    "Clusterings",
                    Create.of(chosen, other).withCoder(RecordCoder.of(Clustering.class))))
            .and(
                Evaluate.SONGS,
                pipeline.apply("Songs", Create.of(songs).withCoder(RecordCoder.of(SongRef.class))))
            .and(
                Evaluate.FEATURES,
                pipeline.apply(
                    "Features",
                    Create.of(features).withCoder(RecordCoder.of(SegmentFeatures.class))))
            .apply("Evaluate", Evaluate.with(options));

    ClusteringEvaluator evaluator =
        new ClusteringEvaluator(options, ids, points, ClusteringEvaluatorTest.labels(truth));
    PAssert.that(scored.get(Evaluate.METRICS))
        .containsInAnyOrder(
            evaluator.evaluate(chosen).metrics(), evaluator.evaluate(other).metrics());
    PAssert.that(scored.get(Evaluate.ASSIGNMENTS))
        .containsInAnyOrder(evaluator.evaluate(chosen).assignments());
    NearDuplicates.Found copies = NearDuplicates.among(ids, SongVectors.of(features), List.of());
    SongSample sample = new SongSample(features, packed(copies.groups()), copies.pairs());
    Map<String, SongRef> known = new HashMap<>();
    songs.forEach(song -> known.put(song.getId(), song));
    Findings expected =
        new SongFindings(options, sample, known)
            .of(
                "raw",
                "v1",
                new ModelEmbeddings(ids, points, new double[points.length][0]),
                List.of(chosen),
                clustering -> List.of());
    assertThat(expected.getProfiles()).hasSize(chosen.getK());
    assertThat(expected.getConfounds())
        .extracting(Confound::getProperty)
        .contains("codec", "source_folder");
    PAssert.that(scored.get(Evaluate.FINDINGS)).containsInAnyOrder(expected);
    pipeline.run();
  }

  private static ByteBuffer packed(int[] groups) {
    ByteBuffer packed = ByteBuffer.allocate(4 * groups.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int group : groups) {
      packed.putInt(group);
    }
    return packed.flip();
  }

  private static ByteBuffer centroids(double[][] points, int[] clusters, int k) {
    double[][] means = new double[k][points[0].length];
    for (int i = 0; i < points.length; i++) {
      int cluster = clusters[i];
      long size = IntStream.of(clusters).filter(c -> c == cluster).count();
      for (int d = 0; d < points[i].length; d++) {
        means[cluster][d] += points[i][d] / size;
      }
    }
    ByteBuffer packed =
        ByteBuffer.allocate(8 * k * points[0].length).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] mean : means) {
      for (double value : mean) {
        packed.putDouble(value);
      }
    }
    return packed.flip();
  }

  private static SegmentFeatures features(String id, double[] point) {
    ByteBuffer values = ByteBuffer.allocate(4 * point.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : point) {
      values.putFloat((float) value);
    }
    return SegmentFeatures.newBuilder()
        .setId(id)
        .setSpec("s")
        .setInfo(
            AudioInfo.newBuilder()
                .setDurationSeconds(60)
                .setSampleRate(44_100)
                .setChannels(2)
                .setCodec("mp3")
                .setBitRate(0)
                .build())
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(point.length)
        .setValues(values.flip())
        .build();
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
