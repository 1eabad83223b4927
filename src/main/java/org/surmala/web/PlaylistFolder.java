package org.surmala.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.surmala.io.FileName;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;
import org.surmala.report.M3u;
import org.surmala.report.ReportedSong;

/** A folder of playlists, extended M3U in UTF-8, which music servers import. */
record PlaylistFolder(Path folder) {
  private static final String EXTENSION = ".m3u8";
  private static final int MOST_NAME = 80;

  /** The path of the folder. */
  Path path() {
    return folder;
  }

  /**
   * Writes a playlist. No playlist is overwritten: a second one with the same name gets a number.
   *
   * @return the file's name
   * @throws ApiException if the name is invalid
   */
  synchronized String save(String name, List<ReportedSong> songs) throws ApiException, IOException {
    if (name.isBlank() || name.codePointCount(0, name.length()) > MOST_NAME) {
      throw ApiException.badRequest("name: give 1 to " + MOST_NAME + " characters");
    }
    Files.createDirectories(folder);
    String stem = FileName.of(name);
    String file = stem + EXTENSION;
    for (int number = 2; Files.exists(folder.resolve(file)); number++) {
      file = stem + " " + number + EXTENSION;
    }
    String home = PathText.folder(folder.toRealPath());
    byte[] playlist = M3u.text(name, home, songs).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(home, file, out -> out.write(playlist));
    return file;
  }

  /** The playlists by name, each with the number of its songs. */
  List<Map<String, Object>> list() throws IOException {
    List<Map<String, Object>> playlists = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return playlists;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(PlaylistFolder::isPlaylist).sorted().toList()) {
        String name = file.getFileName().toString();
        playlists.add(
            Map.of(
                "name", name.substring(0, name.length() - EXTENSION.length()),
                "songs", songs(file)));
      }
    }
    return playlists;
  }

  private static boolean isPlaylist(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(EXTENSION) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  private static long songs(Path file) throws IOException {
    // A playlist of another program may have another encoding; line breaks are the same.
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).count();
    }
  }
}
