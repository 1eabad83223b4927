package org.surmala.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.read.SongIdentifier;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Gives each file its identity and hears it, in one step: the first song is heard when one file was
 * read, not when all were. Only for files of which none is another's duplicate, and none is in the
 * feature store.
 */
final class HearFiles extends PTransform<PCollection<SongFile>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Files with their identity, whether they could be heard or not. */
  static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** What was heard. */
  static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  /** What could not be read or heard. */
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final AudioOptions options;
  private final String processed;

  private HearFiles(AudioOptions options, String processed) {
    this.options = options;
    this.processed = processed;
  }

  /**
   * Hears with the given options.
   *
   * @param options of the four audio stages
   * @param processed folder for the segments, ending in a slash
   */
  static HearFiles with(AudioOptions options, String processed) {
    return new HearFiles(options, processed);
  }

  @Override
  public PCollectionTuple expand(PCollection<SongFile> files) {
    PCollectionTuple heard =
        files.apply(
            "ReadAndHear",
            ParDo.of(new ReadAndHearFn(options, processed))
                .withOutputTags(FEATURES, TupleTagList.of(List.of(SONGS, FAILURES))));
    heard.get(FEATURES).setCoder(AvroCoder.of(SegmentFeatures.class));
    heard.get(SONGS).setCoder(AvroCoder.of(SongRef.class));
    heard.get(FAILURES).setCoder(AvroCoder.of(Failure.class));
    return heard;
  }

  private static final class ReadAndHearFn extends DoFn<SongFile, SegmentFeatures> {
    private final AudioOptions options;
    private final String processed;
    private final Counter identified = Metrics.counter("surmala", "identified");
    private final Counter pending = Metrics.counter("surmala", "pending");
    private final Counter decoded = Metrics.counter("surmala", "decoded");
    private final Counter failed = Metrics.counter("surmala", "failed");
    private final Counter micros = Metrics.counter("surmala", "micros.read");
    private transient @Nullable SongIdentifier identifier;
    private transient @Nullable SongListener listener;

    ReadAndHearFn(AudioOptions options, String processed) {
      this.options = options;
      this.processed = processed;
    }

    @Setup
    public void setup() {
      identifier = new SongIdentifier();
      listener = new SongListener(options, processed);
    }

    @ProcessElement
    public void process(@Element SongFile file, MultiOutputReceiver out) throws IOException {
      long start = System.nanoTime();
      SongRef song = null;
      try {
        song = Objects.requireNonNull(identifier).identify(file);
      } catch (SongException e) {
        pending.dec();
        out.get(FAILURES).output(e.toFailure(null, file.getUri(), file.getFilepath()));
      }
      identified.inc();
      micros.inc((System.nanoTime() - start) / 1_000);
      if (song != null) {
        out.get(SONGS).output(song);
        hear(song, out);
      }
    }

    private void hear(SongRef song, MultiOutputReceiver out) throws IOException {
      try {
        out.get(FEATURES).output(Objects.requireNonNull(listener).listen(song));
      } catch (SongException e) {
        failed.inc();
        ListeningProgress.failed();
        out.get(FAILURES).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
      }
      decoded.inc();
      ListeningProgress.heard();
    }
  }
}
