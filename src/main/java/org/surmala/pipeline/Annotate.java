package org.surmala.pipeline;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.config.Annotation;
import org.surmala.io.RecordCoder;
import org.surmala.read.Read;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Adds lyrics and labels from the user's metadata to each song's features ({@link Annotation}).
 * They are not in the feature store, since metadata can change while the song's file does not.
 */
final class Annotate extends PTransform<PCollectionTuple, PCollection<SegmentFeatures>> {
  private final Annotation annotation;

  private Annotate(Annotation annotation) {
    this.annotation = annotation;
  }

  /**
   * Reads {@link Read#SONGS} and {@link CollectFeatures#FEATURES}, and emits every element of the
   * features.
   */
  static Annotate with(Annotation annotation) {
    return new Annotate(annotation);
  }

  @Override
  public PCollection<SegmentFeatures> expand(PCollectionTuple collection) {
    PCollection<KV<String, SongRef>> songs =
        collection
            .get(Read.SONGS)
            .apply("Songs", WithKeys.of(SongRef::getId).withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(SongRef.class)));
    PCollection<KV<String, SegmentFeatures>> features =
        collection
            .get(CollectFeatures.FEATURES)
            .apply(
                "ById", WithKeys.of(SegmentFeatures::getId).withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(SegmentFeatures.class)));
    return KeyedPCollectionTuple.of(Read.SONGS, songs)
        .and(CollectFeatures.FEATURES, features)
        .apply("Join", CoGroupByKey.create())
        .apply("Annotate", ParDo.of(new AnnotateFn(annotation)))
        .setCoder(RecordCoder.of(SegmentFeatures.class));
  }

  private static final class AnnotateFn extends DoFn<KV<String, CoGbkResult>, SegmentFeatures> {
    private final Annotation annotation;

    AnnotateFn(Annotation annotation) {
      this.annotation = annotation;
    }

    @ProcessElement
    public void process(
        @Element KV<String, CoGbkResult> song, OutputReceiver<SegmentFeatures> out) {
      SongRef owned = null;
      for (SongRef given : song.getValue().getAll(Read.SONGS)) {
        owned = given;
      }
      for (SegmentFeatures features : song.getValue().getAll(CollectFeatures.FEATURES)) {
        out.output(annotation.with(features, owned));
      }
    }
  }
}
