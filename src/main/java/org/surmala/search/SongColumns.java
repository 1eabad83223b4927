package org.surmala.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.pipeline.RunManifest;
import org.surmala.read.NameSuggestion;
import org.surmala.read.TableRow;
import org.surmala.read.UserTable;
import org.surmala.report.SongParts;

/**
 * The columns of the tables about the songs: the metadata.csv that named the songs of the run, the
 * data folder's metadata.csv, and assignments.csv. If several tables have a column, the first
 * filled cell counts. Rows are matched by path, or by id.
 */
final class SongColumns {
  private static final String ID = "id";
  private static final String FILEPATH = "filepath";
  private static final String SONGS = "--songs ";

  private final List<KnownSong> songs;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<List<TableRow>> rows = new ArrayList<>();

  private SongColumns(List<KnownSong> songs) {
    this.songs = songs;
    songs.forEach(song -> rows.add(new ArrayList<>()));
  }

  /**
   * Reads the tables; a missing table has no columns.
   *
   * @param results folder of the results, ending in a slash
   * @param data the data folder, ending in a slash
   */
  static SongColumns read(String results, String data, List<KnownSong> songs) throws IOException {
    SongColumns columns = new SongColumns(songs);
    Map<String, Integer> byKey = new HashMap<>();
    for (int song = 0; song < songs.size(); song++) {
      byKey.put(songs.get(song).id(), song);
      byKey.put(key(data, songs.get(song).filepath()), song);
    }
    String source = RunManifest.source(results);
    if (source.startsWith(SONGS) && source.endsWith(".csv")) {
      columns.add(source.substring(SONGS.length()), byKey);
    }
    for (String table : SongParts.metadata(data)) {
      columns.add(table, byKey);
    }
    columns.add(results + "assignments.csv", byKey);
    for (MatchResult.Metadata part :
        FolderFiles.matching(results + SongParts.FOLDER, "part-*.csv")) {
      columns.add(part.resourceId().toString(), byKey);
    }
    return columns;
  }

  private static String key(String folder, String filepath) {
    return PathText.absolute(PathText.beside(folder, filepath));
  }

  private void add(String table, Map<String, Integer> byKey) throws IOException {
    if (FolderFiles.find(PathText.absolute(table)) == null) {
      return;
    }
    try (UserTable rowsOfTable = UserTable.open(PathText.absolute(table), FILEPATH)) {
      names.addAll(rowsOfTable.columns());
      for (TableRow row = rowsOfTable.next(); row != null; row = rowsOfTable.next()) {
        Integer song = byKey.get(row.cell(ID));
        if (song == null && row.text(FILEPATH) != null) {
          song = byKey.get(key(PathText.absolute(table), row.cell(FILEPATH)));
        }
        if (song != null && row.fault() == null) {
          rows.get(song).add(row);
        }
      }
    }
  }

  /** Names of all columns, in the order of the tables. */
  Set<String> names() {
    return names;
  }

  /** A cell of a song; empty if no table has one. */
  String cell(int song, String column) {
    for (TableRow row : rows.get(song)) {
      String text = row.text(column);
      if (text != null) {
        return text.strip();
      }
    }
    return "";
  }

  /** The numbers of the column that an option names, for each song; null for other cells. */
  List<@Nullable Double> numbers(String option, String column) {
    if (!names.contains(column)) {
      throw new UsageException(
          option
              + ": there is no column '"
              + column
              + "'"
              + NameSuggestion.question(column, names)
              + "; the columns are "
              + String.join(", ", names));
    }
    List<@Nullable Double> numbers = new ArrayList<>();
    for (int song = 0; song < songs.size(); song++) {
      numbers.add(SongCondition.number(cell(song, column)));
    }
    if (numbers.stream().noneMatch(number -> number != null)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s: no song has a number in column '%s'; give a column of numbers",
              option,
              column));
    }
    return numbers;
  }
}
