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
 * The model versions of a collection, each a folder named by its number. A model version is there
 * from the moment that its record is, which is written last; what lies in a folder without one is
 * of no account.
 *
 * @param folder ending in a slash; it need not exist
 */
public record ModelVersions(String folder) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String RECORD = "version.avro";
  private static final String BEGUN = "begun";
  private static final String REQUEST = "request.avro";

  /** Name of the file that says what the watch was started with. */
  static final String SETTINGS = "watch.avro";

  /** The folder of a model version's results, ending in a slash. */
  String results(int number) {
    return of(number) + "results/";
  }

  private String of(int number) {
    return String.format(Locale.ROOT, "%s%06d/", folder, number);
  }

  /** The last model version; null when there is none. */
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

  /** The last model version when it is later than another one; else null. */
  @Nullable ModelVersion after(@Nullable ModelVersion known) throws IOException {
    ModelVersion last = last();
    return last != null && (known == null || last.getNumber() > known.getNumber()) ? last : null;
  }

  /** Whether a model version has not been let go of. */
  boolean has(ModelVersion version) throws IOException {
    return FolderFiles.find(of(version.getNumber()) + RECORD) != null;
  }

  /** Begins a model version, in an empty folder. */
  void begin(int number) throws IOException {
    clear(number);
    WholeFile.write(of(number), BEGUN, out -> out.write('\n'));
  }

  /** Whether a model version was begun that is not there yet. */
  boolean isMaking() throws IOException {
    String begun = last(BEGUN);
    String made = last(RECORD);
    return begun != null && (made == null || parent(begun).compareTo(parent(made)) > 0);
  }

  private static String parent(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  /** Removes what a process that was killed left of a model version. Nobody may be making one. */
  void sweep() throws IOException {
    if (isMaking()) {
      ModelVersion last = last();
      clear(last == null ? 1 : last.getNumber() + 1);
    }
  }

  /** Keeps what the watch was started with, for fits that another process runs. */
  void keep(WatchSettings settings) throws IOException {
    AvroFile.write(folder, SETTINGS, WatchSettings.class, List.of(settings));
  }

  /** The fit that is due: asked for, and neither made nor declined; null when there is none. */
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

  /** Asks for a fit, in place of one that was asked for. */
  public void request(RefitRequest request) throws IOException {
    AvroFile.write(folder, REQUEST, RefitRequest.class, List.of(request));
  }

  /** Takes a request back that can't be met. */
  void decline() throws IOException {
    FileSystems.delete(
        List.of(PathText.file(folder + REQUEST)), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Makes a model version be there. */
  void commit(ModelVersion version) throws IOException {
    AvroFile.write(of(version.getNumber()), RECORD, ModelVersion.class, List.of(version));
  }

  /**
   * Lets go of what came before a model version that every stage has reached, but for the one
   * before it.
   */
  void reached(ModelVersion version) throws IOException {
    String oldest = parent(of(version.getNumber() - 1) + RECORD);
    for (MatchResult.Metadata record : FolderFiles.matching(folder, "*/" + RECORD)) {
      String made = parent(record.resourceId().toString());
      if (made.compareTo(oldest) < 0) {
        clear(made + "/");
      }
    }
  }

  /** Removes what lies in a model version's folder. */
  void clear(int number) throws IOException {
    clear(of(number));
  }

  private static void clear(String made) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (MatchResult.Metadata file : FolderFiles.matching(made, "**")) {
      files.add(file.resourceId());
    }
    // Without its record it is no model version any more, whatever happens while the rest goes.
    files.sort(
        (a, b) ->
            Boolean.compare(!RECORD.equals(a.getFilename()), !RECORD.equals(b.getFilename())));
    for (ResourceId file : files) {
      FileSystems.delete(List.of(file), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
