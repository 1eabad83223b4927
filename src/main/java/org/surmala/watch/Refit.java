package org.surmala.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;
import org.surmala.config.PipelineConfig;
import org.surmala.io.AvroFile;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.io.Snapshots;
import org.surmala.pipeline.RunFigures;
import org.surmala.pipeline.RunManifest;
import org.surmala.pipeline.RunOutcome;
import org.surmala.pipeline.SongPipeline;
import org.surmala.pipeline.StaleFiles;
import org.surmala.report.Redraw;
import org.surmala.report.SongParts;
import org.surmala.report.StoredClusters;
import org.surmala.runner.BeamRun;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.Findings;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.SongRef;
import org.surmala.store.StoredSongs;
import org.surmala.train.Train;
import org.surmala.words.Noun;

/**
 * Fits the next model version: a bounded run of the same stages over the songs of the event log.
 * Features come from the store; fits start from the last version's models; clusters keep their
 * numbers. The same log, store and last version give the same new version.
 */
public final class Refit {
  private static final List<String> CHANGE_COLUMNS =
      List.of("version", "model", "cause", "id", "filepath", "from", "to", "reason");
  private static final double NANOS = 1e-9;

  private final WatchConfig config;

  public Refit(WatchConfig config) {
    this.config = config;
  }

  /**
   * Fits the requested version, or declines the request if there are too few songs. No other
   * process may be fitting one.
   *
   * @param beam runs the fit
   * @return null if the request was declined
   */
  public @Nullable ModelVersion make(RefitRequest request, BeamRun beam) throws IOException {
    Instant started = Instant.now();
    long start = System.nanoTime();
    ModelVersion before = config.versions().last();
    long through = request.getThrough();
    int songs = ReadEventLog.files(config, through).songs().size();
    if (songs < PipelineConfig.MIN_SONGS) {
      config.versions().decline();
      return null;
    }
    config.versions().begin(request.getNumber());
    String folder = config.versions().results(request.getNumber());
    PipelineConfig pipeline =
        before == null
            ? config.pipeline().onFrom(folder, List.of(), List.of(), List.of())
            : config
                .pipeline()
                .onFrom(
                    folder,
                    AvroFile.read(
                        before.getFolder() + "records/checkpoints.avro", ModelCheckpoint.class),
                    chosen(before),
                    profiles(before));
    run(pipeline, beam, through);
    ModelCheckpoint checkpoint =
        Objects.requireNonNull(checkpoint(folder), "a model version has a model");
    ModelVersion version =
        new ModelVersion(
            request.getNumber(), through, request.getCause(), songs, checkpoint, folder);
    writeChanges(before, version);
    writeManifest(pipeline, started, (System.nanoTime() - start) * NANOS);
    config.versions().commit(version);
    return version;
  }

  private void run(PipelineConfig stages, BeamRun beam, long through) throws IOException {
    Pipeline pipeline = beam.pipeline();
    SongPipeline.build(pipeline, ReadEventLog.of(config, through), stages);
    // Songs stored moments ago may be missing from this process's index of the store.
    new StoredSongs(stages.store()).refresh();
    Train.clear(stages.train());
    beam.run(pipeline, Noun.SONG, progress -> {});
    Train.clear(stages.train());
    StaleFiles.clearModels(stages);
  }

  /**
   * Uses the results of a run with the same options as the first model version, if there is none
   * yet. Other results stay as they are.
   */
  void adopt() throws IOException {
    Path shown = Path.of(config.pipeline().results());
    Path current = Snapshots.current(shown);
    Path results = current == null ? shown : current;
    Path manifest = results.resolve("run.json");
    if (config.versions().last() != null
        || !Files.exists(manifest)
        || !Files.exists(results.resolve("records/checkpoints.avro"))
        // Parts of a watch also hold songs that came after the fit, and records those of a sample.
        || SongParts.manifest(results + "/") != null
        || !config
            .pipeline()
            .run()
            .equals(new ObjectMapper().readTree(manifest.toFile()).path("run").asText())) {
      return;
    }
    ModelCheckpoint checkpoint = checkpoint(results + "/");
    int songs = StoredClusters.read(results + "/").assignments().size();
    if (checkpoint == null || songs < PipelineConfig.MIN_SONGS) {
      return;
    }
    config.versions().clear(1);
    String folder = config.versions().results(1);
    Snapshots.link(results, Path.of(folder));
    ModelVersion version = new ModelVersion(1, 0L, "run", songs, checkpoint, folder);
    writeChanges(null, version);
    config.versions().commit(version);
  }

  private @Nullable ModelCheckpoint checkpoint(String results) throws IOException {
    return AvroFile.read(results + "records/checkpoints.avro", ModelCheckpoint.class).stream()
        .filter(c -> c.getName().equals(config.pipeline().primary().representation()))
        .findFirst()
        .orElse(null);
  }

  private static List<Clustering> chosen(ModelVersion version) throws IOException {
    List<Clustering> chosen =
        new ArrayList<>(
            AvroFile.read(version.getFolder() + "records/clusterings.avro", Clustering.class));
    chosen.removeIf(clustering -> !clustering.getChosen());
    return chosen;
  }

  private static List<ClusterProfile> profiles(ModelVersion version) throws IOException {
    return AvroFile.read(version.getFolder() + "records/findings.avro", Findings.class).stream()
        .flatMap(
            findings ->
                Stream.concat(findings.getProfiles().stream(), findings.getGroups().stream()))
        .toList();
  }

  private void writeManifest(PipelineConfig stages, Instant started, double seconds)
      throws IOException {
    RunFigures results = RunFigures.read(stages.results());
    if (!results.coverage().balances()) {
      throw new IllegalStateException("files are unaccounted for: " + results.coverage());
    }
    RunManifest.write(
        stages,
        config.manifest(),
        new RunOutcome(
            Noun.SONG,
            results.coverage(),
            0,
            results.coverage().clustered(),
            results.summary(),
            Map.of(),
            seconds,
            OptionalDouble.empty(),
            results.coverage().failedShare() > stages.maxFailedShare(),
            stages.notes(),
            stages.results(),
            stages.report().data(),
            false),
        started);
    Redraw.page(stages.results(), stages.report().data(), stages.report().shown());
  }

  /** Appends the songs that moved to another cluster to the last version's changes. */
  private void writeChanges(@Nullable ModelVersion before, ModelVersion version)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    if (before != null) {
      for (CsvRow row : CsvFile.read(before.getFolder() + StaleFiles.WATCH_CHANGES)) {
        rows.add(row.toList());
      }
      rows.addAll(changes(before, version));
    }
    CsvFile.write(
        version.getFolder(),
        StaleFiles.WATCH_CHANGES,
        CHANGE_COLUMNS,
        csv -> {
          for (List<String> row : rows) {
            csv.printRecord(row.toArray());
          }
        });
  }

  private List<List<String>> changes(ModelVersion before, ModelVersion version) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    StoredClusters storedBefore = StoredClusters.read(before.getFolder());
    StoredClusters storedNow = StoredClusters.read(version.getFolder());
    Map<String, Integer> old = clusters(storedBefore);
    Map<String, Integer> now = clusters(storedNow);
    Set<Integer> oldClusters = new HashSet<>(old.values());
    Set<Integer> clusters = new HashSet<>(now.values());
    ServingModel model = ServingModel.of(before, config);
    StoredSongs stored = new StoredSongs(config.pipeline().store());
    WatchedAnnotation annotation = new WatchedAnnotation(config);
    Map<String, String> paths = new HashMap<>();
    AvroFile.read(
        version.getFolder() + "records/songs.avro",
        SongRef.class,
        song -> paths.put(song.getId(), song.getFilepath()));
    for (Map.Entry<String, Integer> song : now.entrySet()) {
      String id = song.getKey();
      Integer known = old.get(id);
      int from =
          known == null
              ? model.assign(annotation.with(stored.require(id))).getAssignment().getCluster()
              : known;
      int to = song.getValue();
      if (from != to) {
        rows.add(
            List.of(
                Integer.toString(version.getNumber()),
                version.getCheckpoint().getVersion(),
                version.getCause(),
                id,
                paths.getOrDefault(id, ""),
                storedBefore.names().of(from),
                storedNow.names().of(to),
                !clusters.contains(from)
                    ? "its cluster was dissolved"
                    : oldClusters.contains(to)
                        ? "closer to another cluster in the new model"
                        : "a new cluster"));
      }
    }
    return rows;
  }

  private static Map<String, Integer> clusters(StoredClusters stored) {
    Map<String, Integer> clusters = new TreeMap<>();
    stored.assignments().forEach(song -> clusters.put(song.getId(), song.getCluster()));
    return clusters;
  }
}
