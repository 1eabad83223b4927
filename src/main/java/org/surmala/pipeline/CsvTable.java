package org.surmala.pipeline;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file with a header line, in UTF-8, from any Beam file system. */
final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private CsvTable() {}

  /** Every row, in the file's order. */
  static List<CSVRecord> read(String file) throws IOException {
    try (CSVParser rows =
        CSVParser.builder()
            .setReader(
                new InputStreamReader(
                    Channels.newInputStream(
                        FileSystems.open(FileSystems.matchNewResource(file, false))),
                    StandardCharsets.UTF_8))
            .setFormat(FORMAT)
            .get()) {
      return rows.getRecords();
    }
  }
}
