package org.surmala.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterCount;
import org.surmala.schema.Failure;
import org.surmala.schema.FailureCount;
import org.surmala.schema.SongTotals;

/**
 * Numbers of songs by cluster and label, and of failures by kind. They count all songs of a run,
 * even if a report draws a sample.
 */
final class Tally {
  private record Cell(int cluster, @Nullable String label) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
        Comparator.comparingInt(Cell::cluster)
            .thenComparing(Cell::label, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(Cell other) {
      return ORDER.compare(this, other);
    }
  }

  private record Kind(String stage, String code, boolean isTransient) implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::stage)
            .thenComparing(Kind::code)
            .thenComparing(Kind::isTransient);

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  private final long found;
  private final long milliseconds;
  private final SortedMap<Cell, Long> songs;
  private final SortedMap<Kind, FailureCount> failures;

  private Tally(
      long found,
      long milliseconds,
      SortedMap<Cell, Long> songs,
      SortedMap<Kind, FailureCount> failures) {
    this.found = found;
    this.milliseconds = milliseconds;
    this.songs = songs;
    this.failures = failures;
  }

  /**
   * Counts records.
   *
   * @param found number of found songs
   * @param songs the clustered songs
   * @param assignments assignments of the same songs
   */
  static Tally of(
      long found,
      List<ReportedSong> songs,
      List<ClusterAssignment> assignments,
      List<Failure> failures) {
    SortedMap<Cell, Long> cells = new TreeMap<>();
    long milliseconds = 0;
    for (int i = 0; i < songs.size(); i++) {
      cells.merge(cell(assignments.get(i), songs.get(i)), 1L, Long::sum);
      milliseconds += Math.round(1_000 * songs.get(i).info().getDurationSeconds());
    }
    SortedMap<Kind, FailureCount> kinds = new TreeMap<>();
    for (Failure failure : failures) {
      add(
          kinds,
          new FailureCount(failure.getStage(), failure.getCode(), failure.getIsTransient(), 1L));
    }
    return new Tally(found, milliseconds, cells, kinds);
  }

  /** The sum of counts. */
  static Tally of(Iterable<SongTotals> counts) {
    long found = 0;
    long milliseconds = 0;
    SortedMap<Cell, Long> cells = new TreeMap<>();
    SortedMap<Kind, FailureCount> kinds = new TreeMap<>();
    for (SongTotals some : counts) {
      found += some.getFound();
      milliseconds += some.getMilliseconds();
      for (ClusterCount count : some.getClusters()) {
        cells.merge(new Cell(count.getCluster(), count.getLabel()), count.getSongs(), Long::sum);
      }
      some.getFailures().forEach(count -> add(kinds, count));
    }
    return new Tally(found, milliseconds, cells, kinds);
  }

  private static void add(Map<Kind, FailureCount> kinds, FailureCount count) {
    kinds.merge(
        new Kind(
            count.getStage().name().toLowerCase(Locale.ROOT),
            count.getCode(),
            count.getIsTransient()),
        count,
        (a, b) ->
            FailureCount.newBuilder(a).setFailures(a.getFailures() + b.getFailures()).build());
  }

  private static Cell cell(ClusterAssignment assignment, ReportedSong song) {
    return new Cell(assignment.getCluster(), song.song().getLanguage());
  }

  /** The counts as a record; equal counts give equal records. */
  SongTotals toRecord() {
    return new SongTotals(
        found,
        milliseconds,
        songs.entrySet().stream()
            .map(
                cell ->
                    new ClusterCount(
                        cell.getKey().cluster(), cell.getKey().label(), cell.getValue()))
            .toList(),
        List.copyOf(failures.values()));
  }

  /**
   * The counts of displayed clusters. If the songs are a sample, the songs of each fitted cluster
   * and label are divided as those of the sample are.
   */
  Tally displayed(
      List<ReportedSong> sample,
      List<ClusterAssignment> fitted,
      List<ClusterAssignment> displayed) {
    Map<Cell, SortedMap<Integer, Long>> shares = new HashMap<>();
    for (int i = 0; i < sample.size(); i++) {
      shares
          .computeIfAbsent(cell(fitted.get(i), sample.get(i)), cell -> new TreeMap<>())
          .merge(displayed.get(i).getCluster(), 1L, Long::sum);
    }
    SortedMap<Cell, Long> cells = new TreeMap<>();
    songs.forEach(
        (cell, count) -> {
          Map<Integer, Long> parts = shares.getOrDefault(cell, new TreeMap<>());
          long drawn = parts.values().stream().mapToLong(Long::longValue).sum();
          long seen = 0;
          long divided = 0;
          for (Map.Entry<Integer, Long> part : parts.entrySet()) {
            seen += part.getValue();
            long upTo = Math.round((double) count * seen / drawn);
            if (upTo > divided) {
              cells.merge(new Cell(part.getKey(), cell.label()), upTo - divided, Long::sum);
            }
            divided = upTo;
          }
          if (divided < count) {
            cells.merge(cell, count - divided, Long::sum);
          }
        });
    return new Tally(found, milliseconds, cells, failures);
  }

  /** Number of found songs, without duplicates. */
  long found() {
    return found;
  }

  /** Number of clustered songs. */
  long songs() {
    return songs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Total duration of the clustered songs, in seconds. */
  double seconds() {
    return milliseconds / 1e3;
  }

  /** Number of songs by cluster; noise is -1. */
  SortedMap<Integer, Long> sizes() {
    SortedMap<Integer, Long> sizes = new TreeMap<>();
    songs.forEach((cell, count) -> sizes.merge(cell.cluster(), count, Long::sum));
    return sizes;
  }

  /** Number of songs by label; null is no label. */
  Map<@Nullable String, Long> labels() {
    Map<@Nullable String, Long> labels = new HashMap<>();
    songs.forEach((cell, count) -> labels.merge(cell.label(), count, Long::sum));
    return labels;
  }

  /** Number of songs of a cluster by label; null is no label. */
  Map<@Nullable String, Long> labels(int cluster) {
    Map<@Nullable String, Long> labels = new HashMap<>();
    songs.forEach(
        (cell, count) -> {
          if (cell.cluster() == cluster) {
            labels.put(cell.label(), count);
          }
        });
    return labels;
  }

  /** Number of failures by stage, code and whether they are transient, in this order. */
  List<FailureCount> failures() {
    return List.copyOf(failures.values());
  }

  /** Number of failures by code. */
  SortedMap<String, Long> codes() {
    SortedMap<String, Long> codes = new TreeMap<>();
    failures
        .values()
        .forEach(count -> codes.merge(count.getCode(), count.getFailures(), Long::sum));
    return codes;
  }
}
