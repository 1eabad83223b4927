package org.surmala.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.schema.Stage;

public final class RecallTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void givenAStore_whenSongsAreLookedUp_thenEachIsInOneOutput() throws IOException {
    FeatureStore store = new FeatureStore(temporary.getRoot().toString(), "spec");
    SegmentFeatures known = FeatureStoreTest.features("known", 1);
    store.writeFeatures(List.of(known, FeatureStoreTest.features("removed", 2)));
    store.writeFailures(
        List.of(
            new Failure(
                "bad", "/old/bad.mp3", "old/bad.mp3", Stage.DECODE, "corrupt", "m", false)));

    PCollectionTuple found =
        pipeline
            .apply(
                Create.of(song("known"), song("bad"), song("new"))
                    .withCoder(RecordCoder.of(SongRef.class)))
            .apply(Recall.from(store));

    PAssert.that(found.get(Recall.KNOWN)).containsInAnyOrder(known);
    PAssert.that(found.get(Recall.UNKNOWN)).containsInAnyOrder(song("new"));
    PAssert.that(found.get(Recall.FAILED))
        .containsInAnyOrder(
            new Failure(
                "bad", "/songs/bad.mp3", "songs/bad.mp3", Stage.DECODE, "corrupt", "m", false));
    pipeline.run();
  }

  @Test
  public void givenDamagedFiles_whenSongsAreLookedUp_thenTheirsAreUnknown() throws IOException {
    FeatureStore store = new FeatureStore(temporary.getRoot().toString(), "spec");
    store.writeFeatures(List.of(FeatureStoreTest.features("cut", 1)));
    store.writeFailures(
        List.of(new Failure("bad", "/bad.mp3", "bad.mp3", Stage.DECODE, "corrupt", "m", false)));
    for (String file : List.of(store.featureFiles().get(0), store.failureFiles().get(0))) {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      Files.write(Path.of(file), Arrays.copyOf(bytes, bytes.length - 1));
    }
    SegmentFeatures known = FeatureStoreTest.features("known", 2);
    store.writeFeatures(List.of(known));

    PCollectionTuple found =
        pipeline
            .apply(
                Create.of(song("cut"), song("bad"), song("known"))
                    .withCoder(RecordCoder.of(SongRef.class)))
            .apply(Recall.from(store));

    PAssert.that(found.get(Recall.KNOWN)).containsInAnyOrder(known);
    PAssert.that(found.get(Recall.UNKNOWN)).containsInAnyOrder(song("cut"), song("bad"));
    PAssert.that(found.get(Recall.FAILED)).empty();
    pipeline.run();
  }

  @Test
  public void givenASongInTwoFiles_whenLookedUp_thenItComesOnce() throws IOException {
    FeatureStore store = new FeatureStore(temporary.getRoot().toString(), "spec");
    SegmentFeatures song = FeatureStoreTest.features("a", 1);
    store.writeFeatures(List.of(song));
    store.writeFeatures(List.of(song, FeatureStoreTest.features("b", 2)));

    PCollectionTuple found =
        pipeline
            .apply(Create.of(song("a")).withCoder(RecordCoder.of(SongRef.class)))
            .apply(Recall.from(store));

    PAssert.that(found.get(Recall.KNOWN)).containsInAnyOrder(song);
    PAssert.that(found.get(Recall.UNKNOWN)).empty();
    PAssert.that(found.get(Recall.FAILED)).empty();
    pipeline.run();
  }

  private static SongRef song(String id) {
    return SongRef.newBuilder()
        .setId(id)
        .setUri("/songs/" + id + ".mp3")
        .setFilepath("songs/" + id + ".mp3")
        .setSize(1)
        .setModified(2)
        .build();
  }
}
