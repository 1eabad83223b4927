package org.surmala.watch;

import java.util.Objects;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.schema.FileEvent;
import org.surmala.schema.SongRef;
import org.surmala.schema.WatchEvent;

/**
 * Builds the pipeline of a watch. Everything is in the global window, and no element is late: a
 * delayed song is assigned by the model version that is current when it arrives.
 */
final class WatchPipeline {
  private static final Coder<KV<Integer, WatchEvent>> SHARDED =
      KvCoder.of(VarIntCoder.of(), RecordCoder.of(WatchEvent.class));

  private WatchPipeline() {}

  /** Applies every stage, with a poll per interval; returns the assignments. */
  static PCollection<WatchEvent> build(Pipeline pipeline, WatchConfig config) {
    // The Direct Runner reads a source only while no step has work, and a step that waits for
    // messages always has. On Flink, savepoints restore a source at any parallelism, but not an
    // impulse.
    PCollection<Instant> moments =
        pipeline.getOptions().getRunner().equals(DirectRunner.class)
            ? pipeline
                .apply("Begin", Impulse.create())
                .apply("Moments", ParDo.of(new ClockFn(config.pollInterval())))
            : pipeline.apply("Moments", Read.from(new PollClock(config.pollInterval())));
    return build(moments, config);
  }

  /** Applies every stage at the times of polls; returns the assignments. */
  static PCollection<WatchEvent> build(PCollection<Instant> moments, WatchConfig config) {
    PCollection<WatchEvent> events =
        moments
            .apply("Watch", WatchSongs.with(config.read()))
            .apply(
                "Spread",
                Reshuffle.<WatchEvent>viaRandomKey()
                    .withNumBuckets(config.pipeline().shards().count()))
            .apply("ExtractFeatures", ExtractEvents.with(config.pipeline(), config.history()));
    return conclude(events, config);
  }

  /**
   * Applies the stages after extraction to events and polls in any order; returns the assignments.
   */
  static PCollection<WatchEvent> conclude(PCollection<WatchEvent> events, WatchConfig config) {
    Shards shards = new Shards(config.assignShards());
    PCollection<KV<String, WatchEvent>> polls =
        keyed("Polls", events.apply("PollsOnly", Filter.by(event -> event.getPoll() != null)));
    PCollection<KV<Integer, WatchEvent>> versions =
        polls.apply("ModelVersions", ParDo.of(new ModelVersionsFn(config))).setCoder(SHARDED);
    PCollection<KV<Integer, WatchEvent>> files =
        events
            .apply("Files", Filter.by(event -> event.getFile() != null))
            .apply(
                "ByShard",
                WithKeys.<Integer, WatchEvent>of(event -> shard(shards, event))
                    .withKeyType(TypeDescriptors.integers()))
            .setCoder(SHARDED);
    PCollection<WatchEvent> assigned =
        PCollectionList.of(files)
            .and(versions)
            .apply("FilesAndVersions", Flatten.pCollections())
            .apply("Assign", ParDo.of(new AssignFn(config)))
            .setCoder(RecordCoder.of(WatchEvent.class));
    // Keys are assigned before the collections are flattened: each chain sends directly to the one
    // worker.
    PCollection<WatchEvent> requests =
        PCollectionList.of(
                keyed(
                    "ForCounting",
                    assigned
                        .apply("CountedOnly", ParDo.of(new CountedOnlyFn()))
                        .setCoder(RecordCoder.of(WatchEvent.class))))
            .and(polls)
            .apply("AllToCount", Flatten.pCollections())
            .apply("RequestRefit", ParDo.of(new RequestRefitFn(config)))
            .setCoder(RecordCoder.of(WatchEvent.class));
    PCollectionList.of(keyed("ForPublishing", assigned))
        .and(keyed("Requests", requests))
        .and(polls)
        .apply("AllToPublish", Flatten.pCollections())
        .apply("Publish", ParDo.of(new PublishFn(config)));
    return assigned;
  }

  /** All paths of a song are in one shard. */
  private static int shard(Shards shards, WatchEvent event) {
    FileEvent file = Objects.requireNonNull(event.getFile());
    SongRef song = file.getSong();
    return shards.of(song == null ? file.getUri() : song.getId());
  }

  /** Uses one key for the whole collection: version, count and results are global state. */
  private static PCollection<KV<String, WatchEvent>> keyed(
      String name, PCollection<WatchEvent> events) {
    return events
        .apply(
            name,
            WithKeys.<String, WatchEvent>of("collection").withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(WatchEvent.class)));
  }

  /** Drops what the refit counter does not need, since one worker counts for all. */
  private static final class CountedOnlyFn extends DoFn<WatchEvent, WatchEvent> {
    @ProcessElement
    public void process(@Element WatchEvent event, OutputReceiver<WatchEvent> out) {
      if (event.getVersion() != null || !event.getCounted().isEmpty()) {
        WatchEvent.Builder counted = WatchEvent.newBuilder();
        out.output(counted.setVersion(event.getVersion()).setCounted(event.getCounted()).build());
      }
    }
  }
}
