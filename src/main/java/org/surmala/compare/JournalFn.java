package org.surmala.compare;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.surmala.schema.ComparisonCell;

/** Stores each finished cell in the journal. */
final class JournalFn extends DoFn<ComparisonCell, Void> {
  private final ComparisonJournal journal;

  JournalFn(ComparisonJournal journal) {
    this.journal = journal;
  }

  @ProcessElement
  public void process(@Element ComparisonCell cell) throws IOException {
    journal.add(cell);
  }
}
