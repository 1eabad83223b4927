package org.surmala.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.Model;
import org.surmala.schema.SongNeighbours;
import org.surmala.words.Noun;

/** Report data of all songs, without edits. */
final class AllSongs {
  private AllSongs() {}

  static ReportData data(
      Noun noun,
      int found,
      List<Failure> failures,
      List<ReportedSong> songs,
      List<ClusterAssignment> assignments,
      List<ClusteringMetrics> metrics,
      List<Clustering> clusterings,
      List<Embedding> embeddings,
      List<Embedding> features,
      List<Findings> findings,
      ClusterNames names,
      SongMap map,
      @Nullable List<SongNeighbours> neighbours,
      @Nullable String manifest,
      @Nullable Model model) {
    return new ReportData(
        noun,
        Tally.of(found, songs, assignments, failures),
        failures,
        songs,
        assignments,
        metrics,
        clusterings,
        embeddings,
        features,
        findings,
        names,
        EditedClusters.none(assignments, names),
        map,
        neighbours,
        manifest,
        model);
  }
}
