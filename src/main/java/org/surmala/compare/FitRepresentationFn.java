package org.surmala.compare;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.PlannedCell;
import org.surmala.schema.PlannedFit;

/** Computes a fit unless the journal has it, stores it there, and emits its cells. */
final class FitRepresentationFn extends DoFn<PlannedFit, PlannedCell> {
  private final ComparisonInput input;
  private transient @Nullable ComparedSongs songs;

  FitRepresentationFn(ComparisonInput input) {
    this.input = input;
  }

  @Setup
  public void setUp() throws IOException {
    songs = ComparedSongs.open(input);
  }

  @ProcessElement
  public void process(@Element PlannedFit fit, OutputReceiver<PlannedCell> out) throws IOException {
    ComparisonJournal journal = input.journal();
    String kind = fit.getRepresentation();
    if (journal.fit(kind, fit.getSeed()) == null) {
      RepresentationFitter fitter =
          new RepresentationFitter(Objects.requireNonNull(songs), input.settings());
      journal.add(kind, fit.getSeed(), fitter.fit(kind, fit.getSeed()).toRecord());
    }
    fit.getCells().forEach(out::output);
  }

  @Teardown
  public void tearDown() throws IOException {
    if (songs != null) {
      songs.close();
    }
  }
}
