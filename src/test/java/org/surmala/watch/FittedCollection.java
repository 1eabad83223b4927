package org.surmala.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.io.AvroFile;
import org.surmala.io.Shards;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.Findings;
import org.surmala.schema.MapPoint;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Neighbour;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * The records of a model version without a model behind them, for as many songs as wanted: two
 * clusters, a latent space of eight dimensions.
 *
 * @param home holds data and results
 * @param songs that it was fitted to
 */
record FittedCollection(Path home, int songs) {
  private static final int DIMENSIONS = 8;
  static final String MODEL = "0123456789ab";

  WatchConfig config() {
    Settings settings = new Settings();
    Map.of(
            "models.list", "raw",
            "primary.representation", "raw",
            "cluster.algorithms", "kmeans",
            "watch.neighbours", "2")
        .forEach(settings::set);
    RunRequest request =
        new RunRequest(
            new SongSource.Sound(home.resolve("songs").toString()),
            home.resolve("out").toString(),
            home.resolve("data").toString(),
            settings,
            List.of());
    return WatchConfig.of(request, home.resolve("data") + "/", new Shards(2), "DirectRunner");
  }

  static String id(int number) {
    return DigestUtils.sha256Hex("song " + number);
  }

  static FileEvent taken(long event, int number) {
    String path = "songs/" + number + ".mp3";
    AudioInfo info =
        AudioInfo.newBuilder()
            .setDurationSeconds(60)
            .setSampleRate(44_100)
            .setChannels(2)
            .setCodec("mp3")
            .setBitRate(128_000)
            .build();
    return FileEvent.newBuilder()
        .setNumber(event)
        .setType(FileEventType.TAKEN)
        .setUri("/" + path)
        .setFilepath(path)
        .setSong(
            SongRef.newBuilder()
                .setId(id(number))
                .setUri("/" + path)
                .setFilepath(path)
                .setSize(1)
                .setModified(1)
                .build())
        .setAudio(new SongAudioInfo(id(number), info, -14.0, null, null))
        .build();
  }

  static FileEvent gone(long event, int number) {
    return FileEvent.newBuilder()
        .setNumber(event)
        .setType(FileEventType.GONE)
        .setUri("/songs/" + number + ".mp3")
        .setFilepath("songs/" + number + ".mp3")
        .build();
  }

  private static ClusterAssignment assignment(int number) {
    return ClusterAssignment.newBuilder()
        .setId(id(number))
        .setRepresentation("raw")
        .setModelVersion(MODEL)
        .setClusterer("kmeans")
        .setK(2)
        .setCluster(number % 2)
        .setDistance(number % 100 / 100.0)
        .setNovelty(0.5)
        .build();
  }

  private static Embedding embedding(int number) {
    SplittableRandom random = new SplittableRandom(number);
    List<Float> vector = new ArrayList<>();
    for (int d = 0; d < DIMENSIONS; d++) {
      vector.add((float) (number % 2 + random.nextDouble()));
    }
    return new Embedding(id(number), "raw", MODEL, vector, null);
  }

  /** Where a song that came later is. */
  static AssignedSong assignedSong(int number, int... near) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (int neighbour : near) {
      neighbours.add(new Neighbour(id(neighbour), 1.0));
    }
    return AssignedSong.newBuilder()
        .setId(id(number))
        .setVersion(1)
        .setAssignment(assignment(number))
        .setNeighbours(neighbours)
        .setPoint(new MapPoint(id(number), 1.0, 2.0))
        .setEmbedding(embedding(number))
        .build();
  }

  /** Writes the records, and gives the model version. */
  ModelVersion write() throws IOException {
    String folder = home.resolve("data/versions/1/results") + "/";
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < songs; i++) {
      numbers.add(i);
    }
    List<String> ids = new ArrayList<>();
    numbers.forEach(number -> ids.add(id(number)));
    Collections.sort(numbers, (a, b) -> ids.get(a).compareTo(ids.get(b)));
    String records = folder + "records/";
    AvroFile.write(
        records,
        "assignments.avro",
        ClusterAssignment.class,
        () -> numbers.stream().map(FittedCollection::assignment).iterator());
    AvroFile.write(
        records,
        "map.avro",
        MapPoint.class,
        () -> numbers.stream().map(n -> new MapPoint(id(n), n * 0.5, n * 0.25)).iterator());
    AvroFile.write(
        folder,
        "embeddings.avro",
        Embedding.class,
        () -> numbers.stream().map(FittedCollection::embedding).iterator());
    AvroFile.write(
        records,
        "songs.avro",
        SongRef.class,
        numbers.stream().map(number -> taken(1, number).getSong()).toList());
    AvroFile.write(
        records,
        "audio.avro",
        SongAudioInfo.class,
        numbers.stream().map(number -> taken(1, number).getAudio()).toList());
    AvroFile.write(records, "failures.avro", Failure.class, List.of());
    AvroFile.write(records, "checkpoints.avro", ModelCheckpoint.class, List.of());
    AvroFile.write(records, "clusterings.avro", Clustering.class, List.of());
    AvroFile.write(records, "metrics.avro", ClusteringMetrics.class, List.of());
    AvroFile.write(records, "findings.avro", Findings.class, List.of());
    Files.writeString(
        Path.of(records, "report.json"),
        "{\"representation\": \"raw\", \"clusterer\": \"kmeans\", \"seed\": 1, \"map\": \"umap\","
            + " \"trustworthiness\": null}");
    Files.writeString(Path.of(folder, "assignments.csv"), "of the fit\n");
    ModelVersion version =
        new ModelVersion(
            1,
            (long) songs,
            "first",
            songs,
            new ModelCheckpoint("raw", MODEL, "", "", null),
            folder);
    config().versions().commit(version);
    return version;
  }

  /** The collection as it was when the model was fitted. */
  LiveTable table(ModelVersion version) throws IOException {
    LiveTable table = new LiveTable();
    for (int i = 0; i < songs; i++) {
      table.follow(taken(i + 1L, i));
    }
    table.serve(version, FittedAssignments.read(version, config().pipeline().primary(), 2));
    return table;
  }
}
