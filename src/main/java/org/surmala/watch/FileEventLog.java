package org.surmala.watch;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.io.AvroFile;
import org.surmala.io.FolderFiles;
import org.surmala.schema.FileEvent;

/**
 * The event log: what happened to the files of a collection, in the order in which polls noticed
 * it. All else of a watch follows from this order. Events are numbered from 1 without gaps. The
 * outcome of a taken file is stored separately under the number of its event, in any order.
 *
 * <p>It is a folder of Avro files, {@code events-*} and {@code outcomes-*}, each complete and
 * immutable. Events have one writer at a time; outcomes have any number.
 */
public final class FileEventLog implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String EVENTS = "events-";
  private static final String OUTCOMES = "outcomes-";
  private static final int NAME_DIGITS = 12;

  private final String folder;

  /**
   * @param folder on any Beam file system, ending in a slash; it need not exist
   */
  public FileEventLog(String folder) {
    this.folder = folder;
  }

  /** The folder of the files, ending in a slash. */
  public String folder() {
    return folder;
  }

  /** Appends events durably, numbered consecutively after the last. */
  void append(List<FileEvent> events) throws IOException {
    AvroFile.write(folder, name(EVENTS, events) + ".avro", FileEvent.class, events);
  }

  /**
   * Stores the outcomes of taken files durably.
   *
   * @param outcomes events with a song, a failure, or both; at least one
   */
  public void keep(List<FileEvent> outcomes) throws IOException {
    List<FileEvent> sorted = sorted(outcomes);
    StringBuilder numbers = new StringBuilder();
    sorted.forEach(event -> numbers.append(event.getNumber()).append('\n'));
    String hash = DigestUtils.sha256Hex(numbers.toString()).substring(0, NAME_DIGITS);
    AvroFile.write(folder, name(OUTCOMES, sorted) + "-" + hash + ".avro", FileEvent.class, sorted);
  }

  /** The events after the given number, ascending, each with its outcome where it is known. */
  public List<FileEvent> after(long number) throws IOException {
    TreeMap<Long, FileEvent> events = new TreeMap<>();
    List<ResourceId> files = files(EVENTS);
    for (int f = 0; f < files.size(); f++) {
      // Skip a file if the next file also starts at or before the first wanted event.
      if (f + 1 == files.size() || first(files.get(f + 1)) > number + 1) {
        AvroFile.read(files.get(f).toString(), FileEvent.class, e -> events.put(e.getNumber(), e));
      }
    }
    TreeMap<Long, FileEvent> wanted = new TreeMap<>(events.tailMap(number, false));
    if (!wanted.isEmpty()) {
      for (ResourceId file : files(OUTCOMES)) {
        AvroFile.read(
            file.toString(),
            FileEvent.class,
            outcome -> wanted.replace(outcome.getNumber(), outcome));
      }
    }
    return List.copyOf(wanted.values());
  }

  /**
   * Merges all files into two. No other process may write at the same time; a kill during the merge
   * does no harm.
   */
  public void compact() throws IOException {
    compact(EVENTS);
    compact(OUTCOMES);
  }

  private void compact(String kind) throws IOException {
    List<ResourceId> files = files(kind);
    if (files.size() < 2) {
      return;
    }
    TreeMap<Long, FileEvent> records = new TreeMap<>();
    for (ResourceId file : files) {
      AvroFile.read(file.toString(), FileEvent.class, e -> records.put(e.getNumber(), e));
    }
    Collection<FileEvent> all = records.values();
    String name = name(kind, List.copyOf(all)) + ".avro";
    AvroFile.write(folder, name, FileEvent.class, all);
    files.removeIf(file -> name.equals(file.getFilename()));
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private static List<FileEvent> sorted(List<FileEvent> events) {
    return events.stream().sorted(Comparator.comparing(FileEvent::getNumber)).toList();
  }

  private static String name(String kind, List<FileEvent> ascending) {
    return String.format(Locale.ROOT, "%s%012d", kind, ascending.get(0).getNumber());
  }

  private static long first(ResourceId file) {
    String name = String.valueOf(file.getFilename());
    return Long.parseLong(name.substring(EVENTS.length(), EVENTS.length() + NAME_DIGITS));
  }

  private List<ResourceId> files(String kind) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (MatchResult.Metadata file : FolderFiles.matching(folder, kind + "*.avro")) {
      files.add(file.resourceId());
    }
    return files;
  }
}
