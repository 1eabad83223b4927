package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.checkpoint.CheckpointFile;
import org.surmala.cluster.Assigner;
import org.surmala.embed.SongEmbedder;
import org.surmala.files.AvroFile;
import org.surmala.files.CsvFile;
import org.surmala.files.CsvRow;
import org.surmala.metric.PageCusum;
import org.surmala.report.ClusterNames;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.Edition;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapPoint;
import org.surmala.schema.Neighbour;
import org.surmala.schema.Placement;
import org.surmala.schema.SegmentFeatures;

/**
 * An edition in memory: its model, its clusters, and the place of each of its songs, some 300 bytes
 * a song. It depends on nothing but the edition's files. Safe for use by several threads.
 */
final class LoadedEdition {
  /** Of larger editions, neighbours are named for later songs only: theirs take n² distances. */
  static final int MOST_WITH_NEIGHBOURS = 20_000;

  private static final int KEPT = 2;
  private static final int NEAREST_ON_MAP = 3;
  private static final Map<String, LoadedEdition> OF_PROCESS = new LinkedHashMap<>();

  private final Edition edition;
  private final int neighbours;
  private final SongEmbedder embedder;
  private final Assigner assigner;
  private final Map<String, ClusterAssignment> assignments = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final @Nullable PageCusum drift;
  private final double[][] vectors;
  private final double[][] points;
  private @Nullable List<List<Neighbour>> own;

  private LoadedEdition(Edition edition, IsPrimary primary, WatchRules rules) throws IOException {
    this.edition = edition;
    this.neighbours = rules.neighbours();
    String folder = edition.getFolder();
    embedder =
        SongEmbedder.of(edition.getCheckpoint(), CheckpointFile.read(edition.getCheckpoint()));
    Clustering clustering =
        AvroFile.read(folder + "records/clusterings.avro", Clustering.class).stream()
            .filter(Clustering::getChosen)
            .filter(c -> c.getRepresentation().equals(primary.representation()))
            .filter(c -> c.getClusterer().equals(primary.clusterer()))
            .findFirst()
            .orElseThrow(() -> new IOException(folder + " has no chosen clustering of " + primary));
    assigner = Assigner.of(clustering);
    AvroFile.read(
        folder + "records/assignments.avro",
        ClusterAssignment.class,
        assignment -> {
          if (primary.apply(assignment)) {
            assignments.put(assignment.getId(), assignment);
          }
        });
    drift =
        rules.driftThreshold() == 0
            ? null
            : PageCusum.against(
                assignments.values().stream().mapToDouble(ClusterAssignment::getDistance).toArray(),
                rules.driftAllowance(),
                rules.driftThreshold());
    Map<String, MapPoint> drawn = new HashMap<>();
    AvroFile.read(folder + "records/map.avro", MapPoint.class, p -> drawn.put(p.getId(), p));
    List<double[]> rows = new ArrayList<>();
    List<double[]> map = new ArrayList<>();
    AvroFile.read(
        folder + "embeddings.avro",
        Embedding.class,
        embedding -> {
          MapPoint point = drawn.get(embedding.getId());
          if (embedding.getRepresentation().equals(primary.representation()) && point != null) {
            places.put(embedding.getId(), ids.size());
            ids.add(embedding.getId());
            rows.add(vector(embedding));
            map.add(new double[] {point.getX(), point.getY()});
          }
        });
    vectors = rows.toArray(double[][]::new);
    points = map.toArray(double[][]::new);
    for (CsvRow row : CsvFile.read(folder + "assignments.csv")) {
      names.put(Integer.parseInt(row.get("cluster")), row.get("cluster_name"));
    }
  }

  /** The edition; read when this process has not read it yet. */
  static LoadedEdition of(Edition edition, WatchConfig config) throws IOException {
    synchronized (OF_PROCESS) {
      LoadedEdition known = OF_PROCESS.get(edition.getFolder());
      if (known == null || !known.edition.equals(edition)) {
        known = new LoadedEdition(edition, config.pipeline().primary(), config.rules());
        OF_PROCESS.put(edition.getFolder(), known);
        if (OF_PROCESS.size() > KEPT) {
          OF_PROCESS.remove(OF_PROCESS.keySet().iterator().next());
        }
      }
      return known;
    }
  }

  private static double[] vector(Embedding embedding) {
    return embedding.getVector().stream().mapToDouble(Float::doubleValue).toArray();
  }

  /** Whether the song was there when the edition was made. */
  boolean has(String id) {
    return assignments.containsKey(id);
  }

  /** What a cluster is called. */
  String name(int cluster) {
    return names.getOrDefault(cluster, ClusterNames.letter(cluster));
  }

  /**
   * What tells that later songs lie further from their clusters than the edition's own; null where
   * nobody asks.
   */
  @Nullable PageCusum drift() {
    return drift;
  }

  /** Ids of the edition's songs. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  /** The place of a song that was there when the edition was made. */
  Placement own(String id) {
    Integer at = places.get(id);
    ClusterAssignment assignment = assignments.get(id);
    if (at == null || assignment == null) {
      throw new IllegalArgumentException("song " + id + " is not of edition " + edition);
    }
    return Placement.newBuilder()
        .setId(id)
        .setEdition(edition.getNumber())
        .setAssignment(assignment)
        .setNeighbours(ownNeighbours().isEmpty() ? List.of() : ownNeighbours().get(at))
        .setPoint(new MapPoint(id, points[at][0], points[at][1]))
        .setEmbedding(embedding(id, vectors[at]))
        .build();
  }

  private synchronized List<List<Neighbour>> ownNeighbours() {
    List<List<Neighbour>> known = own;
    if (known == null) {
      known =
          vectors.length > MOST_WITH_NEIGHBOURS
              ? List.of()
              : IntStream.range(0, vectors.length)
                  .parallel()
                  .mapToObj(i -> nearest(vectors[i], i, neighbours))
                  .toList();
      own = known;
    }
    return known;
  }

  /** Places a song that was not there when the edition was made. */
  Placement place(SegmentFeatures features) {
    Embedding embedding = embedder.embed(features);
    double[] vector = vector(embedding);
    ClusterAssignment assignment = assigner.assign(features.getId(), vector);
    List<Neighbour> near = nearest(vector, -1, Math.max(neighbours, NEAREST_ON_MAP));
    return Placement.newBuilder()
        .setId(features.getId())
        .setEdition(edition.getNumber())
        .setAssignment(assignment)
        .setNeighbours(near.subList(0, Math.min(neighbours, near.size())))
        .setPoint(among(features.getId(), near))
        .setEmbedding(embedding)
        .build();
  }

  private Embedding embedding(String id, double[] vector) {
    return Embedding.newBuilder()
        .setId(id)
        .setRepresentation(edition.getCheckpoint().getName())
        .setModelVersion(edition.getCheckpoint().getVersion())
        .setVector(Arrays.stream(vector).mapToObj(v -> (float) v).toList())
        .build();
  }

  /** How far a song that was not there lies from its cluster. */
  double distance(SegmentFeatures features) {
    return assigner.assign(features.getId(), vector(embedder.embed(features))).getDistance();
  }

  private List<Neighbour> nearest(double[] vector, int self, int count) {
    PriorityQueue<Neighbour> farthestFirst =
        new PriorityQueue<>(
            Comparator.comparingDouble(Neighbour::getDistance)
                .thenComparing(Neighbour::getId)
                .reversed());
    for (int i = 0; i < vectors.length; i++) {
      if (i != self) {
        double squared = 0;
        for (int d = 0; d < vector.length; d++) {
          squared += (vector[d] - vectors[i][d]) * (vector[d] - vectors[i][d]);
        }
        double distance = Math.sqrt(squared);
        Neighbour farthest = farthestFirst.peek();
        if (farthestFirst.size() < count
            || (farthest != null && distance <= farthest.getDistance())) {
          farthestFirst.add(new Neighbour(ids.get(i), distance));
          if (farthestFirst.size() > count) {
            farthestFirst.poll();
          }
        }
      }
    }
    List<Neighbour> nearest = new ArrayList<>(farthestFirst);
    nearest.sort(
        Comparator.comparingDouble(Neighbour::getDistance).thenComparing(Neighbour::getId));
    return nearest;
  }

  /** Between its nearest songs on the map, the nearer the closer. */
  private MapPoint among(String id, List<Neighbour> near) {
    double x = 0;
    double y = 0;
    double sum = 0;
    for (Neighbour neighbour : near.subList(0, Math.min(NEAREST_ON_MAP, near.size()))) {
      double[] point = points[places.getOrDefault(neighbour.getId(), 0)];
      if (neighbour.getDistance() == 0) {
        return new MapPoint(id, point[0], point[1]);
      }
      double weight = 1 / (neighbour.getDistance() * neighbour.getDistance());
      sum += weight;
      x += weight * point[0];
      y += weight * point[1];
    }
    return sum == 0 ? new MapPoint(id, 0.0, 0.0) : new MapPoint(id, x / sum, y / sum);
  }
}
