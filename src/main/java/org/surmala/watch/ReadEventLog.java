package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.io.RecordCoder;
import org.surmala.pipeline.CollectFeatures;
import org.surmala.read.Read;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;
import org.surmala.store.FeatureStore;
import org.surmala.store.Recall;
import org.surmala.store.StoredSongs;

/**
 * Reads the songs of a watched collection as of one event of its log, with their features from the
 * store. Its outputs are those of {@link CollectFeatures}. The same log and event give the same
 * songs.
 */
final class ReadEventLog extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  private final WatchConfig config;
  private final long through;

  private ReadEventLog(WatchConfig config, long through) {
    this.config = config;
    this.through = through;
  }

  /** Reads a watch's log up to the last event that counts. */
  static ReadEventLog of(WatchConfig config, long through) {
    return new ReadEventLog(config, through);
  }

  /** The files of the collection as of that event. */
  static WatchedFiles files(WatchConfig config, long through) throws IOException {
    FileEventLog history = config.history();
    List<FileEvent> events = new ArrayList<>(history.after(0));
    events.removeIf(event -> event.getNumber() > through);
    WatchedFiles files = WatchedFiles.following(events);
    return config.pipeline().report().writesMetadata()
        ? files.in(UserMetadata.read(config.pipeline().report().data()))
        : files;
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple read =
        begin
            .apply("Through", Create.of(through).withCoder(VarLongCoder.of()))
            .apply(
                "Read",
                ParDo.of(new ReadFn(config))
                    .withOutputTags(
                        Read.SONGS,
                        TupleTagList.of(Read.FAILURES)
                            .and(Read.DUPLICATES)
                            .and(Read.SKIPPED)
                            .and(Read.LISTED)));
    read.get(Read.FAILURES).setCoder(RecordCoder.of(Failure.class));
    read.get(Read.DUPLICATES).setCoder(RecordCoder.of(DuplicateSong.class));
    read.get(Read.SKIPPED).setCoder(RecordCoder.of(SkippedFile.class));
    read.get(Read.LISTED).setCoder(VarLongCoder.of());
    PCollection<SongRef> songs =
        read.get(Read.SONGS)
            .setCoder(RecordCoder.of(SongRef.class))
            .apply(
                "Spread",
                Reshuffle.<SongRef>viaRandomKey()
                    .withNumBuckets(config.pipeline().shards().count()));
    FeatureStore store = config.pipeline().store();
    PCollectionTuple recalled = songs.apply("Recall", Recall.from(store));
    recalled.get(Recall.UNKNOWN).apply("RequireStored", ParDo.of(new RequireStoredFn(store)));
    return PCollectionTuple.of(Read.SONGS, songs)
        .and(CollectFeatures.FEATURES, recalled.get(Recall.KNOWN))
        .and(Read.FAILURES, read.get(Read.FAILURES))
        .and(Read.DUPLICATES, read.get(Read.DUPLICATES))
        .and(Read.SKIPPED, read.get(Read.SKIPPED))
        .and(Read.LISTED, read.get(Read.LISTED));
  }

  private static final class ReadFn extends DoFn<Long, SongRef> {
    private final WatchConfig config;

    ReadFn(WatchConfig config) {
      this.config = config;
    }

    @ProcessElement
    public void process(@Element Long through, MultiOutputReceiver out) throws IOException {
      WatchedFiles files = files(config, through);
      files.songs().forEach(out.get(Read.SONGS)::output);
      files.failures().forEach(out.get(Read.FAILURES)::output);
      files.duplicates().forEach(out.get(Read.DUPLICATES)::output);
      files.skipped().forEach(out.get(Read.SKIPPED)::output);
      out.get(Read.LISTED).output((long) files.found() - files.waiting());
    }
  }

  /**
   * Fails on a song without stored features: a watch extracts every song before it counts, so only
   * a damaged store lacks one.
   */
  private static final class RequireStoredFn extends DoFn<SongRef, Void> {
    private final FeatureStore store;

    RequireStoredFn(FeatureStore store) {
      this.store = store;
    }

    @ProcessElement
    public void process(@Element SongRef song) throws IOException {
      new StoredSongs(store).require(song.getId());
    }
  }
}
