package org.surmala.watch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.WatchSettings;

/**
 * The model versions of a collection, each a folder named by its number. A version exists once its
 * record is written, which is the last file; a folder without a record is ignored.
 *
 * @param folder ending in a slash; it need not exist
 */
public record ModelVersions(String folder) implements Serializable {
  private static final String RECORD = "version.avro";
  private static final String BEGUN = "begun";
  private static final String REQUEST = "request.avro";

  /** Name of the file with the settings of the watch. */
  static final String SETTINGS = "watch.avro";

  /** The folder of a model version's results, ending in a slash. */
  String results(int number) {
    return of(number) + "results/";
  }

  private String of(int number) {
    return String.format(Locale.ROOT, "%s%06d/", folder, number);
  }

  /** The last model version; null if there is none. */
  @Nullable ModelVersion last() throws IOException {
    String record = last(RECORD);
    return record == null ? null : AvroFile.read(record, ModelVersion.class).get(0);
  }

  private @Nullable String last(String name) throws IOException {
    return FolderFiles.matching(folder, "*/" + name).stream()
        .map(file -> file.resourceId().toString())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The last model version if it is newer than the known one; else null. */
  @Nullable ModelVersion after(@Nullable ModelVersion known) throws IOException {
    ModelVersion last = last();
    return last != null && (known == null || last.getNumber() > known.getNumber()) ? last : null;
  }

  /** Whether a model version has not been removed. */
  boolean has(ModelVersion version) throws IOException {
    return FolderFiles.find(of(version.getNumber()) + RECORD) != null;
  }

  /** Starts a model version, in an empty folder. */
  void begin(int number) throws IOException {
    clear(number);
    WholeFile.write(of(number), BEGUN, out -> out.write('\n'));
  }

  /** Whether a model version was started and is not committed yet. */
  boolean isFitting() throws IOException {
    String begun = last(BEGUN);
    String made = last(RECORD);
    return begun != null && (made == null || parent(begun).compareTo(parent(made)) > 0);
  }

  private static String parent(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  /** Removes the unfinished model version of a killed process. No process may be fitting one. */
  void removeUnfinished() throws IOException {
    if (isFitting()) {
      ModelVersion last = last();
      clear(last == null ? 1 : last.getNumber() + 1);
    }
  }

  /** Stores the settings of the watch, for refits that another process runs. */
  void writeSettings(WatchSettings settings) throws IOException {
    AvroFile.write(folder, SETTINGS, WatchSettings.class, List.of(settings));
  }

  /** The refit that is due: requested, neither committed nor declined; null if there is none. */
  public @Nullable RefitRequest request() throws IOException {
    RefitRequest request;
    try {
      request = AvroFile.read(folder + REQUEST, RefitRequest.class).get(0);
    } catch (FileNotFoundException | NoSuchFileException none) {
      return null;
    }
    ModelVersion last = last();
    return last != null && last.getNumber() >= request.getNumber() ? null : request;
  }

  /** Requests a refit; replaces an earlier request. */
  public void request(RefitRequest request) throws IOException {
    AvroFile.write(folder, REQUEST, RefitRequest.class, List.of(request));
  }

  /** Removes a request that cannot be fulfilled. */
  void decline() throws IOException {
    FileSystems.delete(
        List.of(PathText.file(folder + REQUEST)), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Commits a model version by writing its record. */
  void commit(ModelVersion version) throws IOException {
    AvroFile.write(of(version.getNumber()), RECORD, ModelVersion.class, List.of(version));
  }

  /**
   * Removes the versions before a model version that every stage has reached, except its direct
   * predecessor.
   */
  void removeBefore(ModelVersion version) throws IOException {
    String oldest = parent(of(version.getNumber() - 1) + RECORD);
    for (MatchResult.Metadata record : FolderFiles.matching(folder, "*/" + RECORD)) {
      String made = parent(record.resourceId().toString());
      if (made.compareTo(oldest) < 0) {
        clear(made + "/");
      }
    }
  }

  /** Empties a model version's folder. */
  void clear(int number) throws IOException {
    clear(of(number));
  }

  private static void clear(String made) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (MatchResult.Metadata file : FolderFiles.matching(made, "**")) {
      files.add(file.resourceId());
    }
    // The record goes first: without it the folder is no model version, even if the process dies
    // here.
    files.sort(
        (a, b) ->
            Boolean.compare(!RECORD.equals(a.getFilename()), !RECORD.equals(b.getFilename())));
    for (ResourceId file : files) {
      FileSystems.delete(List.of(file), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
