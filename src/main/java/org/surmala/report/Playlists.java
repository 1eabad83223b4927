package org.surmala.report;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.files.WholeFile;
import org.surmala.schema.SongRef;

/**
 * playlists/: one extended M3U in UTF-8 for each cluster, its core first. Songs are the listener's
 * own files, whole, by paths relative to the playlist where both are on the local file system.
 * Playlists of clusters that are gone are removed.
 */
final class Playlists {
  private static final String FOLDER = "playlists/";
  private static final String EXTENSION = ".m3u8";

  private Playlists() {}

  /** Writes one playlist for each cluster that has songs; noise has none. */
  static void write(ReportOptions options, ReportData data) throws IOException {
    String folder = options.results() + FOLDER;
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      int cluster = data.assignments().get(i).getCluster();
      if (cluster >= 0) {
        members.computeIfAbsent(cluster, c -> new ArrayList<>()).add(i);
      }
    }
    List<String> written = new ArrayList<>();
    for (Map.Entry<Integer, List<Integer>> entry : members.entrySet()) {
      String name = ClusterNames.of(entry.getKey());
      // Ties keep the order of ids.
      List<Integer> coreFirst =
          entry.getValue().stream()
              .sorted(Comparator.comparing(i -> data.assignments().get(i).getDistance()))
              .toList();
      List<ReportedSong> songs = coreFirst.stream().map(data.songs()::get).toList();
      byte[] playlist = m3u(name, options.shown() + FOLDER, songs).getBytes(StandardCharsets.UTF_8);
      WholeFile.write(folder, name + EXTENSION, out -> out.write(playlist));
      written.add(name + EXTENSION);
    }
    removeOthers(folder, written);
  }

  /**
   * The text of a playlist.
   *
   * @param title of the playlist
   * @param folder that it will lie in, ending in a slash
   */
  static String m3u(String title, String folder, List<ReportedSong> songs) {
    StringBuilder text = new StringBuilder("#EXTM3U\n#PLAYLIST:" + oneLine(title) + "\n");
    for (ReportedSong reported : songs) {
      SongRef song = reported.song();
      String artist = song.getArtist();
      String name = oneLine(String.valueOf(song.getTitle()));
      String location = location(folder, song.getUri());
      if (location.contains("\n") || location.contains("\r")) {
        // The format has no way to write a line break; only a URL has.
        location = Path.of(song.getUri()).toAbsolutePath().normalize().toUri().toASCIIString();
      }
      text.append("#EXTINF:")
          .append(Math.round(reported.info().getDurationSeconds()))
          .append(',')
          .append(artist == null ? "" : oneLine(artist) + " - ")
          .append(name)
          .append('\n')
          .append(location)
          .append('\n');
    }
    return text.toString();
  }

  /** A path relative to the folder; the URI itself where one of them is not a local path. */
  private static String location(String folder, String uri) {
    String local = uri.startsWith("file:/") ? Path.of(URI.create(uri)).toString() : uri;
    if (local.contains("://") || folder.contains("://")) {
      return uri;
    }
    Path from = Path.of(folder).toAbsolutePath().normalize();
    Path to = Path.of(local).toAbsolutePath().normalize();
    String relative = from.relativize(to).toString().replace('\\', '/');
    // A line that begins with a number sign is a comment.
    return relative.startsWith("#") ? "./" + relative : relative;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static void removeOthers(String folder, List<String> written) throws IOException {
    MatchResult found = FileSystems.match(folder + "*" + EXTENSION, EmptyMatchTreatment.ALLOW);
    List<ResourceId> gone = new ArrayList<>();
    for (MatchResult.Metadata file : found.metadata()) {
      String name = file.resourceId().getFilename();
      if (name != null && !written.contains(name) && name.matches("[A-Z]+\\.m3u8")) {
        gone.add(file.resourceId());
      }
    }
    FileSystems.delete(gone, StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
