package org.surmala.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.ChecksummedFile;
import org.surmala.io.FolderFiles;
import org.surmala.io.LocalFolder;
import org.surmala.io.WholeFile;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.PublishedSong;

/**
 * The songs of a collection that is too large for one table, in parts: {@code assignments/} with
 * {@code part-NNNNN.csv}, {@code part-NNNNN.avro} and {@code manifest.json}. The id of a song
 * determines its part; within a part songs ascend by id.
 */
public final class SongParts {
  /**
   * Up to this number of songs assignments.csv is one file, and each publication writes all
   * results.
   */
  public static final int MOST_IN_ONE_TABLE = 20_000;

  /** Name of the folder, ending in a slash. */
  public static final String FOLDER = "assignments/";

  /** Embeddings in parts, in the results. */
  static final String EMBEDDINGS = "embeddings/";

  /** Failures in parts, in the results. */
  static final String FAILURES = "failures/";

  /** Skipped files in parts, in the results. */
  static final String SKIPPED = "skipped/";

  /** Metadata in parts, in the data folder. */
  static final String METADATA = "metadata/";

  /** The folders of parts in the results of a run. */
  public static final List<String> FOLDERS = List.of(FOLDER, EMBEDDINGS, FAILURES, SKIPPED);

  /** Largest average number of songs per part. */
  public static final int MOST_IN_PART = 4_000;

  private static final String MANIFEST = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SongParts() {}

  /**
   * A part.
   *
   * @param name name of its files, without extension
   * @param rows number of songs
   * @param sha256 hash of the CSV file; the Avro file has its own checksum
   */
  public record Part(String name, int rows, String sha256) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The manifest of all parts.
   *
   * @param model version of the model of the assignments
   * @param rows total number of songs
   * @param parts parts, by number
   */
  public record Manifest(String model, int rows, List<Part> parts) {
    public Manifest {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Number of parts for the given number of songs, a power of two, so that a part has {@code
   * mostInPart} songs at most on average.
   */
  public static int count(long songs, int mostInPart) {
    int count = 1;
    while ((long) count * mostInPart < songs) {
      count *= 2;
    }
    return count;
  }

  /** Number of a song's part. */
  public static int of(String id, int count) {
    int hash = id.hashCode();
    return (hash ^ hash >>> 16) & (count - 1);
  }

  /** Name of a part's files, without extension. */
  public static String name(int part) {
    return String.format(Locale.ROOT, "part-%05d", part);
  }

  /**
   * Writes a part.
   *
   * @param displayed the displayed assignment of a fitted one, for the table; the Avro file has the
   *     fitted assignments
   * @param tellsNeighbours whether the table has the column of neighbours
   */
  static Part write(
      String results,
      int number,
      List<PublishedSong> songs,
      UnaryOperator<ClusterAssignment> displayed,
      ClusterNames names,
      boolean tellsNeighbours)
      throws IOException {
    String folder = results + FOLDER;
    String name = name(number);
    List<PublishedSong> sorted = sorted(songs);
    List<AssignmentTable.Row> rows = new ArrayList<>();
    for (PublishedSong song : sorted) {
      ClusterAssignment assignment = displayed.apply(song.getAssigned().getAssignment());
      rows.add(
          new AssignmentTable.Row(
              ReportedSong.of(song.getSong(), song.getAudio()),
              assignment,
              names.of(assignment.getCluster()),
              names.group(assignment),
              song.getAssigned().getPoint(),
              tellsNeighbours ? song.getAssigned().getNeighbours() : null));
    }
    AvroFile.write(folder, name + ".avro", PublishedSong.class, sorted);
    AssignmentTable.writeUnchecked(folder, name + ".csv", rows, tellsNeighbours);
    try (InputStream csv = WholeFile.open(folder + name + ".csv")) {
      return new Part(name, sorted.size(), DigestUtils.sha256Hex(csv));
    }
  }

  private static List<PublishedSong> sorted(List<PublishedSong> songs) {
    return songs.stream().sorted(Comparator.comparing(song -> song.getSong().getId())).toList();
  }

  /** Writes the manifest. */
  static void write(String results, Manifest manifest) throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    ChecksummedFile.write(results + FOLDER, MANIFEST, out -> out.write(json));
  }

  /** The manifest of results in parts; null if they are in one table. */
  public static @Nullable Manifest manifest(String results) throws IOException {
    try (InputStream in = ChecksummedFile.open(results + FOLDER + MANIFEST)) {
      return JSON.readValue(in, Manifest.class);
    } catch (FileNotFoundException whole) {
      return null;
    }
  }

  /**
   * Removes the parts and the records of their sample from local results; nothing if results are in
   * one table.
   */
  public static void remove(Path results) throws IOException {
    if (Files.exists(results.resolve(FOLDER + MANIFEST))) {
      for (String folder : FOLDERS) {
        LocalFolder.delete(results.resolve(folder));
      }
      Files.deleteIfExists(results.resolve(StoredRecords.FOLDER + StoredRecords.TOTALS_FILE));
    }
  }

  /**
   * The tables of metadata of the last run: its parts, or metadata.csv. Paths in them are relative
   * to the data folder.
   *
   * @param data the data folder, on any Beam file system, ending in a slash
   * @return none before the first run
   */
  public static List<String> metadata(String data) throws IOException {
    List<String> parts =
        FolderFiles.matching(data + METADATA, "part-*.csv").stream()
            .map(part -> part.resourceId().toString())
            .toList();
    String whole = data + ResultTables.METADATA_FILE;
    return !parts.isEmpty() || FolderFiles.find(whole) == null ? parts : List.of(whole);
  }

  /** Removes metadata in parts from a data folder. */
  public static void removeMetadata(String data) throws IOException {
    List<ResourceId> parts = new ArrayList<>();
    for (MatchResult.Metadata part : FolderFiles.matching(data + METADATA, "part-*.csv")) {
      parts.add(part.resourceId());
    }
    FileSystems.delete(parts, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** The songs of a part, ascending by id. */
  public static List<PublishedSong> read(String results, Part part) throws IOException {
    return AvroFile.read(results + FOLDER + part.name() + ".avro", PublishedSong.class);
  }

  /** The songs of all parts, ascending by id; null if the results are in one table. */
  static @Nullable List<PublishedSong> read(String results) throws IOException {
    Manifest manifest = manifest(results);
    if (manifest == null) {
      return null;
    }
    List<PublishedSong> songs = new ArrayList<>();
    for (Part part : manifest.parts()) {
      songs.addAll(read(results, part));
    }
    return sorted(songs);
  }
}
