package org.surmala.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.Stage;

public final class StoreFeaturesTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void givenSongs_whenStored_thenEachIsInTheStoreAndGivenOn() throws IOException {
    FeatureStore store = new FeatureStore(temporary.getRoot().toString(), "spec");
    List<SegmentFeatures> songs =
        IntStream.range(0, 3 * StoreFeatures.FILE_SONGS + 1)
            .mapToObj(i -> FeatureStoreTest.features("%03d".formatted(i), i))
            .toList();

    PCollection<SegmentFeatures> out =
        pipeline
            .apply(Create.of(songs).withCoder(RecordCoder.of(SegmentFeatures.class)))
            .apply(StoreFeatures.into(store))
            .get(StoreFeatures.STORED);

    PAssert.that(out).containsInAnyOrder(songs);
    pipeline.run().waitUntilFinish();
    List<SegmentFeatures> stored = new java.util.ArrayList<>();
    for (String file : store.featureFiles()) {
      FeatureStore.readFeatures(file, stored::add);
    }
    assertThat(stored).containsExactlyInAnyOrderElementsOf(songs);
  }

  @Test
  public void givenFailures_whenRemembered_thenTransientAndUnidentifiedOnesAreNot()
      throws IOException {
    FeatureStore store = new FeatureStore(temporary.getRoot().toString(), "spec");
    Failure lasting = new Failure("a", "/a", "a", Stage.DECODE, "corrupt", "m", false);
    Failure passing = new Failure("b", "/b", "b", Stage.DECODE, "timeout", "m", true);
    Failure nameless = new Failure(null, "/c", "c", Stage.READ, "is_directory", "m", false);

    pipeline
        .apply(Create.of(lasting, passing, nameless).withCoder(RecordCoder.of(Failure.class)))
        .apply(RememberFailures.in(store));
    pipeline.run().waitUntilFinish();

    List<Failure> stored = new java.util.ArrayList<>();
    for (String file : store.failureFiles()) {
      FeatureStore.readFailures(file, stored::add);
    }
    assertThat(stored).containsExactly(lasting);
  }
}
