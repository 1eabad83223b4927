package org.surmala.compare;

import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.surmala.io.RecordCoder;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;
import org.surmala.schema.PlannedFit;

/**
 * Computes each fit of a comparison, clusters it for each of its cells, and stores the cells in the
 * journal. Fits and cells are separate elements, distributed over all workers. The elements are
 * only positions in the grid: each process reads the songs once, and fits are passed between
 * workers through the journal, where a restarted job finds them.
 */
final class Compare extends PTransform<PBegin, PDone> {
  private final ComparisonInput input;
  private final List<PlannedFit> fits;

  private Compare(ComparisonInput input, List<PlannedFit> fits) {
    this.input = input;
    this.fits = List.copyOf(fits);
  }

  /** Computes and clusters these fits of the songs. */
  static Compare on(ComparisonInput input, List<PlannedFit> fits) {
    return new Compare(input, fits);
  }

  @Override
  public PDone expand(PBegin begin) {
    begin
        .apply("Plan", Read.from(new PlannedFits(fits)))
        .apply("Fit", ParDo.of(new FitRepresentationFn(input)))
        .setCoder(RecordCoder.of(PlannedCell.class))
        .apply("SpreadCells", Reshuffle.viaRandomKey())
        .apply("Cluster", ParDo.of(new ClusterCellFn(input)))
        .setCoder(RecordCoder.of(ComparisonCell.class))
        .apply("Journal", ParDo.of(new JournalFn(input.journal())));
    return PDone.in(begin.getPipeline());
  }
}
