package org.surmala.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.surmala.cluster.ClusterSplit;
import org.surmala.io.PathText;
import org.surmala.report.ClusterEdit;
import org.surmala.report.ClusterEdits;

/** Edits the clusters of the current snapshot. An edit is visible when the method returns. */
final class ClusterEditing {
  private final Results results;
  private final String data;
  private final Clock clock;

  /**
   * @param data the data folder, with the file of edits
   */
  ClusterEditing(Results results, Path data, Clock clock) {
    this.results = results;
    this.data = PathText.folder(data);
    this.clock = clock;
  }

  /** Renames, pins or hides a cluster. */
  synchronized void patch(int cluster, JsonNode fields) throws ApiException, IOException {
    ServedResults state = results.require();
    List<String> members = state.members(cluster);
    List<ClusterEdit> edits = new ArrayList<>();
    if (fields.has("name")) {
      String name = fields.get("name").asText().strip();
      if (state.hasOther(name, cluster)) {
        throw new ApiException(
            409, "name_taken", "another cluster has the name '" + name + "'; give another name");
      }
      try {
        edits.add(ClusterEdit.rename(now(), cluster, members, name));
      } catch (IllegalArgumentException e) {
        throw ApiException.badRequest("name " + e.getMessage());
      }
    }
    if (fields.has("pinned")) {
      edits.add(ClusterEdit.pin(now(), cluster, members, fields.get("pinned").asBoolean()));
    }
    if (fields.has("hidden")) {
      boolean hidden = fields.get("hidden").asBoolean();
      edits.add(ClusterEdit.hide(now(), cluster, members, hidden, state.clusters().clustering()));
    }
    add(edits);
  }

  /** Merges clusters into the first one. */
  synchronized void merge(List<Integer> clusters) throws ApiException, IOException {
    ServedResults state = results.require();
    int into = clusters.get(0);
    List<ClusterEdit> edits = new ArrayList<>();
    for (int cluster : clusters.subList(1, clusters.size())) {
      edits.add(
          ClusterEdit.merge(now(), cluster, state.members(cluster), into, state.members(into)));
    }
    add(edits);
  }

  /** Splits a cluster in two. */
  synchronized void split(int cluster) throws ApiException, IOException {
    ServedResults state = results.require();
    List<Integer> songs = state.numbers(cluster);
    if (songs.size() < 2 || songs.size() > ClusterSplit.MOST_SONGS) {
      throw new ApiException(
          409,
          "cannot_split",
          "the cluster has %s songs; one of 2 to %s can be split"
              .formatted(songs.size(), ClusterSplit.MOST_SONGS));
    }
    int[] halves =
        ClusterSplit.halves(songs.stream().map(state.index()::of).toArray(double[][]::new));
    List<String> leaving = new ArrayList<>();
    for (int i = 0; i < halves.length; i++) {
      if (halves[i] == 1) {
        leaving.add(state.known(songs.get(i)).id());
      }
    }
    if (leaving.isEmpty()) {
      throw new ApiException(409, "cannot_split", "the songs of the cluster do not differ");
    }
    add(List.of(ClusterEdit.split(now(), cluster, state.members(cluster), leaving)));
  }

  /** Undoes every edit of a cluster and of those that it was merged from or split into. */
  synchronized void undo(int cluster) throws ApiException, IOException {
    ClusterEdits.write(data, results.require().clusters().without(cluster));
    results.reload();
  }

  private void add(List<ClusterEdit> edits) throws IOException {
    List<ClusterEdit> all = new ArrayList<>(ClusterEdits.read(data));
    all.addAll(edits);
    ClusterEdits.write(data, all);
    results.reload();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
