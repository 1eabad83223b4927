package org.surmala.compare;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.LabelCodes;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.ComparisonFit;
import org.surmala.schema.PlannedCell;

/**
 * Clusters a fit for each of its cells. A restarted job processes its cells again; cells in the
 * journal are skipped.
 */
final class ClusterCellFn extends DoFn<PlannedCell, ComparisonCell> {
  private final ComparisonInput input;
  private transient @Nullable ComparedSongs songs;

  /** Cache of the last cell and its fit: the next cell often has the same fit. */
  private transient @Nullable PlannedCell last;

  private transient @Nullable FittedSongs fit;

  ClusterCellFn(ComparisonInput input) {
    this.input = input;
  }

  @Setup
  public void setUp() throws IOException {
    songs = ComparedSongs.open(input);
  }

  @ProcessElement
  public void process(@Element PlannedCell cell, OutputReceiver<ComparisonCell> out)
      throws IOException {
    if (!input.journal().has(cell)) {
      LabelCodes labels = Objects.requireNonNull(songs).labels();
      out.output(new CellClusterer(input.clusterOptions(), labels).cluster(cell, fit(cell)));
    }
  }

  private FittedSongs fit(PlannedCell cell) throws IOException {
    FittedSongs known = fit;
    if (known == null
        || last == null
        || last.getSeed() != cell.getSeed()
        || !last.getRepresentation().equals(cell.getRepresentation())) {
      ComparisonFit record = input.journal().fit(cell.getRepresentation(), cell.getSeed());
      if (record == null) {
        throw new IOException(
            ("%s lacks the fit of %s with seed %s; use a --data that every worker of the"
                    + " cluster sees at this path")
                .formatted(input.journal().folder(), cell.getRepresentation(), cell.getSeed()));
      }
      known = FittedSongs.of(record);
      fit = known;
      last = cell;
    }
    return known;
  }

  @Teardown
  public void tearDown() throws IOException {
    if (songs != null) {
      songs.close();
    }
  }
}
