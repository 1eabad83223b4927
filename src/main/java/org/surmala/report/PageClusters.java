package org.surmala.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterProfile;

/** The clusters that the page shows. */
final class PageClusters {
  private static final int MOST_TRAITS = 5;

  private final ReportOptions options;
  private final ReportData data;
  private final PageSongs shown;
  private final Map<Integer, ClusterProfile> profiles = new HashMap<>();

  PageClusters(ReportOptions options, ReportData data, PageSongs shown) {
    this.options = options;
    this.data = data;
    this.shown = shown;
  }

  void write(ObjectNode page) {
    ClusterNames.profiles(options, data.findings())
        .forEach(profile -> profiles.put(profile.getCluster(), profile));
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int c = 0; c < shown.count(); c++) {
      members
          .computeIfAbsent(
              data.assignments().get(shown.song(c)).getCluster(), cluster -> new ArrayList<>())
          .add(c);
    }
    // Noise is not a cluster and comes last.
    List<Integer> noise = members.remove(-1);
    ArrayNode clusters = page.putArray("clusters");
    members.forEach((cluster, songs) -> cluster(clusters.addObject(), cluster, songs));
    if (noise != null) {
      cluster(clusters.addObject(), -1, noise);
    }
  }

  private void cluster(ObjectNode node, int cluster, List<Integer> members) {
    node.put("id", cluster)
        .put("mark", ClusterNames.letter(cluster))
        .put("name", data.names().full(cluster))
        .put("size", data.tally().sizes().getOrDefault(cluster, 0L))
        .put("edited", data.edited().isEdited(cluster))
        .put("pinned", data.edited().isPinned(cluster))
        .put("hidden", data.edited().isHidden(cluster));
    ArrayNode languages = node.putArray("languages");
    data.tally().labels(cluster).entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<@Nullable String, Long> e) -> -e.getValue())
                .thenComparing(e -> String.valueOf(e.getKey())))
        .forEach(e -> languages.addArray().add(e.getKey()).add(e.getValue()));
    groups(node.putArray("groups"), members);
    ArrayNode typical = node.putArray("typical");
    ArrayNode borderline = node.putArray("borderline");
    ArrayNode traits = node.putArray("traits");
    ClusterProfile profile = profiles.get(cluster);
    if (profile == null) {
      return;
    }
    node.put("stability", PageData.round(profile.getStability(), 4));
    put(typical, profile.getRepresentatives());
    // In a small cluster, these are the same songs in another order.
    if (members.size() > profile.getRepresentatives().size()) {
      put(borderline, profile.getBorderline());
    }
    profile.getTraits().stream()
        .limit(MOST_TRAITS)
        .forEach(t -> traits.addArray().add(t.getFeature()).add(PageData.round(t.getEffect(), 2)));
  }

  /** Adds the groups of a cluster, by number. */
  private void groups(ArrayNode list, List<Integer> members) {
    Map<Integer, List<ClusterAssignment>> groups = new TreeMap<>();
    for (int c : members) {
      ClusterAssignment song = data.assignments().get(shown.song(c));
      if (song.getGroup() != null) {
        groups.computeIfAbsent(song.getGroup(), group -> new ArrayList<>()).add(song);
      }
    }
    for (List<ClusterAssignment> songs : groups.values()) {
      list.addObject()
          .put("id", ClusterNames.mark(songs.get(0)))
          .put("name", data.names().group(songs.get(0)))
          .put("size", songs.size());
    }
  }

  /** Adds the indices of those songs that the page shows. */
  private void put(ArrayNode list, List<String> ids) {
    ids.stream().map(shown::place).filter(Objects::nonNull).forEach(list::add);
  }
}
