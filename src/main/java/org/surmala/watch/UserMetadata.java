package org.surmala.watch;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.surmala.io.FolderFiles;
import org.surmala.io.SongTitle;
import org.surmala.read.TableRow;
import org.surmala.read.UserTable;
import org.surmala.schema.SongRef;

/**
 * The user's edits of the metadata.csv that a watch has written. Title, artist, album and lyrics
 * belong to the song, whatever its path. The label applies only while the song is at the path of
 * its row, since a folder's name is a label too. A title that equals the file's name in the row
 * does not apply to a renamed file.
 *
 * @param rows the table's rows, by song id
 */
record UserMetadata(Map<String, TableRow> rows) {
  static final String FILE = "metadata.csv";

  /** Reads them from the data folder; empty if there is no file. */
  static UserMetadata read(String data) throws IOException {
    Map<String, TableRow> rows = new HashMap<>();
    if (stamp(data) != 0) {
      try (UserTable table = UserTable.open(data + FILE, "filepath")) {
        for (TableRow row = table.next(); row != null; row = table.next()) {
          if (row.fault() == null && table.columns().containsAll(List.of("id", "filepath"))) {
            rows.put(row.cell("id"), row);
          }
        }
      }
    }
    return new UserMetadata(rows);
  }

  /** Modification time of the file; 0 if there is none. */
  static long stamp(String data) throws IOException {
    MatchResult.Metadata file = FolderFiles.find(data + FILE);
    return file == null ? 0 : file.lastModifiedMillis();
  }

  /** The song with the user's metadata. */
  SongRef of(SongRef song) {
    TableRow row = rows.get(song.getId());
    if (row == null) {
      return song;
    }
    SongRef.Builder spoken = SongRef.newBuilder(song);
    boolean isThere = isOf(row, song);
    if (isThere && row.has("language")) {
      spoken.setLanguage(row.label("language"));
    }
    String title = row.text("title");
    // The watch wrote the file's name as the title; a renamed file has a new name.
    if (!isThere && title != null && isNameOf(row, title)) {
      title = null;
    }
    String artist = row.label("artist");
    String album = row.label("album");
    String lyrics = row.text("lyrics");
    return spoken
        .setTitle(title == null ? song.getTitle() : title)
        .setArtist(artist == null ? song.getArtist() : artist)
        .setAlbum(album == null ? song.getAlbum() : album)
        .setLyrics(lyrics == null ? song.getLyrics() : lyrics)
        .build();
  }

  /** Whether there is exactly one row for each of these songs, at its path. */
  boolean areOf(List<SongRef> songs) {
    return songs.size() == rows.size()
        && songs.stream()
            .allMatch(
                song -> {
                  TableRow row = rows.get(song.getId());
                  return row != null && isOf(row, song);
                });
  }

  private static boolean isNameOf(TableRow row, String title) {
    String filepath = row.cell("filepath");
    return title.equals(SongTitle.ofName(filepath, true).title())
        || title.equals(SongTitle.ofName(filepath, false).title());
  }

  private static boolean isOf(TableRow row, SongRef song) {
    return row.cell("filepath").equals(song.getFilepath());
  }
}
