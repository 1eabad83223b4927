package org.surmala.read;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.CatalogEntry;
import org.surmala.schema.SongFile;

/** What each path held when the last run ended. Losing it costs one reading of every file. */
public final class Catalog {
  private final Map<String, CatalogEntry> entries = new HashMap<>();

  private Catalog() {}

  /** Reads the catalog; empty when there is none. */
  public static Catalog read(String file) throws IOException {
    Catalog catalog = new Catalog();
    if (FileSystems.match(file, EmptyMatchTreatment.ALLOW).metadata().isEmpty()) {
      return catalog;
    }
    try (DataFileStream<CatalogEntry> stream =
        new DataFileStream<>(
            Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false))),
            new SpecificDatumReader<>(CatalogEntry.class))) {
      for (CatalogEntry entry : stream) {
        catalog.entries.put(entry.getUri(), entry);
      }
    }
    return catalog;
  }

  /**
   * The identity of what the last run found where a row of a metadata file points.
   *
   * @param csv the metadata file
   * @param filepath of the row, relative to that file where it can be
   * @return null when the last run found nothing there
   */
  public @Nullable String idAt(String csv, String filepath) {
    String path = MetadataFile.resolve(csv, filepath);
    CatalogEntry entry =
        entries.get(
            SongLister.isRemote(path)
                ? path
                : Path.of(path).toAbsolutePath().normalize().toString());
    return entry == null ? null : entry.getId();
  }

  /** The identity of a file whose path, size and modification time are those of the last run. */
  @Nullable String idOf(SongFile file) {
    CatalogEntry entry = entries.get(file.getUri());
    return entry != null
            && entry.getSize() == file.getSize()
            && entry.getModified() == file.getModified()
        ? entry.getId()
        : null;
  }
}
