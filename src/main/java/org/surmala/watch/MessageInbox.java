package org.surmala.watch;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.FolderFiles;
import org.surmala.io.WholeFile;
import org.surmala.schema.LogMessage;

/**
 * The messages read from a log, as a folder of complete, immutable Avro files. They survive the
 * log's retention, and determine the offset to resume at.
 *
 * <p>A message that is stored twice counts once. An instance caches what it has read, about 100
 * bytes per message. Not safe for use by several threads.
 */
public final class MessageInbox implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<LogMessage> ORDER =
      Comparator.comparing(LogMessage::getLog)
          .thenComparing(LogMessage::getPartition)
          .thenComparing(LogMessage::getOffset);

  private final String folder;
  private transient @Nullable TreeMap<String, List<String>> read;

  /**
   * @param folder on any Beam file system, ending in a slash; it need not exist
   */
  public MessageInbox(String folder) {
    this.folder = folder;
  }

  /** Stores messages durably, at least one, in any order. */
  void keep(List<LogMessage> arrivals) throws IOException {
    write(arrivals);
  }

  private String write(List<LogMessage> arrivals) throws IOException {
    List<LogMessage> sorted = arrivals.stream().sorted(ORDER).toList();
    StringBuilder all = new StringBuilder();
    for (LogMessage arrival : sorted) {
      all.append(arrival.getLog())
          .append('\n')
          .append(arrival.getPartition())
          .append('\n')
          .append(arrival.getOffset())
          .append('\n');
    }
    String name = DigestUtils.sha256Hex(all.toString()) + ".avro";
    AvroFile.write(folder, name, LogMessage.class, sorted);
    return name;
  }

  /** The announced paths and URIs, without duplicates. */
  Collection<String> uris() throws IOException {
    TreeMap<String, List<String>> known = read;
    if (known == null) {
      known = new TreeMap<>();
      read = known;
    }
    LinkedHashSet<String> all = new LinkedHashSet<>();
    for (ResourceId file : files()) {
      String name = file.toString();
      List<String> uris = known.get(name);
      if (uris == null) {
        uris =
            AvroFile.read(name, LogMessage.class).stream()
                .map(LogMessage::getUri)
                .filter(uri -> !uri.isEmpty())
                .toList();
        known.put(name, uris);
      }
      all.addAll(uris);
    }
    return all;
  }

  /**
   * The offsets to resume at, so that no message is lost: for each partition with stored messages,
   * the first missing offset after the smallest stored one. If the log itself has gaps, that is the
   * first gap, and later messages are read again.
   */
  public Map<Integer, Long> next(String log) throws IOException {
    Map<Integer, TreeSet<Long>> offsets = new HashMap<>();
    for (LogMessage arrival : all()) {
      if (arrival.getLog().equals(log)) {
        offsets
            .computeIfAbsent(arrival.getPartition(), partition -> new TreeSet<>())
            .add(arrival.getOffset());
      }
    }
    Map<Integer, Long> next = new HashMap<>();
    offsets.forEach(
        (partition, known) -> {
          long after = known.first();
          while (known.contains(after)) {
            after++;
          }
          next.put(partition, after);
        });
    return next;
  }

  /**
   * Merges all files into one and removes temporary files of killed processes. No other process may
   * write at the same time; a kill during the merge does no harm.
   */
  public void compact() throws IOException {
    WholeFile.sweep(folder);
    List<ResourceId> files = files();
    if (files.size() < 2) {
      return;
    }
    String merged = write(new ArrayList<>(all()));
    FileSystems.delete(
        files.stream().filter(file -> !merged.equals(file.getFilename())).toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private Collection<LogMessage> all() throws IOException {
    TreeSet<LogMessage> all = new TreeSet<>(ORDER);
    for (ResourceId file : files()) {
      all.addAll(AvroFile.read(file.toString(), LogMessage.class));
    }
    return all;
  }

  private List<ResourceId> files() throws IOException {
    return FolderFiles.matching(folder, "*.avro").stream()
        .map(MatchResult.Metadata::resourceId)
        .toList();
  }
}
