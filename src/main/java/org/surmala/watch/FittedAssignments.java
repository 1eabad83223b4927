package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.surmala.config.PrimaryClusteringFilter;
import org.surmala.io.AvroFile;
import org.surmala.report.SongParts;
import org.surmala.report.SongPoint;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapPoint;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Neighbour;
import org.surmala.search.EmbeddingIndex;

/**
 * The assignments of the songs that a model version was fitted with, from the records of its fit.
 */
final class FittedAssignments {
  /** Above this number of songs neighbours are left out: they take n² distances. */
  private static final int MOST_WITH_NEIGHBOURS = SongParts.MOST_IN_ONE_TABLE;

  private final Set<String> ids = new HashSet<>();
  private final Map<String, AssignedSong> assigned = new HashMap<>();
  private boolean isReleased;

  private FittedAssignments() {}

  /**
   * Reads the records of a model version.
   *
   * @param primary selects the clustering that assignments.csv shows
   * @param neighbours number of neighbours per song
   */
  static FittedAssignments read(
      ModelVersion version, PrimaryClusteringFilter primary, int neighbours) throws IOException {
    String folder = version.getFolder();
    Map<String, ClusterAssignment> assignments = new HashMap<>();
    AvroFile.read(
        folder + "records/assignments.avro",
        ClusterAssignment.class,
        assignment -> {
          if (primary.apply(assignment)) {
            assignments.put(assignment.getId(), assignment);
          }
        });
    Map<String, MapPoint> points = new HashMap<>();
    AvroFile.read(folder + "records/map.avro", MapPoint.class, p -> points.put(p.getId(), p));
    FittedAssignments songs = new FittedAssignments();
    List<AssignedSong> assigned = new ArrayList<>();
    AvroFile.read(
        folder + "embeddings.avro",
        Embedding.class,
        embedding -> {
          ClusterAssignment assignment = assignments.get(embedding.getId());
          if (assignment != null
              && embedding.getRepresentation().equals(primary.representation())) {
            assigned.add(
                AssignedSong.newBuilder()
                    .setId(embedding.getId())
                    .setVersion(version.getNumber())
                    .setAssignment(assignment)
                    .setNeighbours(List.of())
                    .setPoint(Objects.requireNonNull(points.get(embedding.getId())))
                    .setEmbedding(embedding)
                    .build());
          }
        });
    if (assigned.size() <= MOST_WITH_NEIGHBOURS && neighbours > 0) {
      tellNeighbours(assigned, neighbours);
    }
    assigned.forEach(assignedSong -> songs.assigned.put(assignedSong.getId(), assignedSong));
    songs.ids.addAll(songs.assigned.keySet());
    return songs;
  }

  private static void tellNeighbours(List<AssignedSong> assigned, int count) {
    List<SongPoint> points =
        assigned.stream().map(song -> SongPoint.of(song.getEmbedding())).toList();
    if (points.size() < 2) {
      return;
    }
    EmbeddingIndex index = EmbeddingIndex.of(points);
    IntStream.range(0, points.size())
        .parallel()
        .forEach(
            song ->
                assigned
                    .get(song)
                    .setNeighbours(
                        index.nearest(points.get(song), other -> other != song, count).stream()
                            .map(
                                near ->
                                    new Neighbour(
                                        assigned.get(near.song()).getId(), near.distance()))
                            .toList()));
  }

  /** Whether the model version was fitted with the song. */
  boolean has(String id) {
    return ids.contains(id);
  }

  /** The assignments, ascending by id. */
  SortedMap<String, AssignedSong> ascending() {
    return new TreeMap<>(assigned);
  }

  /** Ids of the songs, in no particular order. */
  Set<String> ids() {
    return ids;
  }

  /** The assignment of one song that the version was fitted with and that is not released. */
  AssignedSong of(String id) {
    AssignedSong assignedSong = assigned.get(id);
    if (assignedSong == null) {
      throw new IllegalStateException("song " + id + " is not in memory");
    }
    return assignedSong;
  }

  /** Releases from memory the songs that are in the published results. */
  void release(Predicate<String> isPublished) {
    assigned.keySet().removeIf(isPublished);
    isReleased = true;
  }

  /** Whether songs were released from memory. */
  boolean isReleased() {
    return isReleased;
  }

  /** Keeps a song in memory that leaves the results, in case its file returns. */
  void keep(AssignedSong assignedSong) {
    assigned.put(assignedSong.getId(), assignedSong);
  }
}
