package org.surmala.compare;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.DamagedFileException;
import org.surmala.io.FolderFiles;
import org.surmala.io.WholeFile;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.ComparisonFit;
import org.surmala.schema.PlannedCell;

/**
 * The finished cells and fits of a comparison, each a file of its own, so that workers of several
 * machines write at once and a comparison that was killed does the rest only. A file that is not as
 * it was written counts as missing.
 *
 * @param folder on any Beam file system, ending in a slash; it need not exist
 */
record ComparisonJournal(String folder) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ENDING = ".avro";

  /** Fits are kept until the comparison is finished. */
  private String fits() {
    return folder + "fits/";
  }

  /** Removes what writers that were killed have left. No writer may be at work. */
  void sweep() throws IOException {
    WholeFile.sweep(folder);
    WholeFile.sweep(fits());
  }

  /** Every finished cell. */
  List<ComparisonCell> cells() throws IOException {
    List<ComparisonCell> cells = new ArrayList<>();
    for (MatchResult.Metadata file : FolderFiles.matching(folder, "*" + ENDING)) {
      ComparisonCell cell = read(file.resourceId().toString(), ComparisonCell.class);
      if (cell != null) {
        cells.add(cell);
      }
    }
    return cells;
  }

  /** Keeps a finished cell; when this returns, a kill does not lose it. */
  void add(ComparisonCell cell) throws IOException {
    AvroFile.write(folder, name(place(cell)), ComparisonCell.class, List.of(cell));
  }

  /** Whether a cell is finished. */
  boolean has(PlannedCell cell) throws IOException {
    return read(folder + name(cell), ComparisonCell.class) != null;
  }

  /** How many of these cells are finished. */
  int count(List<PlannedCell> cells) throws IOException {
    Set<String> finished = names(folder);
    return (int) cells.stream().filter(cell -> finished.contains(name(cell))).count();
  }

  /** The finished fit; null when there is none. */
  @Nullable ComparisonFit fit(String representation, long seed) throws IOException {
    return read(fits() + name(representation, seed), ComparisonFit.class);
  }

  /** Keeps a finished fit. */
  void add(String representation, long seed, ComparisonFit fit) throws IOException {
    AvroFile.write(fits(), name(representation, seed), ComparisonFit.class, List.of(fit));
  }

  /** How many fits are finished. */
  int countFits() throws IOException {
    return names(fits()).size();
  }

  /** Removes the fits, which nothing needs when all cells are finished. */
  void clearFits() throws IOException {
    FileSystems.delete(
        FolderFiles.matching(fits(), "*" + ENDING).stream()
            .map(MatchResult.Metadata::resourceId)
            .toList());
  }

  static PlannedCell place(ComparisonCell cell) {
    return new PlannedCell(
        cell.getRepresentation(), cell.getClusterer(), cell.getK(), cell.getSeed());
  }

  private static String name(PlannedCell cell) {
    return String.join(
        ".",
        cell.getRepresentation(),
        cell.getClusterer(),
        Integer.toString(cell.getK()),
        Long.toString(cell.getSeed()) + ENDING);
  }

  private static String name(String representation, long seed) {
    return representation + "." + seed + ENDING;
  }

  private static Set<String> names(String folder) throws IOException {
    return FolderFiles.matching(folder, "*" + ENDING).stream()
        .map(file -> String.valueOf(file.resourceId().getFilename()))
        .collect(Collectors.toSet());
  }

  private static <T extends SpecificRecordBase> @Nullable T read(String file, Class<T> type)
      throws IOException {
    if (FolderFiles.find(file) == null) {
      return null;
    }
    try {
      return AvroFile.read(file, type).get(0);
    } catch (DamagedFileException e) {
      return null;
    }
  }
}
