package org.surmala.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/** The four audio stages, one song at a time. */
final class AudioToFeaturesFn extends DoFn<SongRef, SegmentFeatures> {
  private final HearingOutputs hearing;

  AudioToFeaturesFn(
      AudioOptions options,
      String processed,
      TupleTag<SegmentFeatures> features,
      TupleTag<Failure> failures) {
    hearing = new HearingOutputs(options, processed, features, failures);
  }

  @Setup
  public void setup() {
    hearing.setUp();
  }

  @ProcessElement
  public void process(@Element SongRef song, MultiOutputReceiver out) throws IOException {
    hearing.hear(song, out);
  }
}
