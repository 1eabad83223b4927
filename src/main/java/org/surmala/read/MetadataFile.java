package org.surmala.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.SongFile;

/**
 * A metadata.csv: UTF-8, comma-separated, with a header. {@code filepath} is required; {@code
 * language}, {@code title}, {@code artist} and {@code lyrics} are taken where they are given;
 * further columns are left alone, {@code id} too, because a song's identity follows from its bytes.
 */
final class MetadataFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final SongLister lister;
  private final String csv;

  MetadataFile(SongLister lister, String csv) {
    this.lister = lister;
    this.csv = csv;
  }

  void list(Listing listing) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (BufferedReader reader = open();
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      List<String> columns = parser.getHeaderNames();
      if (!columns.contains("filepath")) {
        throw new IOException(
            csv
                + ": no column 'filepath' among "
                + columns
                + "; the first line must name the columns: id,filepath,language,title,lyrics");
      }
      for (CSVRecord record : parser) {
        String filepath = record.isSet("filepath") ? record.get("filepath") : "";
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
                .setLyrics(value(record, "lyrics")),
            listing);
      }
    } catch (UncheckedIOException malformed) {
      throw new IOException(
          csv + ": not a readable CSV file: " + malformed.getMessage(), malformed);
    }
  }

  private BufferedReader open() throws IOException {
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
    String value = record.get(column);
    return value.isBlank() ? null : value;
  }
}
