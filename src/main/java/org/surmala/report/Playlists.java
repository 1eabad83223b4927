package org.surmala.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.io.FolderFiles;
import org.surmala.io.WholeFile;

/**
 * playlists/: one {@link M3u} per cluster, its core first. Playlists of clusters that no longer
 * exist are deleted; a user's own, which lack the line that marks a cluster's playlist, stay.
 */
final class Playlists {
  static final String FOLDER = "playlists/";
  private static final String EXTENSION = ".m3u8";

  /** A comment to players. */
  private static final String MARK = "#SURMALA:CLUSTER\n";

  private Playlists() {}

  /** Writes one playlist for each cluster that is shown and has songs; noise has none. */
  static void write(ReportOptions options, ReportData data) throws IOException {
    String folder = options.results() + FOLDER;
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      int cluster = data.assignments().get(i).getCluster();
      if (cluster >= 0 && !data.edited().isHidden(cluster)) {
        members.computeIfAbsent(cluster, c -> new ArrayList<>()).add(i);
      }
    }
    List<String> written = new ArrayList<>();
    for (Map.Entry<Integer, List<Integer>> entry : members.entrySet()) {
      String name = data.names().of(entry.getKey());
      // Ties keep the order of ids.
      List<Integer> coreFirst =
          entry.getValue().stream()
              .sorted(Comparator.comparing(i -> data.assignments().get(i).getDistance()))
              .toList();
      List<ReportedSong> songs = coreFirst.stream().map(data.songs()::get).toList();
      byte[] playlist =
          M3u.text(name, options.shown() + FOLDER, songs)
              .replaceFirst(M3u.HEAD, M3u.HEAD + MARK)
              .getBytes(StandardCharsets.UTF_8);
      WholeFile.write(folder, name + EXTENSION, out -> out.write(playlist));
      written.add(name + EXTENSION);
    }
    removeOthers(folder, written);
  }

  private static void removeOthers(String folder, List<String> written) throws IOException {
    List<ResourceId> gone = new ArrayList<>();
    for (MatchResult.Metadata file : FolderFiles.matching(folder, "*" + EXTENSION)) {
      String name = file.resourceId().getFilename();
      if (name != null && !written.contains(name) && isMarked(file.resourceId())) {
        gone.add(file.resourceId());
      }
    }
    FileSystems.delete(gone, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private static boolean isMarked(ResourceId playlist) throws IOException {
    byte[] wanted = (M3u.HEAD + MARK).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Channels.newInputStream(FileSystems.open(playlist))) {
      return Arrays.equals(in.readNBytes(wanted.length), wanted);
    }
  }
}
