package org.surmala.store;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.io.AvroFile;
import org.surmala.io.DamagedFileException;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.Quarantine;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;

/**
 * The features of all songs under one feature version, and their permanent failures: Avro files in
 * {@code <root>/<spec>/}.
 *
 * <p>Files are complete and immutable: a file is written under a temporary name and renamed, and
 * its name is a hash of its ids, so that writing the same songs again changes nothing. The same id
 * may be in several files, with the same content; readers use any of them. {@link #compact} merges
 * small files into one.
 */
public final class FeatureStore implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Files with fewer records than this are merged by {@link #compact}. */
  static final int SMALL_FILE_RECORDS = 2_000;

  /** Minimum number of small files that {@link #compact} merges. */
  static final int MIN_SMALL_FILES = 16;

  private static final String FEATURES = "features";
  private static final String FAILURES = "failures";
  private static final int NAME_DIGITS = 24;

  private final String directory;

  /**
   * @param root folder of the store, on any Beam file system
   * @param spec feature version
   */
  public FeatureStore(String root, String spec) {
    this.directory = PathText.folder(root) + spec + "/";
  }

  /** The folder of this feature version, ending in a slash. */
  public String directory() {
    return directory;
  }

  /** Writes features durably. */
  public void writeFeatures(List<SegmentFeatures> features) throws IOException {
    write(FEATURES, SegmentFeatures.class, features, SegmentFeatures::getId);
  }

  /** Writes permanent failures. */
  public void writeFailures(List<Failure> failures) throws IOException {
    write(FAILURES, Failure.class, failures, Failure::getId);
  }

  /** The present feature files, ascending. */
  public List<String> featureFiles() throws IOException {
    return files(FEATURES).stream().map(m -> m.resourceId().toString()).toList();
  }

  /** The present failure files, ascending. */
  public List<String> failureFiles() throws IOException {
    return files(FAILURES).stream().map(m -> m.resourceId().toString()).toList();
  }

  /**
   * Reads one feature file.
   *
   * @throws DamagedFileException if it has changed since it was written
   */
  public static void readFeatures(String file, Consumer<SegmentFeatures> sink) throws IOException {
    AvroFile.read(file, SegmentFeatures.class, sink);
  }

  /** Reads one failure file. */
  static void readFailures(String file, Consumer<Failure> sink) throws IOException {
    AvroFile.read(file, Failure.class, sink);
  }

  /** Reads a file of the store. */
  @FunctionalInterface
  interface Reading {
    void read() throws IOException;
  }

  /**
   * Reads a file, and returns whether it is intact; if it is damaged, moves it to quarantine, so
   * that its songs are extracted again.
   */
  static boolean isIntact(String file, Reading reading) throws IOException {
    try {
      reading.read();
      return true;
    } catch (DamagedFileException damaged) {
      Quarantine.move(file);
      return false;
    }
  }

  /**
   * Merges small files. No other process may write at the same time; a process that dies meanwhile
   * leaves every record readable.
   */
  public void compact() throws IOException {
    StoredSongs.forget(directory);
    compact(FEATURES, SegmentFeatures.class, SegmentFeatures::getId);
    compact(FAILURES, Failure.class, Failure::getId);
  }

  private <T extends SpecificRecordBase> void compact(
      String kind, Class<T> type, Function<T, String> id) throws IOException {
    List<ResourceId> small = new ArrayList<>();
    TreeMap<String, T> records = new TreeMap<>();
    for (MatchResult.Metadata file : files(kind)) {
      List<T> content = new ArrayList<>();
      String name = file.resourceId().toString();
      if (isIntact(name, () -> AvroFile.read(name, type, content::add))
          && content.size() < SMALL_FILE_RECORDS) {
        small.add(file.resourceId());
        content.forEach(record -> records.put(id.apply(record), record));
      }
    }
    if (small.size() < MIN_SMALL_FILES) {
      return;
    }
    List<T> merged = List.copyOf(records.values());
    String name = write(kind, type, merged, id);
    small.removeIf(file -> name.equals(file.getFilename()));
    FileSystems.delete(small, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private List<MatchResult.Metadata> files(String kind) throws IOException {
    return FolderFiles.matching(directory, kind + "-*.avro");
  }

  private <T extends SpecificRecordBase> String write(
      String kind, Class<T> type, List<T> records, Function<T, String> id) throws IOException {
    List<T> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparing(id));
    String name = kind + "-" + hash(sorted, id) + ".avro";
    AvroFile.write(directory, name, type, sorted);
    return name;
  }

  private static <T> String hash(List<T> sorted, Function<T, String> id) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (T record : sorted) {
      digest.update(id.apply(record).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
  }
}
