package org.surmala.pipeline;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.surmala.coder.RecordCoder;
import org.surmala.read.WatchSongs;
import org.surmala.schema.WatchEvent;

/**
 * The way of a collection that grows. Everything is in the global window, and nothing is ever too
 * late: a song that was long in coming is placed by the edition that there is then.
 */
final class WatchPipeline {
  private WatchPipeline() {}

  /** Applies every stage, with a look at the songs in each interval from now on. */
  static void build(Pipeline pipeline, WatchConfig config) {
    build(
        pipeline.apply(
            "Moments",
            PeriodicImpulse.create().startAt(Instant.now()).withInterval(config.lookInterval())),
        config);
  }

  /**
   * Applies every stage.
   *
   * @param moments at each of which the songs are looked at
   */
  static void build(PCollection<Instant> moments, WatchConfig config) {
    PCollection<WatchEvent> events =
        moments
            .apply("Watch", WatchSongs.with(config.read()))
            .apply(
                "Spread",
                Reshuffle.<WatchEvent>viaRandomKey()
                    .withNumBuckets(config.pipeline().shards().count()))
            .apply("Hear", ParDo.of(new HearFn(config.pipeline(), config.history())))
            .setCoder(RecordCoder.of(WatchEvent.class));
    conclude(events, config);
  }

  /**
   * Applies the stages after listening.
   *
   * @param events of files that were heard, and looks, in any order
   */
  static void conclude(PCollection<WatchEvent> events, WatchConfig config) {
    PCollection<WatchEvent> bare =
        events
            .apply(
                "WithoutFeatures",
                MapElements.into(TypeDescriptor.of(WatchEvent.class))
                    .via(WatchPipeline::withoutFeatures))
            .setCoder(RecordCoder.of(WatchEvent.class));
    PCollection<WatchEvent> editions =
        keyed("ForTraining", bare)
            .apply("Refit", ParDo.of(new RefitFn(config)))
            .setCoder(RecordCoder.of(WatchEvent.class));
    PCollection<WatchEvent> placed =
        keyed(
                "ForPlacing",
                PCollectionList.of(events)
                    .and(editions)
                    .apply("SongsAndEditions", Flatten.pCollections()))
            .apply("Place", ParDo.of(new PlaceFn(config)))
            .setCoder(RecordCoder.of(WatchEvent.class));
    keyed(
            "ForPublishing",
            PCollectionList.of(bare).and(placed).apply("FilesAndPlaces", Flatten.pCollections()))
        .apply("Publish", ParDo.of(new PublishFn(config)));
  }

  /** Placing alone needs features; what waits for the trainer while it fits should be small. */
  private static WatchEvent withoutFeatures(WatchEvent event) {
    return event.getFeatures() == null
        ? event
        : WatchEvent.newBuilder().setFile(event.getFile()).build();
  }

  /** The collection is one: its model, its places and its results are each kept under one key. */
  private static PCollection<KV<String, WatchEvent>> keyed(
      String name, PCollection<WatchEvent> events) {
    return events
        .apply(
            name,
            WithKeys.<String, WatchEvent>of("collection").withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(WatchEvent.class)));
  }
}
