package org.surmala.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.io.PathText;
import org.surmala.schema.SongFile;

/**
 * A metadata.csv. {@code filepath} is required; {@code language}, {@code title}, {@code artist},
 * {@code album} and {@code lyrics} are read if present, and further columns on request; {@code id}
 * is ignored, because the bytes determine a song's identity.
 *
 * @param further further columns, read as labels
 */
record MetadataFile(SongLister lister, String csv, List<String> further) {
  private static final String FILEPATH = "filepath";
  private static final List<String> OPTIONAL =
      List.of("language", "title", "artist", "album", "lyrics");

  void list(Listing listing) throws IOException {
    try (UserTable table = open(csv)) {
      for (TableRow row = table.next(); row != null; row = table.next()) {
        String fault =
            row.fault() == null && row.text(FILEPATH) == null
                ? "line "
                    + row.line()
                    + ", column 'filepath': the cell is empty; fill it in, or remove the row"
                : row.fault();
        if (fault != null) {
          String uri = csv + "#" + row.number();
          listing.failed(new SongException(FailureCode.BAD_ROW, fault).toFailure(null, uri, uri));
          continue;
        }
        lister.offerRow(
            PathText.beside(csv, row.cell(FILEPATH)),
            SongFile.newBuilder()
                .setLanguage(row.label("language"))
                .setTitle(row.text("title"))
                .setArtist(row.label("artist"))
                .setAlbum(row.label("album"))
                .setLyrics(row.text("lyrics"))
                .setLabels(row.labels(further)),
            listing);
      }
    }
  }

  private static UserTable open(String csv) throws IOException {
    UserTable table = UserTable.open(csv, FILEPATH);
    if (!table.columns().contains(FILEPATH)) {
      table.close();
      throw new IOException(
          ("%s: no column 'filepath' among %s%s; the first line must name the columns:"
                  + " id,filepath,language,title,lyrics")
              .formatted(csv, table.columns(), NameSuggestion.question(FILEPATH, table.columns())));
    }
    return table;
  }

  /** Names of the file's columns. */
  static List<String> columns(String csv) throws IOException {
    try (UserTable table = open(csv)) {
      return table.columns();
    }
  }

  /** Notes on the file's columns for readers of the scores, one line each. */
  static List<String> notes(String csv) throws IOException {
    try (UserTable table = open(csv)) {
      List<String> notes = new ArrayList<>();
      table.notes().forEach(note -> notes.add(csv + ": " + note));
      List<String> columns = table.columns();
      for (String optional : OPTIONAL) {
        if (!columns.contains(optional)) {
          NameSuggestion.of(optional, columns)
              .ifPresent(
                  near ->
                      notes.add(
                          "%s: column '%s' is not read; did you mean '%s'?"
                              .formatted(csv, near, optional)));
        }
      }
      return notes;
    }
  }
}
