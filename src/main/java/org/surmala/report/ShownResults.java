package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.MapPoint;

/**
 * The songs and clusters of a results folder, with the edits by hand.
 *
 * @param songs songs, ascending by id
 * @param stabilities stability by cluster, for clusters with unchanged songs
 */
public record ShownResults(
    List<ShownSong> songs, EditedClusters clusters, Map<Integer, Double> stabilities) {
  public ShownResults {
    songs = List.copyOf(songs);
    stabilities = Map.copyOf(stabilities);
  }

  /**
   * Reads a folder of results.
   *
   * @param results ending in a slash, on any Beam file system
   * @param data the data folder with the edits, ending in a slash
   * @throws java.io.FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read
   */
  public static ShownResults read(String results, String data) throws IOException {
    EditedClusters clusters = StoredClusters.edited(results, data);
    Map<String, ReportedSong> reported = ReportedSongs.read(results);
    Map<String, MapPoint> map = new HashMap<>();
    StoredRecords.map(results).forEach(point -> map.put(point.getId(), point));
    List<ShownSong> songs = new ArrayList<>();
    for (ClusterAssignment assignment : clusters.assignments()) {
      String id = assignment.getId();
      songs.add(
          new ShownSong(
              Objects.requireNonNull(reported.get(id), id),
              assignment,
              Objects.requireNonNull(map.get(id), id)));
    }
    Map<Integer, Double> stabilities = new HashMap<>();
    for (ClusterProfile profile :
        ClusterNames.profiles(
            StoredRecords.options(results, data), StoredRecords.findings(results))) {
      Double stability = profile.getStability();
      if (stability != null && !clusters.isRegrouped(profile.getCluster())) {
        stabilities.put(profile.getCluster(), stability);
      }
    }
    return new ShownResults(songs, clusters, stabilities);
  }
}
