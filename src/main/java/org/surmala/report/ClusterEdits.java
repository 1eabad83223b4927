package org.surmala.report;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.io.FolderFiles;
import org.surmala.report.ClusterEdit.Action;

/**
 * The file edits.csv of a data folder: edits by hand, one row per edit, oldest first. The user may
 * change it.
 */
public final class ClusterEdits {
  /** The file's name. */
  public static final String FILE = "edits.csv";

  static final List<String> COLUMNS = List.of("time", "cluster", "songs", "action", "value");

  private ClusterEdits() {}

  /**
   * Reads the edits.
   *
   * @param data the data folder, ending in a slash, on any Beam file system
   * @return the edits; empty without a file
   * @throws IOException if a row is invalid; the message names it
   */
  public static List<ClusterEdit> read(String data) throws IOException {
    List<ClusterEdit> edits = new ArrayList<>();
    if (FolderFiles.find(data + FILE) == null) {
      return edits;
    }
    int row = 1;
    for (CsvRow cells : CsvFile.read(data + FILE)) {
      row++;
      try {
        edits.add(edit(cells));
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw new IOException(
            data
                + FILE
                + ", row "
                + row
                + ": "
                + e.getMessage()
                + "; correct or delete the "
                + "row",
            e);
      }
    }
    return edits;
  }

  private static ClusterEdit edit(CsvRow cells) {
    for (String column : COLUMNS) {
      if (!cells.isSet(column)) {
        throw new IllegalArgumentException("column '" + column + "' is missing");
      }
    }
    String word = cells.get("action");
    Action action =
        Arrays.stream(Action.values())
            .filter(each -> each.word().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "action is '" + word + "'; give rename, pin, hide, merge or split"));
    return new ClusterEdit(
        Instant.parse(cells.get("time")),
        number(cells.get("cluster")),
        Arrays.stream(cells.get("songs").split(" ", -1))
            .filter(song -> !song.isEmpty())
            .map(song -> song.toLowerCase(Locale.ROOT))
            .toList(),
        action,
        cells.get("value"));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("cluster is '" + text + "'; give its number", e);
    }
  }

  /** Replaces the file in a data folder with the given edits. */
  public static void write(String data, List<ClusterEdit> edits) throws IOException {
    CsvFile.writeEditable(
        data,
        FILE,
        COLUMNS,
        csv -> {
          for (ClusterEdit edit : edits) {
            csv.printRecord(
                edit.time().toString(),
                edit.cluster(),
                String.join(" ", edit.songs()),
                edit.action().word(),
                edit.value());
          }
        });
  }

  /** Modification time of the file; 0 without a file. */
  public static long stamp(String data) throws IOException {
    MatchResult.Metadata file = FolderFiles.find(data + FILE);
    return file == null ? 0 : file.lastModifiedMillis();
  }
}
