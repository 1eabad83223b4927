package org.surmala.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.io.Gather;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/** Writes the features of a collection as one {@link FeatureFile}, ascending by path. */
public final class ExportFeatures extends PTransform<PCollectionTuple, PDone> {
  /** All songs; songs without features are ignored. */
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
    input.apply("Gather", Gather.all()).apply("Write", ParDo.of(new WriteFn(file)));
    return PDone.in(input.getPipeline());
  }

  private static final class WriteFn extends DoFn<KV<Integer, CoGbkResult>, Void> {
    private final FeatureFile file;
    private final Counter exported = Metrics.counter("surmala", "exported");

    WriteFn(FeatureFile file) {
      this.file = file;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> all) throws IOException {
      CoGbkResult gathered = all.getValue();
      Map<String, SegmentFeatures> byId = new HashMap<>();
      gathered.getAll(FEATURES).forEach(f -> byId.put(f.getId(), f));
      List<FeatureFile.Row> rows = new ArrayList<>();
      for (SongRef song : gathered.getAll(SONGS)) {
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
