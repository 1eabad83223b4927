package org.surmala.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.NearDuplicate;

/** The report's clusters with their typical songs, and near-duplicates. */
final class MarkdownClusters {
  private static final int EXAMPLES = 3;
  private static final int MOST_PAIRS = 30;
  private static final int MOST_CLUSTERS = 60;

  private final ReportOptions options;
  private final ReportData data;
  private final Markdown text;
  private final Map<String, String> titles = new TreeMap<>();

  MarkdownClusters(ReportOptions options, ReportData data, Markdown text) {
    this.options = options;
    this.data = data;
    this.text = text;
    for (ReportedSong song : data.songs()) {
      titles.put(song.song().getId(), String.valueOf(song.song().getTitle()));
    }
  }

  void clusters() {
    Map<Integer, Long> sizes = data.tally().sizes();
    if (sizes.isEmpty()) {
      return;
    }
    text.append("## Clusters\n\n");
    Map<Integer, ClusterProfile> profiles = new TreeMap<>();
    ClusterNames.profiles(options, data.findings())
        .forEach(profile -> profiles.put(profile.getCluster(), profile));
    text.append(
        "Names describe the features that distinguish a cluster most (Cohen's d of 0.5 or more"
            + " against all others); `cluster_profiles.csv` has the effect sizes. Stability is the"
            + " mean Jaccard index with the best match in refits to bootstrap samples; do not trust"
            + " a cluster below 0.6.\n\n");
    String songsOrRows = data.noun().plural();
    text.row(
        "cluster",
        songsOrRows,
        "stability",
        "labels",
        "typical " + songsOrRows,
        "borderline " + songsOrRows);
    text.row("---", "---:", "---:", "---", "---", "---");
    int shown = 0;
    for (Map.Entry<Integer, Long> entry : sizes.entrySet()) {
      if (shown++ == MOST_CLUSTERS) {
        text.append("\nAnd ").append(sizes.size() - MOST_CLUSTERS).append(" more.\n");
        break;
      }
      ClusterProfile profile = profiles.get(entry.getKey());
      text.row(
          Markdown.escape(data.names().full(entry.getKey())),
          entry.getValue().toString(),
          Markdown.number(profile == null ? null : profile.getStability()),
          mix(data.tally().labels(entry.getKey()), entry.getValue()),
          titles(profile == null ? List.of() : profile.getRepresentatives()),
          titles(profile == null ? List.of() : profile.getBorderline()));
    }
    text.append('\n');
  }

  void edits() {
    List<String> sentences = data.edited().sentences();
    if (sentences.isEmpty()) {
      return;
    }
    text.append("## Edits by hand\n\n")
        .append(
            "`assignments.csv`, the page and the playlists show the clusters with these edits"
                + " (`edits.csv`). All scores and plots describe the fitted clusters.\n\n");
    sentences.forEach(sentence -> text.append("- ").append(Markdown.escape(sentence)).append('\n'));
    text.append('\n');
  }

  void groups() {
    List<ClusterProfile> groups = ClusterNames.groups(options, data.findings());
    if (groups.isEmpty()) {
      return;
    }
    String songsOrRows = data.noun().plural();
    text.append("## Groups\n\n")
        .append(
            "Parts of the clusters, small enough for a playlist. Names compare a group with "
                + "the")
        .append(" other ")
        .append(songsOrRows)
        .append(
            " of its cluster; stability is measured within the cluster. The scores above are those"
                + " of the clusters.");
    data.metrics().stream()
        .filter(ClusteringMetrics::getChosen)
        .filter(m -> m.getRepresentation().equals(options.representation()))
        .filter(m -> m.getClusterer().equals(options.clusterer()))
        .filter(m -> m.getGroupStability() != null)
        .forEach(
            m ->
                text.append(" Mean ARI with refits to bootstrap samples: ")
                    .append(Markdown.number(m.getGroupStability()))
                    .append(" within the clusters, ")
                    .append(Markdown.number(m.getStability()))
                    .append(" for the clusters."));
    text.append("\n\n");
    text.row("group", songsOrRows, "stability", "typical " + songsOrRows);
    text.row("---", "---:", "---:", "---");
    for (ClusterProfile group : groups.subList(0, Math.min(MOST_CLUSTERS, groups.size()))) {
      String mark = ClusterNames.mark(group.getCluster(), group.getGroup());
      text.row(
          Markdown.escape(mark + ": " + group.getName()),
          Integer.toString(group.getSongs()),
          Markdown.number(group.getStability()),
          titles(group.getRepresentatives()));
    }
    if (groups.size() > MOST_CLUSTERS) {
      text.append("\nAnd ").append(groups.size() - MOST_CLUSTERS).append(" more.\n");
    }
    text.append("\nAll of them are in `group_profiles.csv`.\n\n");
  }

  /** Labels with their numbers of songs, the most frequent first; ties by name. */
  static Stream<Map.Entry<String, Long>> byCount(Map<@Nullable String, Long> labels) {
    Map<String, Long> named = new TreeMap<>();
    labels.forEach(
        (label, count) -> named.merge(label == null ? "(none)" : label, count, Long::sum));
    return named.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
  }

  private static String mix(Map<@Nullable String, Long> labels, long songs) {
    List<String> parts =
        byCount(labels)
            .limit(4)
            .map(
                e ->
                    Markdown.escape(e.getKey())
                        + " "
                        + Math.round(100.0 * e.getValue() / songs)
                        + " %")
            .toList();
    return String.join(", ", parts);
  }

  private String titles(List<String> ids) {
    return ids.stream()
        .limit(EXAMPLES)
        .map(id -> Markdown.escape(titles.getOrDefault(id, id)))
        .collect(Collectors.joining("; "));
  }

  void nearDuplicates() {
    List<NearDuplicate> pairs = FindingTables.nearDuplicates(data.findings());
    if (pairs.isEmpty()) {
      return;
    }
    text.append("## Near-duplicates\n\n")
        .append(FindingTables.pairs(pairs.size(), data.noun()))
        .append(
            "; both are on the same side of each split. The distance is relative to the median"
                + " distance of a ")
        .append(data.noun())
        .append(" to its fifth nearest.")
        .append(pairs.size() > MOST_PAIRS ? " The nearest " + MOST_PAIRS + ":" : "")
        .append("\n\n");
    text.row("first", "second", "distance");
    text.row("---", "---", "---:");
    pairs.stream()
        .limit(MOST_PAIRS)
        .forEach(
            pair ->
                text.row(
                    titles(List.of(pair.getFirst())),
                    titles(List.of(pair.getSecond())),
                    Markdown.number(pair.getRelativeDistance())));
    text.append("\nAll of them are in `near_duplicates.csv`.\n\n");
  }
}
