package org.surmala.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.surmala.files.SpreadsheetText;
import org.surmala.schema.SongFile;

/**
 * A metadata.csv: UTF-8, comma-separated, with a header. {@code filepath} is required; {@code
 * language}, {@code title}, {@code artist} and {@code lyrics} are taken where they are given, and
 * further columns where somebody asks for them; {@code id} is left alone, because a song's identity
 * follows from its bytes.
 */
final class MetadataFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final SongLister lister;
  private final String csv;
  private final List<String> further;

  /**
   * @param further columns that go with the songs as their labels
   */
  MetadataFile(SongLister lister, String csv, List<String> further) {
    this.lister = lister;
    this.csv = csv;
    this.further = further;
  }

  void list(Listing listing) throws IOException {
    try (CSVParser parser = parser(csv)) {
      List<String> columns = parser.getHeaderNames();
      if (!columns.contains("filepath")) {
        throw new IOException(
            csv
                + ": no column 'filepath' among "
                + columns
                + "; the first line must name the columns: id,filepath,language,title,lyrics");
      }
      for (CSVRecord record : parser) {
        String filepath =
            record.isSet("filepath") ? SpreadsheetText.text(record.get("filepath")) : "";
        if (filepath.isBlank()) {
          throw new IOException(
              csv
                  + ": row "
                  + record.getRecordNumber()
                  + " has no filepath; fill it in or remove it");
        }
        lister.offerRow(
            SongLister.beside(csv, filepath),
            SongFile.newBuilder()
                .setLanguage(value(record, "language"))
                .setTitle(value(record, "title"))
                .setArtist(value(record, "artist"))
                .setLyrics(value(record, "lyrics"))
                .setLabels(labels(record)),
            listing);
      }
    } catch (UncheckedIOException malformed) {
      throw new IOException(
          csv + ": not a readable CSV file: " + malformed.getMessage(), malformed);
    }
  }

  /** Names of the file's columns. */
  static List<String> columns(String csv) throws IOException {
    try (CSVParser parser = parser(csv)) {
      return parser.getHeaderNames();
    } catch (UncheckedIOException malformed) {
      throw new IOException(
          csv + ": not a readable CSV file: " + malformed.getMessage(), malformed);
    }
  }

  private Map<String, String> labels(CSVRecord record) {
    Map<String, String> labels = new TreeMap<>();
    for (String column : further) {
      String label = value(record, column);
      if (label != null) {
        labels.put(column, label);
      }
    }
    return labels;
  }

  private static CSVParser parser(String csv) throws IOException {
    return CSVParser.builder().setReader(open(csv)).setFormat(FeatureTable.FORMAT).get();
  }

  private static BufferedReader open(String csv) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(csv, false))),
                StandardCharsets.UTF_8));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private static @Nullable String value(CSVRecord record, String column) {
    if (!record.isSet(column)) {
      return null;
    }
    String value = SpreadsheetText.text(record.get(column));
    return value.isBlank() ? null : value;
  }
}
