package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Neighbour;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.SongNeighbours;
import org.surmala.schema.SongRef;

/**
 * The assignment of each clustered song, snapshot after snapshot. With results in parts, an
 * unchanged part is not read again.
 */
public final class StoredAssignments {
  private final String data;
  private TreeMap<String, StoredSong> songs = new TreeMap<>();
  private final Map<String, List<String>> ofPart = new HashMap<>();
  private final Map<String, String> sums = new HashMap<>();

  /** A reader that applies the edits in a data folder, whose path ends in a slash. */
  public StoredAssignments(String data) {
    this.data = data;
  }

  /**
   * A song.
   *
   * @param distance distance to its centre; NaN if unknown
   * @param novelty novelty; NaN if unknown
   * @param neighbours neighbours, nearest first
   */
  public record StoredSong(
      String id,
      String filepath,
      String title,
      @Nullable String artist,
      String cluster,
      double distance,
      double novelty,
      List<Neighbour> neighbours,
      String model) {
    public StoredSong {
      neighbours = List.copyOf(neighbours);
    }

    private static StoredSong of(
        SongRef song, ClusterAssignment by, String cluster, List<Neighbour> neighbours) {
      return new StoredSong(
          song.getId(),
          song.getFilepath(),
          Objects.requireNonNull(song.getTitle(), song.getId()),
          song.getArtist(),
          cluster,
          by.getDistance(),
          by.getNovelty(),
          neighbours,
          by.getModelVersion());
    }
  }

  /** The songs of the last snapshot read, ascending by id. */
  public Map<String, StoredSong> songs() {
    return songs;
  }

  /**
   * Reads a snapshot.
   *
   * @param results its folder, ending in a slash
   * @throws java.io.FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read
   */
  public void read(String results) throws IOException {
    SongParts.Manifest parts = SongParts.manifest(results);
    if (parts == null) {
      readWhole(results);
    } else {
      readParts(results, parts);
    }
  }

  private void readWhole(String results) throws IOException {
    sums.clear();
    ofPart.clear();
    Map<String, List<Neighbour>> near = new HashMap<>();
    List<SongNeighbours> neighbours = StoredRecords.neighbours(results);
    if (neighbours != null) {
      neighbours.forEach(song -> near.put(song.getId(), song.getNeighbours()));
    }
    Map<String, ReportedSong> reported = ReportedSongs.read(results);
    EditedClusters clusters = StoredClusters.edited(results, data);
    ClusterNames names = clusters.names();
    TreeMap<String, StoredSong> read = new TreeMap<>();
    for (ClusterAssignment assignment : clusters.assignments()) {
      String id = assignment.getId();
      read.put(
          id,
          StoredSong.of(
              Objects.requireNonNull(reported.get(id), id).song(),
              assignment,
              names.of(assignment.getCluster()),
              near.getOrDefault(id, List.of())));
    }
    songs = read;
  }

  private void readParts(String results, SongParts.Manifest parts) throws IOException {
    if (sums.size() != parts.parts().size()) {
      sums.clear();
      ofPart.clear();
      songs = new TreeMap<>();
    }
    ClusterNames names =
        ClusterNames.of(StoredRecords.options(results, results), StoredRecords.findings(results));
    for (SongParts.Part part : parts.parts()) {
      if (part.sha256().equals(sums.get(part.name()))) {
        continue;
      }
      List<PublishedSong> read = SongParts.read(results, part);
      songs.keySet().removeAll(ofPart.getOrDefault(part.name(), List.of()));
      List<String> ids = new ArrayList<>();
      for (PublishedSong song : read) {
        String id = song.getSong().getId();
        ids.add(id);
        ClusterAssignment assignment = song.getAssigned().getAssignment();
        songs.put(
            id,
            StoredSong.of(
                ReportedSong.of(song.getSong(), song.getAudio()).song(),
                assignment,
                names.of(assignment.getCluster()),
                song.getAssigned().getNeighbours()));
      }
      ofPart.put(part.name(), ids);
      sums.put(part.name(), part.sha256());
    }
  }
}
