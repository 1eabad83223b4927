package org.surmala.pipeline;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;
import org.surmala.files.CsvFile;
import org.surmala.files.CsvRow;
import org.surmala.files.SongTitle;
import org.surmala.schema.SongRef;

/**
 * What the owner of a collection says of songs in the metadata.csv that a watch has written, by
 * their id: title, artist and lyrics go with a song wherever it is; the label only while it is
 * where its row says, since a folder's name is a label too. A title that is the name of the file in
 * the row does not go with a file that was renamed.
 *
 * @param rows by id
 */
record OwnersWords(Map<String, CsvRow> rows) {
  static final String FILE = "metadata.csv";

  /**
   * Reads them.
   *
   * @param data the data folder, ending in a slash
   * @return none when there is no file
   */
  static OwnersWords read(String data) throws IOException {
    Map<String, CsvRow> rows = new HashMap<>();
    if (stamp(data) != 0) {
      for (CsvRow row : CsvFile.read(data + FILE)) {
        if (row.isSet("id") && row.isSet("filepath")) {
          rows.put(row.get("id"), row);
        }
      }
    }
    return new OwnersWords(rows);
  }

  /** When the file was last changed; 0 when there is none. */
  static long stamp(String data) throws IOException {
    List<MatchResult.Metadata> file =
        FileSystems.match(data + FILE, EmptyMatchTreatment.ALLOW).metadata();
    return file.isEmpty() ? 0 : file.get(0).lastModifiedMillis();
  }

  /** The song as its owner speaks of it. */
  SongRef of(SongRef song) {
    CsvRow row = rows.get(song.getId());
    if (row == null) {
      return song;
    }
    SongRef.Builder spoken = SongRef.newBuilder(song);
    boolean isThere = isOf(row, song);
    if (isThere && row.isSet("language")) {
      spoken.setLanguage(value(row, "language"));
    }
    String title = value(row, "title");
    // The watch wrote the file's name as its title; a renamed file has another.
    if (!isThere && title != null && title.equals(SongTitle.stem(row.get("filepath")))) {
      title = null;
    }
    String artist = value(row, "artist");
    String lyrics = value(row, "lyrics");
    return spoken
        .setTitle(title == null ? song.getTitle() : title)
        .setArtist(artist == null ? song.getArtist() : artist)
        .setLyrics(lyrics == null ? song.getLyrics() : lyrics)
        .build();
  }

  /** Whether there is a row for each of these songs, where it is, and no other. */
  boolean areOf(List<SongRef> songs) {
    return songs.size() == rows.size()
        && songs.stream()
            .allMatch(
                song -> {
                  CsvRow row = rows.get(song.getId());
                  return row != null && isOf(row, song);
                });
  }

  private static boolean isOf(CsvRow row, SongRef song) {
    return row.get("filepath").equals(song.getFilepath());
  }

  private static @Nullable String value(CsvRow row, String column) {
    String value = row.getOrEmpty(column);
    return value.isBlank() ? null : value;
  }
}
