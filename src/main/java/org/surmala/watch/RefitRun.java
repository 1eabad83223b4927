package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.AvroFile;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;
import org.surmala.pipeline.DataFolder;
import org.surmala.runner.BeamRun;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.WatchSettings;

/** Runs the refits that the watches of a data folder request, in a separate process. */
public final class RefitRun {
  private static final long POLL_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 60_000;

  private final String data;
  private final List<String> beamOptions;
  private final Consumer<String> notes;

  /**
   * @param beamOptions of Beam and its runner, as they were typed
   * @param notes receives one line for each step
   */
  public RefitRun(String data, List<String> beamOptions, Consumer<String> notes) {
    this.data = PathText.folder(data);
    this.beamOptions = List.copyOf(beamOptions);
    this.notes = notes;
  }

  /**
   * Runs the refit that is due. If none is, requests one, provided there are songs that the model
   * version was not fitted with.
   *
   * @throws UsageException if no watch has used the folder
   * @throws IllegalStateException if the refit fails
   */
  public void once() throws IOException {
    List<WatchConfig> watches = watches();
    WatchConfig due = watches.get(0);
    for (WatchConfig watch : watches) {
      if (watch.versions().request() != null) {
        due = watch;
      }
    }
    if (due.versions().request() == null && !request(due)) {
      notes.accept("nothing to refit: no new songs since the last model version");
      return;
    }
    try (RefitRunner runner = new RefitRunner(due, beamOptions, true, notes)) {
      while (runner.isRunning() || due.versions().request() != null) {
        runner.poll().ifPresent(this::tell);
        pause();
      }
    } catch (RefitFailedException e) {
      throw new IllegalStateException(e.reason(), e);
    }
  }

  /**
   * Runs each refit when it is due, until {@code isEnding}; retries a failed one after a pause.
   * Waits for watches that have not started yet.
   */
  public void follow(BooleanSupplier isEnding) throws IOException {
    Map<WatchSettings, RefitRunner> runners = new HashMap<>();
    while (!isEnding.getAsBoolean()) {
      Set<WatchSettings> watches = new HashSet<>();
      for (Metadata file : settings()) {
        WatchSettings watch = read(file);
        watches.add(watch);
        if (!runners.containsKey(watch)) {
          runners.put(watch, new RefitRunner(config(watch), beamOptions, true, notes));
        }
      }
      for (Map.Entry<WatchSettings, RefitRunner> each : runners.entrySet()) {
        if (watches.contains(each.getKey()) || each.getValue().isRunning()) {
          poll(each.getValue());
        }
      }
      pause();
    }
    runners.values().forEach(RefitRunner::close);
  }

  private void poll(RefitRunner runner) throws IOException {
    try {
      runner.poll().ifPresent(this::tell);
    } catch (RefitFailedException e) {
      notes.accept(e.getMessage());
    }
  }

  private void tell(ModelVersion made) {
    notes.accept(
        "model version %d (%s) has %d songs"
            .formatted(made.getNumber(), made.getCheckpoint().getVersion(), made.getSongs()));
  }

  /** The settings files of the watches of this folder, the newest first. */
  private List<Metadata> settings() throws IOException {
    List<Metadata> files =
        new ArrayList<>(FolderFiles.matching(data + "versions/", "*/" + ModelVersions.SETTINGS));
    files.sort(Comparator.comparingLong(Metadata::lastModifiedMillis).reversed());
    return files;
  }

  private static WatchSettings read(Metadata file) throws IOException {
    return AvroFile.read(file.resourceId().toString(), WatchSettings.class).get(0);
  }

  private WatchConfig config(WatchSettings watch) {
    Settings settings = new Settings();
    watch.getSettings().forEach(settings::set);
    BeamRun beam = BeamRun.fit(beamOptions, data, true);
    return WatchConfig.of(
        new RunRequest(
            SongSource.of(watch.getSongs()), watch.getResults(), data, settings, beamOptions),
        data,
        beam.shards(),
        beam.runner());
  }

  private List<WatchConfig> watches() throws IOException {
    List<WatchConfig> watches = new ArrayList<>();
    for (Metadata file : settings()) {
      watches.add(config(read(file)));
    }
    if (watches.isEmpty()) {
      throw new UsageException(
          "--data "
              + data
              + ": no watch has used this folder; start one: surmala watch --songs PATH --data "
              + data);
    }
    return watches;
  }

  /** Requests a refit, through the watch if one is running; returns whether it is due now. */
  private boolean request(WatchConfig watch) throws IOException {
    ModelVersion last = watch.versions().last();
    long known = last == null ? 0 : last.getThrough();
    try (DataFolder idle = DataFolder.openToWatch(data)) {
      long through = through(watch, known);
      if (through == known) {
        return false;
      }
      watch
          .versions()
          .request(
              new RefitRequest(
                  last == null ? 1 : last.getNumber() + 1,
                  through,
                  "demand",
                  System.currentTimeMillis()));
      notes.accept("no watch is running in " + idle.path() + ": a refit was requested");
      return true;
    } catch (UsageException running) {
      return askWatch(watch, known);
    }
  }

  private boolean askWatch(WatchConfig watch, long known) throws IOException {
    if (watch.history().after(known).isEmpty()) {
      return false;
    }
    String demand = watch.demand();
    int slash = demand.lastIndexOf('/') + 1;
    WholeFile.write(demand.substring(0, slash), demand.substring(slash), out -> out.write('\n'));
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (watch.versions().request() == null && System.currentTimeMillis() < end) {
      ModelVersion last = watch.versions().last();
      if (last != null && last.getThrough() > known) {
        return true;
      }
      pause();
    }
    return true;
  }

  /** The last event before the first event whose file is not read yet. */
  private static long through(WatchConfig watch, long known) throws IOException {
    long through = known;
    for (FileEvent event : watch.history().after(known)) {
      if (event.getType() == FileEventType.TAKEN
          && event.getSong() == null
          && event.getFailure() == null) {
        return through;
      }
      through = event.getNumber();
    }
    return through;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
