package org.surmala.io;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;

/**
 * Damaged files whose content can be computed again. Such a file is renamed with the extension
 * {@value #ENDING}, which hides it from readers, and stays until the next run.
 */
public final class Quarantine {
  private static final String ENDING = ".damaged";

  private Quarantine() {}

  /** Renames a file; it is not an error if another process has already renamed it. */
  public static void move(String file) throws IOException {
    FileSystems.rename(
        List.of(PathText.file(file)),
        List.of(PathText.file(file + ENDING)),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Deletes the quarantined files of a folder. */
  public static void clear(String folder) throws IOException {
    FileSystems.delete(
        FolderFiles.matching(folder, "*" + ENDING).stream()
            .map(MatchResult.Metadata::resourceId)
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** The original names of the quarantined files, ascending; none if the folder does not exist. */
  public static List<String> in(String folder) throws IOException {
    return FolderFiles.matching(folder, "*" + ENDING).stream()
        .map(file -> file.resourceId().toString())
        .map(file -> file.substring(0, file.length() - ENDING.length()))
        .toList();
  }
}
