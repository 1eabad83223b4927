package org.surmala.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.surmala.io.AvroFile;
import org.surmala.io.WholeFile;
import org.surmala.schema.Embedding;
import org.surmala.schema.SkippedFile;

/**
 * The tables of a part besides its assignments: metadata, embeddings, and, if there are any,
 * failures and skipped files. Each has the rows that the table of a small collection would have.
 */
final class PartTables {
  private PartTables() {}

  /**
   * Writes the tables.
   *
   * @param name name of the files, without extension
   * @param reported decoded songs of the part, by id
   * @param latent embeddings of the clustered songs under the primary model, ascending by id
   * @param skipped skipped files, by path
   */
  static void write(
      ReportOptions options,
      String name,
      RunRecords records,
      Map<String, ReportedSong> reported,
      List<Embedding> latent,
      List<SkippedFile> skipped)
      throws IOException {
    String table = name + ".csv";
    if (options.writesMetadata()) {
      ResultTables.writeMetadata(
          options.data() + SongParts.METADATA, table, records.songs(), reported);
    }
    String embeddings = options.results() + SongParts.EMBEDDINGS;
    AvroFile.write(embeddings, name + ".avro", Embedding.class, records.embeddings());
    WholeFile.write(embeddings, name + ".npy", out -> out.write(ProjectorFiles.npy(latent)));
    if (!records.failures().isEmpty()) {
      ResultTables.writeFailures(options.results() + SongParts.FAILURES, table, records.failures());
    }
    if (!skipped.isEmpty()) {
      ResultTables.writeSkipped(options.results() + SongParts.SKIPPED, table, skipped);
    }
  }
}
