package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;
import org.surmala.io.CsvFile;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.MapPoint;
import org.surmala.schema.Neighbour;
import org.surmala.schema.SongNeighbours;
import org.surmala.schema.SongRef;

/**
 * assignments.csv: one row for each clustered song, ascending by id. If the nearest songs are known
 * there is one more column, {@code neighbours}: their ids, nearest first, separated by spaces.
 */
final class AssignmentTable {
  static final String FILE = "assignments.csv";

  private AssignmentTable() {}

  /**
   * A row.
   *
   * @param group name of its group; null without one
   * @param neighbours ids, nearest first; null to omit the column
   */
  record Row(
      ReportedSong song,
      ClusterAssignment assignment,
      String cluster,
      @Nullable String group,
      MapPoint point,
      @Nullable List<Neighbour> neighbours) {}

  /** Writes the songs of a report; without neighbours, their column is omitted. */
  static void write(
      String folder, String file, ReportData data, @Nullable List<SongNeighbours> neighbours)
      throws IOException {
    Map<String, ReportedSong> songs = new HashMap<>();
    data.songs().forEach(song -> songs.put(song.song().getId(), song));
    Map<String, MapPoint> map = new HashMap<>();
    data.map().points().forEach(point -> map.put(point.getId(), point));
    Map<String, List<Neighbour>> near = new HashMap<>();
    if (neighbours != null) {
      neighbours.forEach(song -> near.put(song.getId(), song.getNeighbours()));
    }
    List<Row> rows = new ArrayList<>();
    for (ClusterAssignment a : data.assignments()) {
      rows.add(
          new Row(
              Objects.requireNonNull(songs.get(a.getId()), a.getId()),
              a,
              data.names().of(a.getCluster()),
              data.names().group(a),
              Objects.requireNonNull(map.get(a.getId()), a.getId()),
              neighbours == null ? null : near.getOrDefault(a.getId(), List.of())));
    }
    write(folder, file, rows, neighbours != null);
  }

  /** Writes rows without a checksum beside the file. */
  static void writeUnchecked(String folder, String file, List<Row> rows, boolean tellsNeighbours)
      throws IOException {
    CsvFile.writeEditable(
        folder,
        file,
        columns(tellsNeighbours),
        csv -> {
          for (Row row : rows) {
            print(csv, row);
          }
        });
  }

  private static List<String> columns(boolean tellsNeighbours) {
    List<String> columns = new ArrayList<>(ResultTables.ASSIGNMENTS);
    if (tellsNeighbours) {
      columns.add("neighbours");
    }
    return columns;
  }

  /** Writes rows. */
  static void write(String folder, String file, List<Row> rows, boolean tellsNeighbours)
      throws IOException {
    CsvFile.write(
        folder,
        file,
        columns(tellsNeighbours),
        csv -> {
          for (Row row : rows) {
            print(csv, row);
          }
        });
  }

  private static void print(CsvFile.Printer csv, Row row) throws IOException {
    SongRef song = row.song().song();
    MusicalKey key = row.song().key();
    ClusterAssignment assignment = row.assignment();
    csv.print(song.getId());
    csv.print(song.getFilepath());
    csv.print(song.getLanguage());
    csv.print(song.getTitle());
    csv.print(song.getArtist());
    csv.print(assignment.getCluster());
    csv.print(row.cluster());
    csv.print(ResultTables.number(assignment.getDistance()));
    csv.print(ResultTables.number(assignment.getNovelty()));
    csv.print(ResultTables.number(assignment.getSilhouette()));
    csv.print(ResultTables.number(row.point().getX()));
    csv.print(ResultTables.number(row.point().getY()));
    csv.print(assignment.getModelVersion());
    csv.print(ResultTables.number(row.song().bpm()));
    csv.print(key);
    csv.print(key == null ? null : key.camelot());
    csv.print(ClusterNames.mark(assignment));
    csv.print(row.group());
    List<Neighbour> neighbours = row.neighbours();
    if (neighbours != null) {
      csv.print(neighbours.stream().map(Neighbour::getId).collect(Collectors.joining(" ")));
    }
    csv.println();
  }
}
