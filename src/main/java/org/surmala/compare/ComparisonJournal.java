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
 * The finished cells and fits of a comparison, each in its own file, so that workers on several
 * machines can write at the same time, and a killed comparison computes only the rest. A damaged
 * file counts as missing.
 *
 * @param folder folder on any Beam file system, ending in a slash; it need not exist
 */
record ComparisonJournal(String folder) implements Serializable {
  private static final String ENDING = ".avro";

  /** Fits are kept until the comparison is finished. */
  private String fits() {
    return folder + "fits/";
  }

  /** Removes temporary files of killed writers. No writer may be active. */
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

  /** Stores a finished cell durably. */
  void add(ComparisonCell cell) throws IOException {
    AvroFile.write(folder, name(place(cell)), ComparisonCell.class, List.of(cell));
  }

  /** Whether a cell is finished. */
  boolean has(PlannedCell cell) throws IOException {
    return read(folder + name(cell), ComparisonCell.class) != null;
  }

  /** Number of these cells that are finished. */
  int count(List<PlannedCell> cells) throws IOException {
    Set<String> finished = names(folder);
    return (int) cells.stream().filter(cell -> finished.contains(name(cell))).count();
  }

  /** The finished fit; null if there is none. */
  @Nullable ComparisonFit fit(String representation, long seed) throws IOException {
    return read(fits() + name(representation, seed), ComparisonFit.class);
  }

  /** Stores a finished fit. */
  void add(String representation, long seed, ComparisonFit fit) throws IOException {
    AvroFile.write(fits(), name(representation, seed), ComparisonFit.class, List.of(fit));
  }

  /** Number of finished fits. */
  int countFits() throws IOException {
    return names(fits()).size();
  }

  /** Removes the fits, which are not needed once all cells are finished. */
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
