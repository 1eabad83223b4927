package org.surmala.watch;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.cluster.Assigner;
import org.surmala.config.PrimaryClusteringFilter;
import org.surmala.embed.SongEmbedder;
import org.surmala.io.AvroFile;
import org.surmala.io.CheckpointFile;
import org.surmala.metric.CusumDriftDetector;
import org.surmala.report.SongPoint;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapPoint;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Neighbour;
import org.surmala.schema.SegmentFeatures;
import org.surmala.search.EmbeddingIndex;
import org.surmala.search.RankedSong;

/**
 * A model version in memory, ready to assign songs: embedder, clusters, and an index of the songs
 * that it was fitted with (about 600 bytes per song). It depends only on the version's files. Safe
 * for use by several threads.
 */
final class ServingModel {
  private static final int KEPT = 2;
  private static final int NEAREST_ON_MAP = 3;
  private static final Map<String, ServingModel> OF_PROCESS = new LinkedHashMap<>();

  private final ModelVersion version;
  private final int neighbours;
  private final SongEmbedder embedder;
  private final Assigner assigner;
  private final Set<String> fitted;
  private final @Nullable CusumDriftDetector drift;
  private final List<MapPoint> points;
  private final EmbeddingIndex index;

  private ServingModel(ModelVersion version, PrimaryClusteringFilter primary, WatchRules rules)
      throws IOException {
    this.version = version;
    this.neighbours = rules.neighbours();
    String records = version.getFolder() + "records/";
    embedder =
        SongEmbedder.of(version.getCheckpoint(), CheckpointFile.read(version.getCheckpoint()));
    assigner =
        Assigner.of(
            AvroFile.read(records + "clusterings.avro", Clustering.class).stream()
                .filter(Clustering::getChosen)
                .filter(c -> c.getRepresentation().equals(primary.representation()))
                .filter(c -> c.getClusterer().equals(primary.clusterer()))
                .findFirst()
                .orElseThrow(
                    () -> new IOException(records + " has no chosen clustering of " + primary)));
    Collection<AssignedSong> assigned =
        FittedAssignments.read(version, primary, 0).ascending().values();
    fitted = assigned.stream().map(AssignedSong::getId).collect(Collectors.toUnmodifiableSet());
    points = assigned.stream().map(AssignedSong::getPoint).toList();
    drift =
        rules.driftThreshold() == 0
            ? null
            : CusumDriftDetector.against(
                assigned.stream()
                    .mapToDouble(assignedSong -> assignedSong.getAssignment().getDistance())
                    .toArray(),
                rules.driftAllowance(),
                rules.driftThreshold());
    index =
        EmbeddingIndex.of(
            assigned.stream()
                .map(assignedSong -> SongPoint.of(assignedSong.getEmbedding()))
                .toList());
  }

  /** The model version, cached per process. */
  static ServingModel of(ModelVersion version, WatchConfig config) throws IOException {
    synchronized (OF_PROCESS) {
      ServingModel known = OF_PROCESS.get(version.getFolder());
      if (known == null || !known.version.equals(version)) {
        known = new ServingModel(version, config.pipeline().primary(), config.rules());
        OF_PROCESS.put(version.getFolder(), known);
        if (OF_PROCESS.size() > KEPT) {
          OF_PROCESS.remove(OF_PROCESS.keySet().iterator().next());
        }
      }
      return known;
    }
  }

  /** Whether the model was fitted with a song. */
  boolean has(String id) {
    return fitted.contains(id);
  }

  /** The drift detector for the distances of new songs; null if drift is switched off. */
  @Nullable CusumDriftDetector drift() {
    return drift;
  }

  /** Embeds and assigns a song that the model was not fitted with. */
  AssignedSong assign(SegmentFeatures features) {
    Embedding embedding = embedder.embed(features);
    SongPoint point = SongPoint.of(embedding);
    List<RankedSong> near =
        index.nearest(point, song -> true, Math.max(neighbours, NEAREST_ON_MAP));
    return AssignedSong.newBuilder()
        .setId(features.getId())
        .setVersion(version.getNumber())
        .setAssignment(assigner.assign(features.getId(), point.latent()))
        .setNeighbours(
            near.subList(0, Math.min(neighbours, near.size())).stream()
                .map(n -> new Neighbour(points.get(n.song()).getId(), n.distance()))
                .toList())
        .setPoint(among(features.getId(), near))
        .setEmbedding(embedding)
        .build();
  }

  /** Map coordinates: the mean of its nearest songs, weighted by closeness. */
  private MapPoint among(String id, List<RankedSong> near) {
    double x = 0;
    double y = 0;
    double sum = 0;
    for (RankedSong neighbour : near.subList(0, Math.min(NEAREST_ON_MAP, near.size()))) {
      MapPoint point = points.get(neighbour.song());
      if (neighbour.distance() == 0) {
        return new MapPoint(id, point.getX(), point.getY());
      }
      double weight = 1 / (neighbour.distance() * neighbour.distance());
      sum += weight;
      x += weight * point.getX();
      y += weight * point.getY();
    }
    return sum == 0 ? new MapPoint(id, 0.0, 0.0) : new MapPoint(id, x / sum, y / sum);
  }
}
