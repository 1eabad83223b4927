package org.surmala.store;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.files.WholeFile;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;

/**
 * The features of every song that was ever computed under one specification, and the songs that
 * failed for good under it: Avro files in {@code <root>/<spec>/}.
 *
 * <p>A file, once there, is whole and never changes: it is written under a temporary name and
 * renamed, and its name is a hash of the ids in it, so writing the same songs again is no change.
 * The same id may stand in several files, with the same content; readers take either. {@link
 * #compact} merges small files into one.
 */
public final class FeatureStore implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Files with fewer records than this are merged by {@link #compact}. */
  static final int SMALL_FILE_RECORDS = 2_000;

  /** {@link #compact} does nothing while there are fewer small files than this. */
  static final int MIN_SMALL_FILES = 16;

  private static final String FEATURES = "features";
  private static final String FAILURES = "failures";
  private static final int NAME_DIGITS = 24;

  private final String directory;

  /**
   * @param root folder of the store, on any Beam file system
   * @param spec version of the feature specification
   */
  public FeatureStore(String root, String spec) {
    this.directory = (root.endsWith("/") ? root : root + "/") + spec + "/";
  }

  /** The folder of this specification's files, ending in a slash. */
  public String directory() {
    return directory;
  }

  /** Writes features; when this returns they survive the process. */
  public void writeFeatures(List<SegmentFeatures> features) throws IOException {
    write(FEATURES, SegmentFeatures.class, features, SegmentFeatures::getId);
  }

  /** Writes failures that the same bytes will always give. */
  public void writeFailures(List<Failure> failures) throws IOException {
    write(FAILURES, Failure.class, failures, Failure::getId);
  }

  /** The files of features there are now, ascending. */
  public List<String> featureFiles() throws IOException {
    return files(FEATURES).stream().map(m -> m.resourceId().toString()).toList();
  }

  /** The files of failures there are now, ascending. */
  public List<String> failureFiles() throws IOException {
    return files(FAILURES).stream().map(m -> m.resourceId().toString()).toList();
  }

  /** Reads one file of features. */
  public static void readFeatures(String file, Consumer<SegmentFeatures> sink) throws IOException {
    read(FileSystems.matchNewResource(file, false), SegmentFeatures.class, sink);
  }

  /** Reads one file of failures. */
  static void readFailures(String file, Consumer<Failure> sink) throws IOException {
    read(FileSystems.matchNewResource(file, false), Failure.class, sink);
  }

  /**
   * Merges small files. Nothing else may write meanwhile; a process that dies in the midst leaves
   * every record readable.
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
      read(file.resourceId(), type, content::add);
      if (content.size() < SMALL_FILE_RECORDS) {
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
    List<MatchResult.Metadata> files =
        new ArrayList<>(
            FileSystems.match(directory + kind + "-*.avro", EmptyMatchTreatment.ALLOW).metadata());
    files.sort(Comparator.comparing(file -> file.resourceId().toString()));
    return files;
  }

  private <T extends SpecificRecordBase> String write(
      String kind, Class<T> type, List<T> records, Function<T, String> id) throws IOException {
    List<T> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparing(id));
    String hash = hash(sorted, id);
    String name = kind + "-" + hash + ".avro";
    WholeFile.write(
        directory,
        name,
        out -> {
          try (DataFileWriter<T> writer = new DataFileWriter<>(new SpecificDatumWriter<>(type))) {
            writer.setCodec(CodecFactory.deflateCodec(1));
            writer.create(SpecificData.get().getSchema(type), out, syncMarker(hash));
            for (T record : sorted) {
              writer.append(record);
            }
          }
        });
    return name;
  }

  private static <T extends SpecificRecordBase> void read(
      ResourceId file, Class<T> type, Consumer<T> sink) throws IOException {
    try (DataFileStream<T> stream =
        new DataFileStream<>(
            Channels.newInputStream(FileSystems.open(file)), new SpecificDatumReader<>(type))) {
      stream.forEach(sink);
    }
  }

  private static <T> String hash(List<T> sorted, Function<T, String> id) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (T record : sorted) {
      digest.update(id.apply(record).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
  }

  /** A marker that follows from the content, so that equal content is equal bytes. */
  private static byte[] syncMarker(String hash) {
    ByteBuffer marker = ByteBuffer.allocate(16);
    marker.put(hash.getBytes(StandardCharsets.US_ASCII), 0, 16);
    return marker.array();
  }
}
