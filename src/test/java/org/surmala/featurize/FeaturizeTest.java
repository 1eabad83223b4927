package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Stage;
import org.surmala.step.Step;

public final class FeaturizeTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void eachSegmentGivesItsFeaturesOrItsFailure() throws Exception {
    FeatureOptions options =
        FeatureOptionsWith.features(FeatureOptions.defaults(), List.of("mfcc", "rms", "tempo"));
    AudioSegment song =
        Segments.of(Segments.samples(2, n -> 0.3 * Math.sin(0.1 * n) * Math.sin(0.0005 * n)));
    AudioSegment tooShort = Segments.of(new float[100]);
    PCollectionTuple result =
        pipeline
            .apply(Create.of(song, tooShort).withCoder(RecordCoder.of(AudioSegment.class)))
            .apply("Featurize", Featurize.with(options, Segments.RATE, "v1"));
    PAssert.that(result.get(Featurize.FEATURES))
        .containsInAnyOrder(new FeatureExtractor(options, Segments.RATE, "v1").extract(song));
    PAssert.thatSingleton(result.get(Step.FAILURES))
        .satisfies(
            failure -> {
              assertThat(failure.getCode()).isEqualTo("too_short");
              assertThat(failure.getStage()).isEqualTo(Stage.SEGMENT);
              assertThat(failure.getUri()).isEqualTo(song.getSong().getUri());
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
