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

/**
 * The data behind the tables and plots of one run, of all songs or of a sample.
 *
 * @param tally numbers of all songs and failures
 * @param failures failures, in the ledger's order
 * @param songs clustered songs, ascending by id
 * @param assignments assignments of the primary clustering, ascending by id, one for each song
 * @param metrics one row for each representation, clusterer and k
 * @param clusterings every clustering, including the sweep over k
 * @param embeddings embeddings of the primary representation, ascending by id
 * @param features preprocessed features of the songs, ascending by id; empty if raw features are
 *     not among the representations
 * @param findings findings about each representation with a chosen clustering
 * @param names names of the clusters of the primary clustering
 * @param edited the same clusters with the edits by hand
 * @param neighbours neighbours of each song, if they are known; null if the page computes them
 * @param manifest the run's manifest as JSON; null until the run has ended
 * @param model model of the primary representation; null if there were too few songs to fit one
 */
record ReportData(
    Noun noun,
    Tally tally,
    List<Failure> failures,
    List<ReportedSong> songs,
    List<ClusterAssignment> assignments,
    List<ClusteringMetrics> metrics,
    List<Clustering> clusterings,
    List<Embedding> embeddings,
    List<Embedding> features,
    List<Findings> findings,
    ClusterNames names,
    EditedClusters edited,
    SongMap map,
    @Nullable List<SongNeighbours> neighbours,
    @Nullable String manifest,
    @Nullable Model model) {
  public ReportData {
    failures = List.copyOf(failures);
    songs = List.copyOf(songs);
    assignments = List.copyOf(assignments);
    metrics = List.copyOf(metrics);
    clusterings = List.copyOf(clusterings);
    embeddings = List.copyOf(embeddings);
    features = List.copyOf(features);
    findings = List.copyOf(findings);
  }

  /** Whether the songs are a sample. */
  boolean isSample() {
    return assignments.size() < tally.songs();
  }

  /**
   * The same data with the displayed clusters; clusters whose songs were edited have no profile.
   */
  ReportData shown() {
    List<ClusterAssignment> displayed = edited.assignments();
    return new ReportData(
        noun,
        tally.displayed(songs, assignments, displayed),
        failures,
        songs,
        displayed,
        metrics,
        clusterings,
        embeddings,
        features,
        findings.stream().map(this::shown).toList(),
        edited.names(),
        edited,
        map,
        neighbours,
        manifest,
        model);
  }

  private Findings shown(Findings found) {
    return Findings.newBuilder(found)
        .setProfiles(
            found.getProfiles().stream()
                .filter(profile -> !edited.isRegrouped(profile.getCluster()))
                .toList())
        .setGroups(
            found.getGroups().stream()
                .filter(profile -> !edited.isRegrouped(profile.getCluster()))
                .toList())
        .build();
  }
}
