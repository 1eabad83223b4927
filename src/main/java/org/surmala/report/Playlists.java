package org.surmala.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.io.FileName;
import org.surmala.io.FolderFiles;
import org.surmala.io.WholeFile;
import org.surmala.schema.ClusterAssignment;

/**
 * The folder playlists/: one {@link M3u} per cluster and, in a folder with the cluster's name, one
 * per group if it has several; songs nearest to the centre come first. Playlists of clusters and
 * groups that no longer exist are deleted; the user's own playlists, which lack the marker line,
 * stay.
 */
final class Playlists {
  static final String FOLDER = "playlists/";

  /** Number of songs in the playlist of a cluster of results in parts. */
  static final int MOST_NEAREST = 1_000;

  private static final String EXTENSION = ".m3u8";

  /** The marker line; players ignore it as a comment. */
  private static final String MARK = "#SURMALA:CLUSTER\n";

  private Playlists() {}

  /** Writes one playlist for each visible cluster and group with songs; none for noise. */
  static void write(
      ReportOptions options,
      List<ReportedSong> songs,
      List<ClusterAssignment> assignments,
      ClusterNames names,
      EditedClusters edited)
      throws IOException {
    Map<Integer, List<Integer>> clusters = new TreeMap<>();
    Map<Integer, Map<Integer, List<Integer>>> groups = new TreeMap<>();
    for (int i = 0; i < assignments.size(); i++) {
      ClusterAssignment song = assignments.get(i);
      int cluster = song.getCluster();
      if (cluster >= 0 && !edited.isHidden(cluster)) {
        clusters.computeIfAbsent(cluster, c -> new ArrayList<>()).add(i);
      }
      if (song.getGroup() != null) {
        groups
            .computeIfAbsent(cluster, c -> new TreeMap<>())
            .computeIfAbsent(song.getGroup(), g -> new ArrayList<>())
            .add(i);
      }
    }
    Set<String> written = new HashSet<>();
    for (Map.Entry<Integer, List<Integer>> entry : clusters.entrySet()) {
      String name = names.of(entry.getKey());
      List<Integer> members = entry.getValue();
      members.sort(Comparator.comparing(i -> assignments.get(i).getDistance()));
      String playlist = write(options, songs, "", name, members, written);
      String folder = playlist.substring(0, playlist.length() - EXTENSION.length()) + "/";
      Map<Integer, List<Integer>> own = groups.getOrDefault(entry.getKey(), Map.of());
      for (List<Integer> group : own.size() < 2 ? List.<List<Integer>>of() : own.values()) {
        group.sort(
            Comparator.comparing(
                i -> Objects.requireNonNull(assignments.get(i).getGroupDistance())));
        String groupName = Objects.requireNonNull(names.group(assignments.get(group.get(0))));
        write(options, songs, folder, groupName, group, written);
      }
    }
    removeOthers(options.results() + FOLDER, written);
  }

  /** Writes a playlist; gives its path below the folder of playlists, which is then written. */
  private static String write(
      ReportOptions options,
      List<ReportedSong> songs,
      String folder,
      String name,
      List<Integer> members,
      Set<String> written)
      throws IOException {
    byte[] playlist =
        M3u.text(name, options.shown() + FOLDER + folder, members.stream().map(songs::get).toList())
            .replaceFirst(M3u.HEAD, M3u.HEAD + MARK)
            .getBytes(StandardCharsets.UTF_8);
    String stem = folder + FileName.of(name);
    String path = stem + EXTENSION;
    for (int number = 2; isTaken(path, written); number++) {
      path = stem + " " + number + EXTENSION;
    }
    String file = path.substring(folder.length());
    WholeFile.write(options.results() + FOLDER + folder, file, out -> out.write(playlist));
    written.add(path);
    return path;
  }

  /** Names that differ may be one file: by a character that a file cannot have, or by case. */
  private static boolean isTaken(String path, Set<String> written) {
    return written.stream().anyMatch(path::equalsIgnoreCase);
  }

  private static void removeOthers(String folder, Set<String> written) throws IOException {
    List<ResourceId> gone = new ArrayList<>();
    for (MatchResult.Metadata file : FolderFiles.matching(folder, "*" + EXTENSION)) {
      addOther(file.resourceId(), "", written, gone);
    }
    for (MatchResult.Metadata file : FolderFiles.matching(folder, "*/*" + EXTENSION)) {
      String cluster = file.resourceId().getCurrentDirectory().getFilename();
      addOther(file.resourceId(), cluster + "/", written, gone);
    }
    FileSystems.delete(gone, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private static void addOther(
      ResourceId playlist, String folder, Set<String> written, List<ResourceId> gone)
      throws IOException {
    if (!written.contains(folder + playlist.getFilename()) && isMarked(playlist)) {
      gone.add(playlist);
    }
  }

  private static boolean isMarked(ResourceId playlist) throws IOException {
    byte[] wanted = (M3u.HEAD + MARK).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Channels.newInputStream(FileSystems.open(playlist))) {
      return Arrays.equals(in.readNBytes(wanted.length), wanted);
    }
  }
}
