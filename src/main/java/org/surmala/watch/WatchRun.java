package org.surmala.watch;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Keys;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.WholeFile;
import org.surmala.pipeline.DataFolder;
import org.surmala.pipeline.OutputFolder;
import org.surmala.pipeline.StaleFiles;
import org.surmala.runner.BeamRun;
import org.surmala.runner.JobSubmittedException;
import org.surmala.runner.RestartsFollower;
import org.surmala.runner.RunCounters;
import org.surmala.schema.WatchEvent;
import org.surmala.schema.WatchSettings;

/** Runs a watch until it is stopped. After a kill, the next watch resumes. */
public final class WatchRun {
  private final RunRequest request;
  private final Consumer<WatchProgress> progress;
  private final Consumer<NewSong> songs;
  private final Consumer<String> notes;
  private RunCounters counters = RunCounters.none();
  private volatile boolean endingAsked;
  private volatile @Nullable WatchConfig running;

  /**
   * @param progress receives the progress several times per second
   * @param songs receives each assigned song
   * @param notes receives one line for each event of the watch itself
   */
  public WatchRun(
      RunRequest request,
      Consumer<WatchProgress> progress,
      Consumer<NewSong> songs,
      Consumer<String> notes) {
    this.request = request;
    this.progress = progress;
    this.songs = songs;
    this.notes = notes;
  }

  /** The counters of a watch that has ended; empty if its runner does not report them. */
  public RunCounters counters() {
    return counters;
  }

  /** How a watch ended. */
  public enum Ending {
    /** All accepted songs are in the results. */
    DRAINED,
    /** It was stopped on its cluster, with a savepoint. */
    STOPPED
  }

  /**
   * Watches until {@link #end} is called and all songs accepted by then are in the results, or
   * until it is stopped on its cluster.
   *
   * @throws UsageException if the request is invalid; nothing is written
   * @throws IOException if data or results cannot be read or written
   * @throws IllegalStateException if the dataflow ends by itself
   * @throws JobSubmittedException if the job runs on a cluster where this process cannot follow it
   */
  public Ending execute() throws IOException {
    if (request.source() instanceof SongSource.Table) {
      throw new UsageException("watch needs songs, not a feature table; use --songs");
    }
    requireLocal(OutputFolder.RESULTS, request.results());
    requireLocal("--data", request.data());
    if (request.source() instanceof SongSource.Sound sound) {
      sound.require();
    }
    OutputFolder.require(OutputFolder.RESULTS, request.results());
    try (DataFolder data = DataFolder.openToWatch(request.data())) {
      BeamRun beam = BeamRun.endless(request.beamOptions(), data.path());
      beam.endEarlier(data.path());
      WatchConfig config = WatchConfig.of(request, data.path(), beam.shards(), beam.runner());
      Pipeline pipeline = beam.pipeline();
      if (request.source() instanceof SongSource.Topic topic) {
        AnnouncedSongs announcements = AnnouncedSongs.of(topic, data.path());
        config = config.announced(announcements.arrivals());
        announcements.build(pipeline);
        beam.addReaders(announcements.log().partitions());
      }
      String results = request.settings().get(Keys.RESULTS_TOPIC);
      MessageLog.Opened topicOfResults =
          results.isEmpty()
              ? null
              : MessageLog.find("--set " + Keys.RESULTS_TOPIC.key() + "=" + results, results);
      prepare(config);
      PCollection<WatchEvent> assigned = WatchPipeline.build(pipeline, config);
      if (topicOfResults != null) {
        assigned.apply("SendAssignments", SendAssignments.to(topicOfResults, config));
      }
      running = config;
      if (endingAsked) {
        end();
      }
      ResultsFollower follower = new ResultsFollower(config);
      PipelineResult started = beam.startEndless(pipeline);
      try (RefitRunner fits = new RefitRunner(config, request.beamOptions(), false, notes)) {
        return watch(beam, started, config, follower, fits);
      }
    }
  }

  private static void requireLocal(String option, String folder) {
    if (RemoteFiles.isRemote(folder)) {
      throw new UsageException(
          option
              + " "
              + folder
              + ": watch publishes results with links, which need a local file system; use a local"
              + " or mounted folder");
    }
  }

  private void prepare(WatchConfig config) throws IOException {
    PipelineConfig pipeline = config.pipeline();
    StaleFiles.clearResults(pipeline.results());
    WholeFile.sweep(config.history().folder());
    for (String mark : List.of(config.read().ending(), config.ended())) {
      FileSystems.delete(List.of(PathText.file(mark)), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
    config.history().compact();
    config
        .versions()
        .writeSettings(
            new WatchSettings(
                PathText.absolute(request.source().location()),
                pipeline.results(),
                request.settings().asMap()));
    try (DataFolder data = DataFolder.openToFit(pipeline.report().data())) {
      BeamRun.fit(request.beamOptions(), data.path(), false).endEarlier(data.path());
      // Left by killed processes; no other process may write here now.
      StaleFiles.clearData(pipeline);
      pipeline.store().compact();
      StaleFiles.damage(pipeline).forEach(notes);
      config.versions().removeUnfinished();
      new Refit(config).adopt();
    } catch (UsageException fitting) {
      notes.accept(
          "a refit in another process continues; the store is cleaned up at the next start");
    }
  }

  private Ending watch(
      BeamRun beam,
      PipelineResult started,
      WatchConfig config,
      ResultsFollower follower,
      RefitRunner fits)
      throws IOException {
    RestartsFollower restarts = beam.restarts();
    Ending ending = null;
    while (ending == null) {
      PipelineResult.State state = beam.state(started);
      tell(follower);
      restarts.news().forEach(notes);
      fit(fits, config);
      if (isThere(config.ended())) {
        ending = Ending.DRAINED;
        counters = new RunCounters(started);
        beam.end(started);
        tell(follower);
      } else if (state == PipelineResult.State.DONE && beam.canBeStopped()) {
        ending = Ending.STOPPED;
      } else if (state.isTerminal()) {
        throw new IllegalStateException(
            "the pipeline ended with state " + state + "; -v shows its log");
      }
    }
    // The mark of the ending stays until the next start: polls in flight take no further song.
    return ending;
  }

  /** A refit that fails or has no free slots while the watch ends would block the end forever. */
  private void fit(RefitRunner fits, WatchConfig config) throws IOException {
    try {
      fits.poll();
      if (endingAsked && fits.isBlocked() && config.versions().request() != null) {
        config.versions().decline();
        notes.accept("stops without the refit that is due; the next start requests it again");
      }
    } catch (RefitFailedException e) {
      if (endingAsked) {
        throw new IllegalStateException(e.reason(), e);
      }
      notes.accept(e.getMessage());
    }
  }

  private void tell(ResultsFollower follower) throws IOException {
    follower.news().forEach(songs);
    progress.accept(follower.progress());
  }

  private static boolean isThere(String file) throws IOException {
    return FolderFiles.find(file) != null;
  }

  /**
   * Ends the watch: no further song is accepted, and {@link #execute} returns once the songs in
   * flight are in the results. Safe to call from any thread at any time.
   */
  public void end() throws IOException {
    endingAsked = true;
    WatchConfig config = running;
    if (config != null) {
      String ending = config.read().ending();
      int slash = ending.lastIndexOf('/') + 1;
      WholeFile.write(ending.substring(0, slash), ending.substring(slash), out -> out.write('\n'));
    }
  }
}
