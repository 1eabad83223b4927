package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.OutputFolder;
import org.surmala.search.KnownSong;
import org.surmala.search.SongLookup;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes a playlist to a file or to standard output.
 *
 * @param file null for standard output
 */
record PlaylistOutput(@Nullable Path file, PrintWriter out) {
  /** What stands for standard output in place of a file. */
  static final String STANDARD_OUTPUT = "-";

  /**
   * What an option says: a file, or - for standard output.
   *
   * @throws org.surmala.config.UsageException when the file can't be written
   */
  static PlaylistOutput of(String option, String value, CommandSpec spec) {
    Path file = value.equals(STANDARD_OUTPUT) ? null : Path.of(value);
    if (file != null) {
      OutputFolder.requireOf(option, file);
    }
    return new PlaylistOutput(file, spec.commandLine().getOut());
  }

  /** Writes the playlist; one on standard output has paths relative to the working folder. */
  void write(SongLookup lookup, String title, List<KnownSong> songs) throws IOException {
    if (file == null) {
      out.print(lookup.m3u(title, songs, Path.of("playlist.m3u8")));
    } else {
      lookup.writeM3u(title, songs, file);
      out.println(songs.size() + (songs.size() == 1 ? " song in " : " songs in ") + file);
    }
    out.flush();
  }

  /** A song as JSON has it. */
  static Map<String, Object> asJson(KnownSong song) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", song.id());
    json.put("filepath", song.filepath());
    json.put("title", song.title());
    json.put("artist", song.artist());
    json.put("cluster", song.cluster());
    return json;
  }
}
