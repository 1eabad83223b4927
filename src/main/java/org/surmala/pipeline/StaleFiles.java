package org.surmala.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.surmala.config.PipelineConfig;
import org.surmala.io.AvroFile;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.Quarantine;
import org.surmala.io.Snapshots;
import org.surmala.io.WholeFile;
import org.surmala.report.ReportOptions;
import org.surmala.report.SongParts;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.words.Noun;

/** Leftovers of runs: temporary files of killed processes, damaged files, and unused models. */
public final class StaleFiles {
  /** Number of model files that are kept besides those of a watch's model versions (ADR 124). */
  static final int KEPT_MODELS = 64;

  /** The file in the results of a watch that says by which model version songs are assigned. */
  public static final String WATCH_STATE = "watch.json";

  /** The file in the results of a watch with the songs that its refits moved. */
  public static final String WATCH_CHANGES = "changes.csv";

  private StaleFiles() {}

  /** Removes leftovers from the data folder. No other process may write there. */
  public static void clearData(PipelineConfig config) throws IOException {
    String data = config.report().data();
    WholeFile.sweep(data);
    WholeFile.sweep(config.processed());
    if (config.report().noun() == Noun.SONG) {
      SongParts.removeMetadata(data);
    }
    WholeFile.sweep(config.train().folder());
    WholeFile.sweep(config.train().folder() + "fits/");
    WholeFile.sweep(data + "clusterings/");
    WholeFile.sweep(data + "features/*/");
    Quarantine.clear(data);
    Quarantine.clear(config.store().directory());
  }

  /**
   * Removes the model files written longest ago, up to the {@value #KEPT_MODELS} last, except those
   * that a model version of a watch names. A fit that reuses a model writes its file again. No
   * other process may be fitting models.
   */
  public static void clearModels(PipelineConfig config) throws IOException {
    Set<String> named = new HashSet<>();
    String data = config.report().data();
    for (Metadata records :
        FolderFiles.matching(data + "versions/", "*/*/results/records/checkpoints.avro")) {
      try {
        AvroFile.read(records.resourceId().toString(), ModelCheckpoint.class)
            .forEach(model -> named.add(PathText.file(model.getPath()).getFilename()));
      } catch (FileNotFoundException | NoSuchFileException removed) {
        // By the watch, which keeps the last two versions.
      }
    }
    FileSystems.delete(
        FolderFiles.matching(config.train().folder(), "*.avro").stream()
            .sorted(Comparator.comparingLong(file -> -file.lastModifiedMillis()))
            .skip(KEPT_MODELS)
            .map(Metadata::resourceId)
            .filter(file -> !named.contains(file.getFilename()))
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Removes leftovers from the results. No other process may write there. */
  public static void clearResults(String results) throws IOException {
    for (String folder : ReportOptions.FOLDERS) {
      WholeFile.sweep(results + folder);
    }
  }

  /**
   * Converts the local results of a watch to those of a run: published files become plain files,
   * and files that only a watch writes are removed, as well as parts.
   */
  static void clearWatch(String results) throws IOException {
    Path folder = PathText.toPath(results);
    Snapshots.dissolve(folder);
    SongParts.remove(folder);
    for (String file : List.of(WATCH_STATE, WATCH_CHANGES)) {
      Files.deleteIfExists(folder.resolve(file));
      Files.deleteIfExists(folder.resolve("." + file + ".sha256"));
    }
  }

  /** The damaged files found since, one sentence each. */
  public static List<String> damage(PipelineConfig config) throws IOException {
    List<String> notes = new ArrayList<>();
    for (String file : Quarantine.in(config.store().directory())) {
      notes.add(file + " was damaged: its songs are extracted again");
    }
    for (String file : Quarantine.in(config.report().data())) {
      notes.add(file + " was damaged: every song is read again");
    }
    return notes;
  }
}
