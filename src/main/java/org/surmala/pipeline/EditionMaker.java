package org.surmala.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import org.surmala.coder.RecordCoder;
import org.surmala.files.AvroFile;
import org.surmala.files.CsvFile;
import org.surmala.files.CsvRow;
import org.surmala.files.Snapshots;
import org.surmala.read.Read;
import org.surmala.report.Redraw;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Edition;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Findings;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;
import org.surmala.store.Recall;
import org.surmala.store.StoredSongs;
import org.surmala.train.Train;
import org.surmala.words.Noun;

/**
 * Makes an edition: a bounded run of the same stages, in this process, over what the history says
 * that the collection holds. Features come from the store; fits begin from the last edition's
 * models; clusters keep its numbers. The same history, store and last edition make the same
 * edition.
 */
final class EditionMaker {
  static final String CHANGES = "changes.csv";
  private static final List<String> CHANGE_COLUMNS =
      List.of("edition", "model", "cause", "id", "filepath", "from", "to", "reason");
  private static final double NANOS = 1e-9;

  private final WatchConfig config;

  EditionMaker(WatchConfig config) {
    this.config = config;
  }

  /**
   * Makes the next edition.
   *
   * @param before the last one; null when there is none
   * @param through the last event of the history that counts
   * @param cause why it is made
   * @return null when there are too few songs to cluster
   */
  @Nullable Edition make(@Nullable Edition before, long through, String cause) throws IOException {
    Instant started = Instant.now();
    long start = System.nanoTime();
    List<FileEvent> events = new ArrayList<>(config.history().after(0));
    events.removeIf(event -> event.getNumber() > through);
    WatchedFiles files = WatchedFiles.following(events);
    if (config.pipeline().report().writesMetadata()) {
      files = files.in(OwnersWords.read(config.pipeline().report().data()));
    }
    if (files.songs().size() < PipelineConfig.MIN_SONGS) {
      return null;
    }
    int number = before == null ? 1 : before.getNumber() + 1;
    config.editions().begin(number);
    String folder = config.editions().results(number);
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
    run(pipeline, files);
    ModelCheckpoint checkpoint =
        Objects.requireNonNull(checkpoint(folder), "an edition has a model");
    Edition edition = new Edition(number, through, cause, files.songs().size(), checkpoint, folder);
    writeChanges(before, edition);
    writeManifest(pipeline, started, (System.nanoTime() - start) * NANOS);
    config.editions().commit(edition);
    return edition;
  }

  /**
   * Takes over the results of a run under the same options as the first edition, when there is none
   * yet; other results are left alone.
   */
  void adopt() throws IOException {
    Path shown = Path.of(config.pipeline().results());
    Path current = Snapshots.current(shown);
    Path results = current == null ? shown : current;
    Path manifest = results.resolve("run.json");
    if (config.editions().last() != null
        || !Files.exists(manifest)
        || !Files.exists(results.resolve("records/checkpoints.avro"))
        || !config
            .pipeline()
            .run()
            .equals(new ObjectMapper().readTree(manifest.toFile()).path("run").asText())) {
      return;
    }
    ModelCheckpoint checkpoint = checkpoint(results + "/");
    int songs = CsvFile.read(results.resolve("assignments.csv").toString()).size();
    if (checkpoint == null || songs < PipelineConfig.MIN_SONGS) {
      return;
    }
    config.editions().clear(1);
    String folder = config.editions().results(1);
    Snapshots.link(results, Path.of(folder));
    Edition edition = new Edition(1, 0L, "run", songs, checkpoint, folder);
    writeChanges(null, edition);
    config.editions().commit(edition);
  }

  private @Nullable ModelCheckpoint checkpoint(String results) throws IOException {
    return AvroFile.read(results + "records/checkpoints.avro", ModelCheckpoint.class).stream()
        .filter(c -> c.getName().equals(config.pipeline().primary().representation()))
        .findFirst()
        .orElse(null);
  }

  private static List<Clustering> chosen(Edition edition) throws IOException {
    List<Clustering> chosen =
        new ArrayList<>(
            AvroFile.read(edition.getFolder() + "records/clusterings.avro", Clustering.class));
    chosen.removeIf(clustering -> !clustering.getChosen());
    return chosen;
  }

  private static List<ClusterProfile> profiles(Edition edition) throws IOException {
    return AvroFile.read(edition.getFolder() + "records/findings.avro", Findings.class).stream()
        .flatMap(findings -> findings.getProfiles().stream())
        .toList();
  }

  private void run(PipelineConfig stages, WatchedFiles files) throws IOException {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    options.setBlockOnRun(false);
    options.setTargetParallelism(Runtime.getRuntime().availableProcessors());
    Pipeline pipeline = Pipeline.create(options);
    PCollection<SongRef> songs =
        pipeline.apply("Songs", Create.of(files.songs()).withCoder(RecordCoder.of(SongRef.class)));
    PCollection<SegmentFeatures> features =
        songs.apply("Recall", Recall.from(stages.store())).get(Recall.KNOWN);
    SongPipeline.conclude(
        PCollectionTuple.of(Read.SONGS, songs)
            .and(Listen.FEATURES, features)
            .and(
                Read.FAILURES,
                pipeline.apply(
                    "Failures",
                    Create.of(files.failures()).withCoder(RecordCoder.of(Failure.class))))
            .and(
                Read.DUPLICATES,
                pipeline.apply(
                    "Duplicates",
                    Create.of(files.duplicates()).withCoder(RecordCoder.of(DuplicateSong.class))))
            .and(
                Read.SKIPPED,
                pipeline.apply(
                    "Skipped",
                    Create.of(files.skipped().stream().map(SkippedFile::new).toList())
                        .withCoder(RecordCoder.of(SkippedFile.class))))
            .and(
                Read.LISTED,
                pipeline.apply(
                    "Listed",
                    Create.of((long) files.found() - files.waiting())
                        .withCoder(VarLongCoder.of()))),
        stages);
    // The songs of the last moments are in the store, and perhaps not yet in this process's index.
    new StoredSongs(stages.store()).refresh();
    Train.clear(stages.train());
    PipelineResult result = pipeline.run();
    try {
      result.waitUntilFinish();
    } finally {
      // A stage that is ended while it waits must not go on writing beside its successor.
      if (!result.getState().isTerminal()) {
        cancel(result);
      }
    }
    Train.clear(stages.train());
  }

  private static void cancel(PipelineResult result) {
    try {
      result.cancel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeManifest(PipelineConfig stages, Instant started, double seconds)
      throws IOException {
    ResultFiles results = ResultFiles.read(stages.results());
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
            results.failures(),
            results.metrics(),
            results.clusterSizes(),
            Map.of(),
            seconds,
            OptionalDouble.empty(),
            results.coverage().failedShare() > stages.maxFailedShare(),
            results.alarm(),
            stages.notes(),
            stages.results(),
            stages.report().data()),
        started);
    Redraw.page(stages.results(), stages.report().data(), stages.report().shown());
  }

  /** Appends to the last edition's changes those of the songs whose cluster is now another. */
  private void writeChanges(@Nullable Edition before, Edition edition) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    if (before != null) {
      for (CsvRow row : CsvFile.read(before.getFolder() + CHANGES)) {
        rows.add(row.toList());
      }
      LoadedEdition old = LoadedEdition.of(before, config);
      LoadedEdition now = LoadedEdition.of(edition, config);
      StoredSongs stored = new StoredSongs(config.pipeline().store());
      WatchedAnnotation annotation = new WatchedAnnotation(config);
      Map<String, String> paths = new HashMap<>();
      AvroFile.read(
          edition.getFolder() + "records/songs.avro",
          SongRef.class,
          song -> paths.put(song.getId(), song.getFilepath()));
      TreeSet<Integer> clusters = new TreeSet<>();
      now.ids().forEach(id -> clusters.add(now.own(id).getAssignment().getCluster()));
      TreeSet<Integer> oldClusters = new TreeSet<>();
      old.ids().forEach(id -> oldClusters.add(old.own(id).getAssignment().getCluster()));
      for (String id : now.ids()) {
        int from = clusterBefore(old, stored, annotation, id);
        int to = now.own(id).getAssignment().getCluster();
        if (from != to) {
          rows.add(
              List.of(
                  Integer.toString(edition.getNumber()),
                  edition.getCheckpoint().getVersion(),
                  edition.getCause(),
                  id,
                  paths.getOrDefault(id, ""),
                  old.name(from),
                  now.name(to),
                  !clusters.contains(from)
                      ? "its cluster is dissolved"
                      : oldClusters.contains(to)
                          ? "nearer to another cluster by the new model"
                          : "a new cluster"));
        }
      }
    }
    CsvFile.write(
        edition.getFolder(),
        CHANGES,
        CHANGE_COLUMNS,
        csv -> {
          for (List<String> row : rows) {
            csv.printRecord(row.toArray());
          }
        });
  }

  private static int clusterBefore(
      LoadedEdition old, StoredSongs stored, WatchedAnnotation annotation, String id)
      throws IOException {
    if (old.has(id)) {
      return old.own(id).getAssignment().getCluster();
    }
    return old.place(annotation.with(stored.require(id))).getAssignment().getCluster();
  }
}
