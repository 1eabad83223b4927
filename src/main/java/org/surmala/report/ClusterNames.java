package org.surmala.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Findings;

/**
 * The names of the clusters of a run: plain words if they have a profile, else a letter. The letter
 * also marks a cluster where words do not fit: A is the largest, then B; after Z comes AA.
 */
public final class ClusterNames {
  private static final int LETTERS = 26;
  private static final String NOISE = "noise";

  /** Start of the artists in a name, which the map leaves out. */
  private static final String ARTISTS = "; like ";

  private final Map<Integer, String> words = new HashMap<>();

  /** Names of groups, by mark. */
  private final Map<String, String> groups = new HashMap<>();

  private ClusterNames() {}

  /** The names of the clusters of the primary clustering. */
  static ClusterNames of(ReportOptions options, List<Findings> findings) {
    ClusterNames names = new ClusterNames();
    for (ClusterProfile profile : profiles(options, findings)) {
      names.words.put(profile.getCluster(), profile.getName());
    }
    for (ClusterProfile group : groups(options, findings)) {
      names.groups.put(mark(group.getCluster(), group.getGroup()), group.getName());
    }
    return names;
  }

  /** The profiles of the primary clustering, by cluster; may be empty. */
  static List<ClusterProfile> profiles(ReportOptions options, List<Findings> findings) {
    return ofPrimary(options, findings.stream().flatMap(found -> found.getProfiles().stream()));
  }

  /** The profiles of its groups, by cluster, then by number; may be empty. */
  static List<ClusterProfile> groups(ReportOptions options, List<Findings> findings) {
    return ofPrimary(options, findings.stream().flatMap(found -> found.getGroups().stream()));
  }

  private static List<ClusterProfile> ofPrimary(
      ReportOptions options, Stream<ClusterProfile> profiles) {
    return profiles
        .filter(p -> p.getRepresentation().equals(options.representation()))
        .filter(p -> p.getClusterer().equals(options.clusterer()))
        .toList();
  }

  /** The same names with replacements for some clusters and, by mark, groups. */
  ClusterNames renamed(Map<Integer, String> names, Map<String, String> groupNames) {
    ClusterNames renamed = new ClusterNames();
    renamed.words.putAll(words);
    renamed.words.putAll(names);
    renamed.groups.putAll(groups);
    renamed.groups.putAll(groupNames);
    return renamed;
  }

  /** A name made unique by a number after the words and before the artists. */
  static String numbered(String name, int number) {
    int artists = name.indexOf(ARTISTS);
    int words = artists < 0 ? name.length() : artists;
    return name.substring(0, words) + " " + number + name.substring(words);
  }

  /** The name of a song's group; null without one. */
  public @Nullable String group(ClusterAssignment song) {
    String mark = mark(song);
    return mark == null ? null : groups.getOrDefault(mark, mark);
  }

  /** The mark of a song's group; null without one. */
  public static @Nullable String mark(ClusterAssignment song) {
    Integer group = song.getGroup();
    return group == null ? null : mark(song.getCluster(), group);
  }

  /** The letter of the cluster and the number of the group within it, from 1: A1. */
  static String mark(int cluster, @Nullable Integer group) {
    return letter(cluster) + group;
  }

  /** The name of a cluster by its number from 0; -1 is noise. */
  public String of(int cluster) {
    String name = words.get(cluster);
    return name == null ? letter(cluster) : name;
  }

  /** The letter and, if there is one, the name. */
  String full(int cluster) {
    String name = words.get(cluster);
    return name == null ? letter(cluster) : letter(cluster) + ": " + name;
  }

  /** The full name with the number of songs after the letter, where a long name cannot hide it. */
  String counted(int cluster, long songs) {
    String name = words.get(cluster);
    String letter = letter(cluster) + " (" + songs + ")";
    return name == null ? letter : letter + ": " + name;
  }

  /** The letter of a cluster by its number from 0; -1 is noise. */
  public static String letter(int cluster) {
    if (cluster < -1) {
      throw new IllegalArgumentException("cluster is " + cluster + "; it must be -1 or more");
    }
    if (cluster == -1) {
      return NOISE;
    }
    StringBuilder name = new StringBuilder();
    for (int rest = cluster; rest >= 0; rest = rest / LETTERS - 1) {
      name.insert(0, (char) ('A' + rest % LETTERS));
    }
    return name.toString();
  }
}
