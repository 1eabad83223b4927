package org.surmala.bench;

import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.surmala.config.PipelineConfig;
import org.surmala.io.RecordCoder;
import org.surmala.pipeline.CollectFeatures;
import org.surmala.read.Read;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;

/**
 * Creates {@link SyntheticSongs}, with the outputs of {@link CollectFeatures}: no file fails, is
 * skipped or is a duplicate.
 */
final class SyntheticFeatures extends PTransform<PBegin, PCollectionTuple> {
  private final long songs;
  private final int dimensions;
  private final String spec;
  private final long seed;

  private SyntheticFeatures(long songs, int dimensions, String spec, long seed) {
    this.songs = songs;
    this.dimensions = dimensions;
    this.spec = spec;
    this.seed = seed;
  }

  /** The given number of songs, with the configuration's feature specification and seed. */
  static SyntheticFeatures of(long songs, PipelineConfig config) {
    return new SyntheticFeatures(
        songs, config.dimensionNames().size(), config.spec(), config.seed());
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple made =
        begin
            .apply("Numbers", GenerateSequence.from(0).to(songs))
            .apply(
                "Make",
                ParDo.of(new MakeFn(dimensions, spec, seed))
                    .withOutputTags(CollectFeatures.FEATURES, TupleTagList.of(Read.SONGS)));
    made.get(CollectFeatures.FEATURES).setCoder(RecordCoder.of(SegmentFeatures.class));
    made.get(Read.SONGS).setCoder(RecordCoder.of(SongRef.class));
    return made.and(Read.FAILURES, none(begin, Failure.class))
        .and(Read.DUPLICATES, none(begin, DuplicateSong.class))
        .and(Read.SKIPPED, none(begin, SkippedFile.class))
        .and(Read.LISTED, begin.apply("Listed", Create.of(songs)));
  }

  private static <T extends SpecificRecord> PCollection<T> none(PBegin begin, Class<T> type) {
    return begin.apply("No" + type.getSimpleName(), Create.empty(RecordCoder.of(type)));
  }

  static final class MakeFn extends DoFn<Long, SegmentFeatures> {
    private final int dimensions;
    private final String spec;
    private final long seed;
    private final Counter found = Metrics.counter("surmala", "found");
    private final Counter identified = Metrics.counter("surmala", "identified");
    private transient @Nullable SyntheticSongs made;

    MakeFn(int dimensions, String spec, long seed) {
      this.dimensions = dimensions;
      this.spec = spec;
      this.seed = seed;
    }

    @Setup
    public void setup() {
      made = new SyntheticSongs(dimensions, spec, seed);
    }

    @ProcessElement
    public void process(@Element Long number, MultiOutputReceiver out) {
      SyntheticSongs synthetic = Objects.requireNonNull(made);
      out.get(CollectFeatures.FEATURES).output(synthetic.features(number));
      out.get(Read.SONGS).output(synthetic.song(number));
      found.inc();
      identified.inc();
    }
  }
}
