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
 * @param songs found songs, by id
 * @param audio audio properties, by id
 * @param failures failures, by path, then code
 * @param embeddings embeddings under every model, by representation, then id
 * @param checkpoints models, by name
 * @param clusterings clusterings, by representation, clusterer, k
 * @param metrics scores, by representation, clusterer, k
 * @param assignments assignments of every chosen clustering, by representation, clusterer, id
 * @param findings findings of each representation with a chosen clustering, by name
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

  /** The order of failures. */
  static final Comparator<Failure> LEDGER =
      Comparator.comparing(Failure::getFilepath)
          .thenComparing(Failure::getCode)
          .thenComparing(Failure::getMessage);

  /** Sorts records that arrived in any order. */
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
        sorted(failures, LEDGER),
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
