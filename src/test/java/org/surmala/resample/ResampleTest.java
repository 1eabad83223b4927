package org.surmala.resample;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.failure.SongException;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AudioClip;
import org.surmala.schema.Failure;
import org.surmala.schema.Stage;
import org.surmala.step.Step;

public final class ResampleTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void resamplesEachClipAndSaysWhichItCouldNot() throws SongException {
    float[] sound = new float[9_600];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) Math.sin(0.05 * i);
    }
    AudioClip good = MonoResamplerTest.clip(sound, 2, 48_000);
    AudioClip bad = MonoResamplerTest.clip(sound, 2, 7);

    PCollectionTuple result =
        pipeline
            .apply(
                "Clips", Create.of(List.of(good, bad)).withCoder(RecordCoder.of(AudioClip.class)))
            .apply("Resample", Resample.to(22_050));

    PAssert.that(result.get(Resample.RESAMPLED))
        .containsInAnyOrder(new MonoResampler(22_050).resample(good));
    PAssert.that(result.get(Step.FAILURES))
        .containsInAnyOrder(
            new Failure(
                "id",
                "/songs/a.wav",
                "a.wav",
                Stage.DECODE,
                "bad_header",
                "the sample rate must be 1000 to 1000000 Hz, and the file claims 7",
                false));
    pipeline.run();
  }

  @Test
  public void refusesARateThatIsNone() {
    pipeline.enableAbandonedNodeEnforcement(false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resample.to(0))
        .withMessageContaining("1000 to 1000000");
  }
}
