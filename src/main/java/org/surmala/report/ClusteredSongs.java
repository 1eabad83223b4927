package org.surmala.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;

/**
 * The songs of the primary clustering, ascending by id: the i-th of each list belongs to the i-th
 * song.
 */
record ClusteredSongs(
    List<ReportedSong> songs, List<ClusterAssignment> assignments, List<Embedding> embeddings) {

  /**
   * Joins records.
   *
   * @param reported songs by id
   * @throws IllegalStateException if the records contradict one another: an assigned song that was
   *     not found, decoded or embedded, or that is assigned twice
   */
  static ClusteredSongs of(
      ReportOptions options, RunRecords records, Map<String, ReportedSong> reported) {
    Map<String, Embedding> latent = new HashMap<>();
    for (Embedding embedding : records.embeddings()) {
      if (embedding.getRepresentation().equals(options.representation())) {
        latent.put(embedding.getId(), embedding);
      }
    }
    List<ReportedSong> songs = new ArrayList<>();
    List<ClusterAssignment> assignments = new ArrayList<>();
    List<Embedding> embeddings = new ArrayList<>();
    String last = "";
    for (ClusterAssignment assignment : records.assignments()) {
      if (!options.isPrimary(assignment)) {
        continue;
      }
      String id = assignment.getId();
      if (id.equals(last)) {
        throw new IllegalStateException("song " + id + " is assigned twice");
      }
      last = id;
      assignments.add(assignment);
      songs.add(known(reported.get(id), id, "was neither found nor decoded"));
      embeddings.add(known(latent.get(id), id, "has no embedding"));
    }
    return new ClusteredSongs(songs, assignments, embeddings);
  }

  private static <T> T known(@Nullable T value, String id, String otherwise) {
    if (value == null) {
      throw new IllegalStateException("song " + id + " is assigned but " + otherwise);
    }
    return value;
  }
}
