package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;
import org.surmala.pipeline.OutputFolder;
import org.surmala.search.KnownSong;
import org.surmala.search.SongLookup;
import picocli.CommandLine.Model.CommandSpec;

/** Writes a playlist to a file, or to standard output if there is none. */
record PlaylistOutput(@Nullable Path file, PrintWriter out) {
  /** The option value for standard output. */
  static final String STANDARD_OUTPUT = "-";

  /** The output that an option names: a file, or - for standard output; it must be writable. */
  static PlaylistOutput of(String option, String value, CommandSpec spec) {
    Path file = value.equals(STANDARD_OUTPUT) ? null : Path.of(value);
    if (file != null) {
      OutputFolder.requireOf(option, file);
    }
    return new PlaylistOutput(file, spec.commandLine().getOut());
  }

  /**
   * Writes the playlist. On standard output it has absolute paths; when it goes to a file, standard
   * output shows the songs.
   */
  void write(SongLookup lookup, String title, List<KnownSong> songs) throws IOException {
    if (file == null) {
      out.print(lookup.m3u(title, songs));
    } else {
      lookup.writeM3u(title, songs, file);
      SongTable.print(
          out,
          SongTable.width(System.getenv()),
          lookup.noun(),
          songs.stream().map(song -> new SongTable.Row(song, null, List.of())).toList());
      double minutes = songs.stream().mapToDouble(KnownSong::seconds).sum() / 60;
      LineWrap.wrap(
              lookup.noun().count(songs.size()),
              String.format(Locale.ROOT, ", %.0f minutes, in %s", minutes, file),
              "  ")
          .forEach(out::println);
    }
    out.flush();
  }

  /** A song as JSON values. */
  static Map<String, Object> asJson(KnownSong song) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", song.id());
    json.put("filepath", song.filepath());
    json.put("title", song.title());
    json.put("artist", song.artist());
    json.put("cluster", song.cluster());
    json.put("album", song.album());
    json.put("bpm", song.bpm());
    MusicalKey key = song.key();
    json.put("key", key == null ? null : key.toString());
    json.put("camelot", key == null ? null : key.camelot());
    return json;
  }
}
