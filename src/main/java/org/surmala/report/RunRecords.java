package org.surmala.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * All records of a run, each list in an order that does not depend on how the records arrived.
 *
 * @param songs that were found, by id
 * @param audio by id
 * @param failures by path, then code
 * @param embeddings under every model, by representation, then id
 * @param checkpoints by name
 * @param clusterings by representation, clusterer, k
 * @param metrics by representation, clusterer, k
 * @param assignments of every chosen clustering, by representation, clusterer, id
 * @param findings of each representation that has a chosen clustering, by its name
 */
record RunRecords(
    List<SongRef> songs,
    List<SongAudioInfo> audio,
    List<Failure> failures,
    List<Embedding> embeddings,
    List<ModelCheckpoint> checkpoints,
    List<Clustering> clusterings,
    List<ClusteringMetrics> metrics,
    List<ClusterAssignment> assignments,
    List<Findings> findings) {

  /** Sorts records that came in any order. */
  static RunRecords of(
      Iterable<SongRef> songs,
      Iterable<SongAudioInfo> audio,
      Iterable<Failure> failures,
      Iterable<Embedding> embeddings,
      Iterable<ModelCheckpoint> checkpoints,
      Iterable<Clustering> clusterings,
      Iterable<ClusteringMetrics> metrics,
      Iterable<ClusterAssignment> assignments,
      Iterable<Findings> findings) {
    return new RunRecords(
        sorted(songs, Comparator.comparing(SongRef::getId)),
        sorted(audio, Comparator.comparing(SongAudioInfo::getId)),
        sorted(
            failures,
            Comparator.comparing(Failure::getFilepath)
                .thenComparing(Failure::getCode)
                .thenComparing(Failure::getMessage)),
        sorted(
            embeddings,
            Comparator.comparing(Embedding::getRepresentation).thenComparing(Embedding::getId)),
        sorted(checkpoints, Comparator.comparing(ModelCheckpoint::getName)),
        sorted(
            clusterings,
            Comparator.comparing(Clustering::getRepresentation)
                .thenComparing(Clustering::getClusterer)
                .thenComparing(Clustering::getK)),
        sorted(
            metrics,
            Comparator.comparing(ClusteringMetrics::getRepresentation)
                .thenComparing(ClusteringMetrics::getClusterer)
                .thenComparing(ClusteringMetrics::getK)),
        sorted(
            assignments,
            Comparator.comparing(ClusterAssignment::getRepresentation)
                .thenComparing(ClusterAssignment::getClusterer)
                .thenComparing(ClusterAssignment::getId)),
        sorted(findings, Comparator.comparing(Findings::getRepresentation)));
  }

  private static <T> List<T> sorted(Iterable<T> values, Comparator<T> order) {
    return StreamSupport.stream(values.spliterator(), false).sorted(order).toList();
  }
}
