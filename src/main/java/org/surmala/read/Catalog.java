package org.surmala.read;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.DamagedFileException;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.Quarantine;
import org.surmala.schema.CatalogEntry;

/**
 * The song behind each path when it was last read. Without the catalog, every file is read again.
 */
public final class Catalog {
  /** Name of its file in the data folder. */
  public static final String FILE = "catalog.avro";

  private final Map<String, CatalogEntry> entries = new TreeMap<>();

  /** An empty catalog. */
  public Catalog() {}

  /** Reads the catalog; empty if there is none. */
  public static Catalog read(String file) throws IOException {
    Catalog catalog = new Catalog();
    if (FolderFiles.find(file) == null) {
      return catalog;
    }
    AvroFile.read(file, CatalogEntry.class, catalog::put);
    return catalog;
  }

  /** The same; a damaged catalog is quarantined, so that every song is read again. */
  public static Catalog readIntact(String file) throws IOException {
    try {
      return read(file);
    } catch (DamagedFileException damaged) {
      Quarantine.move(file);
      return new Catalog();
    }
  }

  /**
   * The id of the song at the path of a metadata row, as of the last run.
   *
   * @param csv the metadata file
   * @param filepath path in the row, relative to that file if possible
   * @return null if the last run found nothing there
   */
  public @Nullable String idAt(String csv, String filepath) {
    String path = PathText.beside(csv, filepath);
    CatalogEntry entry = entries.get(PathText.absolute(path));
    return entry == null ? null : entry.getId();
  }

  /** The id of a file whose path, size and modification time are unchanged; else null. */
  public @Nullable String idOf(String uri, long size, long modified) {
    CatalogEntry entry = entries.get(uri);
    return entry != null && entry.getSize() == size && entry.getModified() == modified
        ? entry.getId()
        : null;
  }

  /** One path of each song, the first of its duplicates, in alphabetical order. */
  public List<String> songs() {
    Set<String> ids = new HashSet<>();
    return entries.values().stream()
        .filter(entry -> ids.add(entry.getId()))
        .map(CatalogEntry::getUri)
        .toList();
  }

  /** Puts an entry, replacing the path's former one. */
  public void put(CatalogEntry entry) {
    entries.put(entry.getUri(), entry);
  }

  /** Writes the catalog to a folder on any Beam file system, replacing an existing one. */
  public void write(String folder, String name) throws IOException {
    AvroFile.write(folder, name, CatalogEntry.class, entries.values());
  }
}
