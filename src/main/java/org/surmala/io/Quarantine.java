package org.surmala.io;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;

/**
 * Damaged files whose content can be computed again. Such a file gets {@value #ENDING} behind its
 * name, under which nothing reads it, and stays until the next run.
 */
public final class Quarantine {
  private static final String ENDING = ".damaged";

  private Quarantine() {}

  /** Moves a file there; one that another process has moved is no error. */
  public static void move(String file) throws IOException {
    FileSystems.rename(
        List.of(PathText.file(file)),
        List.of(PathText.file(file + ENDING)),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Removes what is there. */
  public static void clear(String folder) throws IOException {
    FileSystems.delete(
        FolderFiles.matching(folder, "*" + ENDING).stream()
            .map(MatchResult.Metadata::resourceId)
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /**
   * The files that were moved there, by the names that they had, ascending.
   *
   * @param folder on any Beam file system, ending in a slash; it need not exist
   */
  public static List<String> in(String folder) throws IOException {
    return FolderFiles.matching(folder, "*" + ENDING).stream()
        .map(file -> file.resourceId().toString())
        .map(file -> file.substring(0, file.length() - ENDING.length()))
        .toList();
  }
}
