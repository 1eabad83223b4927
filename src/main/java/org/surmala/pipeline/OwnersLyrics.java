package org.surmala.pipeline;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
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
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.read.Read;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Puts the lyrics that a song's owner gives (metadata.csv, a file beside the song) in the place of
 * those that the song's file has. The feature store keeps what the file says; what the owner says
 * may change without the song.
 */
final class OwnersLyrics extends PTransform<PCollectionTuple, PCollection<SegmentFeatures>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<String> LYRICS = new TupleTag<>("lyrics") {};

  private OwnersLyrics() {}

  /** Takes {@link Read#SONGS} and {@link Listen#FEATURES}, and gives every one of the features. */
  static OwnersLyrics overFiles() {
    return new OwnersLyrics();
  }

  /** The features of one song, with its owner's words. */
  static SegmentFeatures over(SegmentFeatures features, SongRef song) {
    String lyrics = song.getLyrics();
    return lyrics == null ? features : with(features, lyrics);
  }

  private static SegmentFeatures with(SegmentFeatures features, String lyrics) {
    return SegmentFeatures.newBuilder(features)
        .setInfo(AudioInfo.newBuilder(features.getInfo()).setLyrics(lyrics).build())
        .build();
  }

  @Override
  public PCollection<SegmentFeatures> expand(PCollectionTuple collection) {
    PCollection<KV<String, String>> lyrics =
        collection
            .get(Read.SONGS)
            .apply("Lyrics", ParDo.of(new LyricsFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    PCollection<KV<String, SegmentFeatures>> features =
        collection
            .get(Listen.FEATURES)
            .apply(
                "ById", WithKeys.of(SegmentFeatures::getId).withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(SegmentFeatures.class)));
    return KeyedPCollectionTuple.of(LYRICS, lyrics)
        .and(Listen.FEATURES, features)
        .apply("Join", CoGroupByKey.create())
        .apply("Replace", ParDo.of(new ReplaceFn()))
        .setCoder(AvroCoder.of(SegmentFeatures.class));
  }

  private static final class LyricsFn extends DoFn<SongRef, KV<String, String>> {
    @ProcessElement
    public void process(@Element SongRef song, OutputReceiver<KV<String, String>> out) {
      String lyrics = song.getLyrics();
      if (lyrics != null) {
        out.output(KV.of(song.getId(), lyrics));
      }
    }
  }

  private static final class ReplaceFn extends DoFn<KV<String, CoGbkResult>, SegmentFeatures> {
    @ProcessElement
    public void process(
        @Element KV<String, CoGbkResult> song, OutputReceiver<SegmentFeatures> out) {
      String lyrics = null;
      for (String given : song.getValue().getAll(LYRICS)) {
        lyrics = given;
      }
      for (SegmentFeatures features : song.getValue().getAll(Listen.FEATURES)) {
        out.output(lyrics == null ? features : with(features, lyrics));
      }
    }
  }
}
