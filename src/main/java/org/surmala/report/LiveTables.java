package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.surmala.files.CsvFile;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Failure;
import org.surmala.schema.HeardSong;
import org.surmala.schema.Neighbour;
import org.surmala.schema.Placement;
import org.surmala.schema.SongRef;

/** The tables of a collection that grows, as they are at one moment. */
public final class LiveTables {
  private LiveTables() {}

  /**
   * A song and its place.
   *
   * @param clusterName what its cluster is called
   * @param neighbours the nearest first
   */
  public record PlacedSong(
      SongRef song,
      HeardSong heard,
      Placement placement,
      String clusterName,
      List<Neighbour> neighbours) {
    public PlacedSong {
      neighbours = List.copyOf(neighbours);
    }

    /** The title: its owner's, its tag's, or its file's name. */
    public String title() {
      return Objects.requireNonNull(ReportedSong.of(song, heard).song().getTitle());
    }
  }

  /**
   * Writes assignments.csv as a run does, with one more column: {@code neighbours}, the ids of the
   * nearest songs, joined by spaces.
   *
   * @param songs ascending by id
   */
  public static void writeAssignments(String folder, List<PlacedSong> songs) throws IOException {
    List<String> columns = new ArrayList<>(ResultTables.ASSIGNMENTS);
    columns.add("neighbours");
    CsvFile.write(
        folder,
        "assignments.csv",
        columns,
        csv -> {
          for (PlacedSong placed : songs) {
            SongRef song = ReportedSong.of(placed.song(), placed.heard()).song();
            ClusterAssignment assignment = placed.placement().getAssignment();
            csv.printRecord(
                song.getId(),
                song.getFilepath(),
                song.getLanguage(),
                song.getTitle(),
                song.getArtist(),
                assignment.getCluster(),
                placed.clusterName(),
                ResultTables.number(assignment.getDistance()),
                ResultTables.number(assignment.getNovelty()),
                ResultTables.number(assignment.getSilhouette()),
                ResultTables.number(placed.placement().getPoint().getX()),
                ResultTables.number(placed.placement().getPoint().getY()),
                assignment.getModelVersion(),
                placed.neighbours().stream()
                    .map(Neighbour::getId)
                    .collect(Collectors.joining(" ")));
          }
        });
  }

  /** Writes failures.csv in the given order. */
  public static void writeFailures(String folder, List<Failure> failures) throws IOException {
    ResultTables.writeFailures(folder, failures);
  }

  /** Writes metadata.csv as a run does, with a row for each song that was heard. */
  public static void writeMetadata(String folder, List<SongRef> songs, Map<String, HeardSong> heard)
      throws IOException {
    Map<String, ReportedSong> reported = new HashMap<>();
    for (SongRef song : songs) {
      reported.put(
          song.getId(),
          ReportedSong.of(song, Objects.requireNonNull(heard.get(song.getId()), song.getId())));
    }
    ResultTables.writeMetadata(folder, songs, reported);
  }
}
