package org.surmala.report;

import java.util.List;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;

/**
 * The files of a collection that are in no cluster.
 *
 * @param failures failures, in the ledger's order
 * @param skipped skipped files, by path
 */
public record LeftOutFiles(List<Failure> failures, List<SkippedFile> skipped) {
  public LeftOutFiles {
    failures = List.copyOf(failures);
    skipped = List.copyOf(skipped);
  }
}
