package org.surmala.report;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.io.Gather;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * Writes the results of a run: tables, embeddings, the model, plots, and metadata. It waits for all
 * records, so that all files belong to the same run; each file is replaced atomically. The input
 * holds one collection for each tag below. The tables of songs are in one file each, or in parts
 * ({@link ReportOptions#parts}).
 */
public final class Report extends PTransform<PCollectionTuple, PDone> {
  /** Every found song, without duplicates. */
  public static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** Audio properties of the songs that did not fail. */
  public static final TupleTag<SongAudioInfo> AUDIO = new TupleTag<>("audio") {};

  /** Every failure of every stage. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** Skipped files. */
  public static final TupleTag<SkippedFile> SKIPPED = new TupleTag<>("skipped") {};

  /** Embeddings under every model. */
  public static final TupleTag<Embedding> EMBEDDINGS = new TupleTag<>("embeddings") {};

  /** The models. */
  public static final TupleTag<ModelCheckpoint> CHECKPOINTS = new TupleTag<>("checkpoints") {};

  /** Every clustering of every representation. */
  public static final TupleTag<Clustering> CLUSTERINGS = new TupleTag<>("clusterings") {};

  /** Scores of every clustering. */
  public static final TupleTag<ClusteringMetrics> METRICS = new TupleTag<>("metrics") {};

  /** Assignments of every chosen clustering. */
  public static final TupleTag<ClusterAssignment> ASSIGNMENTS = new TupleTag<>("assignments") {};

  /** Further findings about each representation. */
  public static final TupleTag<Findings> FINDINGS = new TupleTag<>("findings") {};

  private final ReportOptions options;

  private Report(ReportOptions options) {
    this.options = options;
  }

  /** Writes the results with the given options. */
  public static Report to(ReportOptions options) {
    return new Report(options);
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    if (options.parts() > 0) {
      return input.apply("InParts", new ReportInParts(options));
    }
    input.apply("Gather", Gather.all()).apply("Write", ParDo.of(new WriteResultsFn(options)));
    return PDone.in(input.getPipeline());
  }
}
