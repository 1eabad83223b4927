package org.surmala.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.surmala.config.Keys;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.AvroFile;
import org.surmala.io.LocalFolder;
import org.surmala.io.PathText;
import org.surmala.io.Shards;
import org.surmala.runner.BeamRun;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.watch.Refit;
import org.surmala.watch.WatchConfig;
import org.surmala.watch.WatchProgress;
import org.surmala.watch.WatchRun;
import org.surmala.watch.WatchState;

/**
 * Measures the rate at which a watch assigns and publishes songs with stored features: a real watch
 * over synthetic songs, in a temporary folder. Its only model is fitted before, with {@value
 * #FITTED} songs.
 */
public final class ArrivalsBench {
  private static final double NANOS = 1e-9;
  private static final int FITTED = 2_000;
  private static final int SONGS_OF_FILE = 1_000;

  private final int songs;
  private final Settings settings;
  private final List<String> beamOptions;
  private final Consumer<WatchProgress> progress;

  /**
   * @param songs number of songs after the fit, 100 or more
   * @param beamOptions options of the watch, as typed; the fit runs in this process
   * @param progress receives the progress several times per second
   */
  public ArrivalsBench(
      int songs, Settings settings, List<String> beamOptions, Consumer<WatchProgress> progress) {
    this.songs = songs;
    this.settings = settings;
    this.beamOptions = List.copyOf(beamOptions);
    this.progress = progress;
  }

  /**
   * The measurement.
   *
   * @param seconds time from the submission of the watch until every song is in the results
   * @param stageSeconds work per stage, summed over workers; empty if the runner does not report it
   */
  public record Outcome(double seconds, Map<String, Double> stageSeconds) {}

  /**
   * Runs the benchmark.
   *
   * @throws UsageException if there are too few songs
   * @throws IOException if the temporary folder cannot be used, or a song was not published
   */
  public Outcome execute() throws IOException {
    if (songs < 100) {
      throw new UsageException("--arrivals is " + songs + "; give 100 songs or more");
    }
    Path folder = Files.createTempDirectory("surmala-bench");
    try {
      settings.set(Keys.REFIT_SONGS.key(), "0");
      settings.set(Keys.DRIFT_THRESHOLD.key(), "0");
      Path source = Files.createDirectory(folder.resolve("songs"));
      RunRequest request =
          new RunRequest(
              new SongSource.Sound(source.toString()),
              folder.resolve("results").toString(),
              folder.resolve("data").toString(),
              settings,
              beamOptions);
      fit(WatchConfig.of(request, PathText.folder(request.data()), new Shards(1), "DirectRunner"));
      WatchRun watch = new WatchRun(request, progress, song -> {}, note -> {});
      // All songs come from the event log; none is listed.
      watch.end();
      long start = System.nanoTime();
      watch.execute();
      double seconds = (System.nanoTime() - start) * NANOS;
      long published = WatchState.read(PathText.folder(request.results())).songsSince();
      if (published != songs) {
        throw new IOException(published + " of " + songs + " songs were published");
      }
      return new Outcome(seconds, watch.counters().stageSeconds());
    } finally {
      LocalFolder.delete(folder);
    }
  }

  private void fit(WatchConfig config) throws IOException {
    PipelineConfig pipeline = config.pipeline();
    SyntheticSongs synthetic =
        new SyntheticSongs(pipeline.dimensionNames().size(), pipeline.spec(), pipeline.seed());
    List<FileEvent> events = new ArrayList<>();
    List<SegmentFeatures> unstored = new ArrayList<>();
    for (int i = 0; i < FITTED + songs; i++) {
      SegmentFeatures features = synthetic.features(i);
      events.add(taken(i + 1, synthetic.song(i), features));
      unstored.add(features);
      if (unstored.size() == SONGS_OF_FILE || i + 1 == FITTED + songs) {
        pipeline.store().writeFeatures(unstored);
        unstored.clear();
      }
    }
    AvroFile.write(config.history().folder(), "events-000000000001.avro", FileEvent.class, events);
    RefitRequest first = new RefitRequest(1, (long) FITTED, "first", System.currentTimeMillis());
    config.versions().request(first);
    new Refit(config).make(first, BeamRun.fit(List.of(), pipeline.report().data(), true));
  }

  private static FileEvent taken(long number, SongRef song, SegmentFeatures features) {
    return FileEvent.newBuilder()
        .setNumber(number)
        .setType(FileEventType.TAKEN)
        .setUri(song.getUri())
        .setFilepath(song.getFilepath())
        .setFile(
            SongFile.newBuilder()
                .setUri(song.getUri())
                .setFilepath(song.getFilepath())
                .setSize(0)
                .setModified(0)
                .build())
        .setSong(song)
        .setAudio(
            new SongAudioInfo(
                features.getId(), features.getInfo(), features.getLoudnessLufs(), null, null))
        .build();
  }
}
