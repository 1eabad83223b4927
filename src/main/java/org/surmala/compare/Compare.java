package org.surmala.compare;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;
import org.surmala.schema.PlannedFit;

/**
 * Makes each fit of a comparison, clusters it once for each of its cells, and keeps the cells in
 * the journal. Fits and cells are elements of their own, spread over all workers. What travels is
 * their place in the grid: the songs are read by each process once, and a fit goes from the worker
 * that made it to those that cluster it by way of the journal, where one that was killed finds it.
 */
final class Compare extends PTransform<PCollection<PlannedFit>, PDone> {
  private static final long serialVersionUID = 1L;

  private final ComparisonInput input;

  private Compare(ComparisonInput input) {
    this.input = input;
  }

  /** Compares on these songs. */
  static Compare on(ComparisonInput input) {
    return new Compare(input);
  }

  @Override
  public PDone expand(PCollection<PlannedFit> fits) {
    fits.apply("SpreadFits", Reshuffle.viaRandomKey())
        .apply("Fit", ParDo.of(new FitRepresentationFn(input)))
        .setCoder(RecordCoder.of(PlannedCell.class))
        .apply("SpreadCells", Reshuffle.viaRandomKey())
        .apply("Cluster", ParDo.of(new ClusterCellFn(input)))
        .setCoder(RecordCoder.of(ComparisonCell.class))
        .apply("Journal", ParDo.of(new JournalFn(input.journal())));
    return PDone.in(fits.getPipeline());
  }
}
