package org.surmala.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/** Writes the features of a collection as one {@link FeatureFile}, ascending by path. */
public final class ExportFeatures extends PTransform<PCollectionTuple, PDone> {
  private static final long serialVersionUID = 1L;

  /** Every song; those without features are left out. */
  public static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** Features of the songs. */
  public static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  private final FeatureFile file;

  private ExportFeatures(FeatureFile file) {
    this.file = file;
  }

  /** Writes the given file. */
  public static ExportFeatures to(FeatureFile file) {
    return new ExportFeatures(file);
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    PCollectionView<Iterable<SongRef>> songs =
        input.get(SONGS).apply("GatherSongs", View.asIterable());
    PCollectionView<Iterable<SegmentFeatures>> features =
        input.get(FEATURES).apply("GatherFeatures", View.asIterable());
    input
        .getPipeline()
        .apply("Once", Create.of("export").withCoder(StringUtf8Coder.of()))
        .apply(
            "Write", ParDo.of(new WriteFn(file, songs, features)).withSideInputs(songs, features));
    return PDone.in(input.getPipeline());
  }

  private static final class WriteFn extends DoFn<String, Void> {
    private final FeatureFile file;
    private final PCollectionView<Iterable<SongRef>> songs;
    private final PCollectionView<Iterable<SegmentFeatures>> features;
    private final Counter exported = Metrics.counter("surmala", "exported");

    WriteFn(
        FeatureFile file,
        PCollectionView<Iterable<SongRef>> songs,
        PCollectionView<Iterable<SegmentFeatures>> features) {
      this.file = file;
      this.songs = songs;
      this.features = features;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      Map<String, SegmentFeatures> byId = new HashMap<>();
      context.sideInput(features).forEach(f -> byId.put(f.getId(), f));
      List<FeatureFile.Row> rows = new ArrayList<>();
      for (SongRef song : context.sideInput(songs)) {
        SegmentFeatures known = byId.get(song.getId());
        if (known != null) {
          rows.add(new FeatureFile.Row(song, known));
        }
      }
      rows.sort(Comparator.comparing(row -> row.song().getFilepath()));
      file.write(rows);
      exported.inc(rows.size());
    }
  }
}
