package org.surmala.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.PlannedCell;
import org.surmala.schema.PlannedFit;

/**
 * The part of a grid that must be computed.
 *
 * @param cells all cells of the grid, in order
 * @param fits fits with the cells that the journal lacks, in reverse order of the grid: baselines,
 *     which are fast, are usually named first, and no worker should wait at the end for a long fit
 * @param recalled number of cells in the journal
 */
record ComparisonPlan(List<PlannedCell> cells, List<PlannedFit> fits, int recalled) {
  ComparisonPlan {
    cells = List.copyOf(cells);
    fits = List.copyOf(fits);
  }

  static ComparisonPlan of(ComparisonGrid grid, ComparisonJournal journal) throws IOException {
    List<PlannedCell> cells = grid.cells();
    Map<PlannedCell, ComparisonCell> finished = finished(journal);
    List<PlannedFit> fits = new ArrayList<>();
    int recalled = 0;
    for (PlannedCell cell : cells) {
      PlannedFit last = fits.isEmpty() ? null : fits.get(fits.size() - 1);
      if (finished.containsKey(cell)) {
        recalled++;
      } else if (last != null
          && last.getSeed() == cell.getSeed()
          && last.getRepresentation().equals(cell.getRepresentation())) {
        last.getCells().add(cell);
      } else {
        fits.add(
            new PlannedFit(
                cell.getRepresentation(), cell.getSeed(), new ArrayList<>(List.of(cell))));
      }
    }
    Collections.reverse(fits);
    return new ComparisonPlan(cells, fits, recalled);
  }

  /** The finished cells, in the order of the grid; an error if one is missing. */
  List<ComparisonCell> finishedCells(ComparisonJournal journal) throws IOException {
    Map<PlannedCell, ComparisonCell> finished = finished(journal);
    List<PlannedCell> missing = cells.stream().filter(cell -> !finished.containsKey(cell)).toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          ("%s lacks %s of %s clusterings; use a --data that every worker of the cluster"
                  + " sees at this path")
              .formatted(journal.folder(), missing.size(), cells.size()));
    }
    return cells.stream().map(cell -> Objects.requireNonNull(finished.get(cell))).toList();
  }

  private static Map<PlannedCell, ComparisonCell> finished(ComparisonJournal journal)
      throws IOException {
    Map<PlannedCell, ComparisonCell> finished = new HashMap<>();
    journal.cells().forEach(cell -> finished.put(ComparisonJournal.place(cell), cell));
    return finished;
  }
}
