package org.surmala.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An edit of a cluster by hand. It names the cluster by songs as well as by number, so that it
 * survives a refit or a new run with other cluster numbers: see {@link EditedClusters}.
 *
 * @param cluster number of the cluster at that time
 * @param songs some of the cluster's songs, each by the first {@value #DIGITS} digits of its id;
 *     all of them where it is split or hidden
 * @param action what was done
 * @param value a name (rename), {@code true} or {@code false} (pin), the same with model, clusterer
 *     and k of the clusters (hide), the number and the songs of the cluster that it became part of
 *     (merge), or the songs that left it (split); they are joined by spaces
 */
public record ClusterEdit(
    Instant time, int cluster, List<String> songs, Action action, String value) {
  private static final Pattern CONTENT_HASH = Pattern.compile("[0-9a-f]{64}");

  /** Digits of an id in an edit. */
  static final int DIGITS = 12;

  /**
   * Number of songs that name a cluster: the first by key; keys are hashes, so they are a random
   * sample.
   */
  private static final int SAMPLE = 16;

  private static final int MOST_NAME = 80;

  /** The kinds of edits. */
  public enum Action {
    RENAME,
    PIN,
    HIDE,
    MERGE,
    SPLIT;

    /** The word in the file. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if the value does not fit the action; the message says why
   */
  public ClusterEdit {
    songs = List.copyOf(songs);
    require(cluster >= -1, Integer.toString(cluster), "give the number of a cluster");
    switch (action) {
      case RENAME -> requireName(value);
      case PIN -> require(value.matches("true|false"), value, "give true or false");
      case HIDE ->
          require(
              value.matches("(true|false)( \\S+ \\S+ \\d+)?"),
              value,
              "give true or false, and model, clusterer and k");
      case MERGE ->
          require(value.matches("\\d{1,9}( [0-9a-f]{12})+"), value, "give a number and songs");
      case SPLIT -> require(value.matches("[0-9a-f]{12}( [0-9a-f]{12})*"), value, "give songs");
    }
  }

  /** Renames the cluster. */
  public static ClusterEdit rename(Instant time, int cluster, List<String> members, String name) {
    return new ClusterEdit(time, cluster, sample(members), Action.RENAME, name.strip());
  }

  /** Pins the cluster before the others, or unpins it. */
  public static ClusterEdit pin(Instant time, int cluster, List<String> members, boolean pinned) {
    return new ClusterEdit(time, cluster, sample(members), Action.PIN, Boolean.toString(pinned));
  }

  /** Hides a cluster of a clustering ({@link EditedClusters#clustering}), or shows it again. */
  public static ClusterEdit hide(
      Instant time, int cluster, List<String> members, boolean hidden, String clustering) {
    return new ClusterEdit(time, cluster, keys(members), Action.HIDE, hidden + " " + clustering);
  }

  /** Merges the cluster into another one. */
  public static ClusterEdit merge(
      Instant time, int cluster, List<String> members, int into, List<String> intoMembers) {
    String value =
        Stream.concat(Stream.of(Integer.toString(into)), sample(intoMembers).stream())
            .collect(Collectors.joining(" "));
    return new ClusterEdit(time, cluster, sample(members), Action.MERGE, value);
  }

  /** Splits songs off into a new cluster. */
  public static ClusterEdit split(
      Instant time, int cluster, List<String> members, List<String> leaving) {
    return new ClusterEdit(
        time,
        cluster,
        keys(members),
        Action.SPLIT,
        leaving.stream().map(ClusterEdit::key).collect(Collectors.joining(" ")));
  }

  /**
   * The key of a song in an edit: the first digits of its id. The id of a table row is any text, so
   * it is hashed.
   */
  static String key(String id) {
    boolean isHash = CONTENT_HASH.matcher(id).matches();
    return (isHash ? id : DigestUtils.sha256Hex(id)).substring(0, DIGITS);
  }

  private static List<String> keys(List<String> members) {
    return members.stream().map(ClusterEdit::key).toList();
  }

  private static List<String> sample(List<String> members) {
    return members.stream().map(ClusterEdit::key).sorted().limit(SAMPLE).toList();
  }

  /** Whether it pins or hides; else it takes that back. */
  boolean isOn() {
    return value.startsWith("true");
  }

  /** Whether it was made of a clustering. */
  boolean isOf(String clustering) {
    return value.endsWith(" " + clustering);
  }

  /** What was done, as a sentence without its end. */
  String clause() {
    String done =
        switch (action) {
          case RENAME -> " was renamed to \"" + value + "\"";
          case PIN -> isOn() ? " was pinned" : " was unpinned";
          case HIDE -> isOn() ? " was hidden" : " was shown again";
          case MERGE ->
              " was merged into " + ClusterNames.letter(Integer.parseInt(value.split(" ", 2)[0]));
          case SPLIT -> " was split in two";
        };
    String day = time.toString().substring(0, 10);
    return "Cluster " + ClusterNames.letter(cluster) + done + " by hand on " + day;
  }

  /** Checks a name, which becomes the file name of a playlist. */
  private static void requireName(String name) {
    require(
        !name.isBlank() && name.codePointCount(0, name.length()) <= MOST_NAME,
        name,
        "give a name of 1 to " + MOST_NAME + " characters");
    require(
        name.codePoints().noneMatch(point -> point == '/' || point == '\\' || isInvisible(point))
            && !name.startsWith("."),
        name,
        "a name has no /, no \\ and no control characters, and does not begin with a dot");
  }

  private static boolean isInvisible(int point) {
    return Character.isISOControl(point)
        || Character.getType(point) == Character.LINE_SEPARATOR
        || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
        || Character.getType(point) == Character.SURROGATE;
  }

  private static void require(boolean holds, String value, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("'" + value + "': " + remedy);
    }
  }
}
