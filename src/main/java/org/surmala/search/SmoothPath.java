package org.surmala.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A path from one song to another by small steps, through regions with songs.
 *
 * <p>It is the shortest path in the graph that connects each song with its {@value #NEIGHBOURS}
 * nearest songs, with squared distances as lengths, so that two small steps are shorter than a
 * large one. (Higher powers approach the minimax path, which wanders.) If there is no path, each
 * song is connected with twice as many songs. A song's cost multiplies the length of the step to
 * it. A path that is too long is thinned evenly; into a path that is too short, songs are inserted
 * one by one where they lengthen it least.
 *
 * <p>Only the {@value #MOST_SONGS} songs with the smallest sum of distances to both ends are
 * considered, so that the cost is independent of the size of the collection.
 */
final class SmoothPath {
  static final int NEIGHBOURS = 10;
  static final int MOST_SONGS = 4_000;

  private final EmbeddingIndex index;
  private final int[] numbers;
  private final double[] costs;
  private final Supplier<SongQuota> quotas;
  private final int size;
  private final List<Integer> shortest;

  /** Song 0 is the start of the path, song 1 its end. */
  private SmoothPath(
      EmbeddingIndex index, int[] numbers, double[] costs, Supplier<SongQuota> quotas) {
    this.index = index;
    this.numbers = numbers;
    this.costs = costs;
    this.quotas = quotas;
    size = index.size();
    shortest = shortest();
  }

  /**
   * Prepares paths between two songs.
   *
   * @param wanted accepts songs between them
   * @param costs factor of the step to each song, above 0
   * @param quotas limits for the songs between; both ends are counted first
   */
  static SmoothPath between(
      EmbeddingIndex all,
      int from,
      int to,
      IntPredicate wanted,
      double[] costs,
      Supplier<SongQuota> quotas) {
    if (from == to) {
      throw new IllegalArgumentException(
          "a path needs two different songs; it begins and ends at song " + from);
    }
    double[] begin = all.distances(all.of(from));
    double[] end = all.distances(all.of(to));
    int[] nearby =
        IntStream.concat(
                IntStream.of(from, to),
                IntStream.range(0, all.size())
                    .filter(song -> song != from && song != to && wanted.test(song))
                    .boxed()
                    .sorted(Comparator.comparingDouble(song -> begin[song] + end[song]))
                    .mapToInt(song -> song))
            .limit(MOST_SONGS)
            .toArray();
    double[][] rows = Arrays.stream(nearby).mapToObj(all::of).toArray(double[][]::new);
    return new SmoothPath(
        EmbeddingIndex.of(rows),
        nearby,
        Arrays.stream(nearby).mapToDouble(song -> costs[song]).toArray(),
        quotas);
  }

  /**
   * The path.
   *
   * @param count number of songs, at least 2
   * @return both ends and the songs between; fewer if collection or quota do not allow as many
   */
  List<Integer> songs(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("a path has 2 songs or more; its length is " + count);
    }
    List<Integer> fitted =
        shortest.size() > count ? thinned(shortest, count) : filled(shortest, count);
    return fitted.stream().map(song -> numbers[song]).toList();
  }

  /** The shortest path; repeated without the songs that exceed the quota. */
  private List<Integer> shortest() {
    boolean[] banned = new boolean[size];
    for (int k = Math.min(NEIGHBOURS, size - 1); ; k = Math.min(2 * k, size - 1)) {
      List<List<RankedSong>> graph = graph(k);
      List<Integer> way = shortest(graph, banned);
      while (!way.isEmpty()) {
        List<Integer> excess = excess(way, quotas.get());
        if (excess.isEmpty()) {
          return way;
        }
        excess.forEach(song -> banned[song] = true);
        way = shortest(graph, banned);
      }
    }
  }

  /** The songs of a path that exceed the quota. */
  private List<Integer> excess(List<Integer> way, SongQuota quota) {
    quota.add(numbers[0]);
    quota.add(numbers[1]);
    return way.subList(1, way.size() - 1).stream()
        .filter(song -> !quota.take(numbers[song]))
        .toList();
  }

  /**
   * For each song its neighbours in the graph: its k nearest songs, and the songs that have it
   * among their k nearest.
   */
  private List<List<RankedSong>> graph(int k) {
    List<List<RankedSong>> nearest =
        IntStream.range(0, size)
            .parallel()
            .mapToObj(song -> index.nearestWithTies(song, k))
            .toList();
    List<List<RankedSong>> graph = new ArrayList<>();
    nearest.forEach(own -> graph.add(new ArrayList<>(own)));
    for (int song = 0; song < size; song++) {
      for (RankedSong other : nearest.get(song)) {
        graph.get(other.song()).add(new RankedSong(song, other.distance()));
      }
    }
    return graph;
  }

  /** Dijkstra's algorithm from song 0 to song 1; empty when there is no path. */
  private List<Integer> shortest(List<List<RankedSong>> graph, boolean[] banned) {
    double[] length = new double[size];
    int[] before = new int[size];
    boolean[] settled = banned.clone();
    Arrays.fill(length, Double.POSITIVE_INFINITY);
    Arrays.fill(before, -1);
    PriorityQueue<RankedSong> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble(RankedSong::distance).thenComparing(RankedSong::song));
    length[0] = 0;
    queue.add(new RankedSong(0, 0));
    while (!queue.isEmpty() && !settled[1]) {
      int song = queue.remove().song();
      if (settled[song]) {
        continue;
      }
      settled[song] = true;
      for (RankedSong next : graph.get(song)) {
        double reached = length[song] + next.distance() * next.distance() * costs[next.song()];
        if (reached < length[next.song()]) {
          length[next.song()] = reached;
          before[next.song()] = song;
          queue.add(new RankedSong(next.song(), reached));
        }
      }
    }
    List<Integer> way = new ArrayList<>();
    if (settled[1]) {
      for (int song = 1; song >= 0; song = before[song]) {
        way.add(song);
      }
      Collections.reverse(way);
    }
    return way;
  }

  private List<Integer> thinned(List<Integer> way, int count) {
    double[] walked = new double[way.size()];
    for (int i = 1; i < walked.length; i++) {
      walked[i] = walked[i - 1] + distance(way.get(i - 1), way.get(i));
    }
    List<Integer> kept = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < count; i++) {
      double target = walked[walked.length - 1] * i / (count - 1);
      // Leave enough songs for the remaining positions.
      int last = walked.length - count + i;
      while (i > 0
          && next < last
          && Math.abs(walked[next + 1] - target) <= Math.abs(walked[next] - target)) {
        next++;
      }
      kept.add(way.get(i == count - 1 ? walked.length - 1 : next));
      next++;
    }
    return kept;
  }

  private List<Integer> filled(List<Integer> way, int count) {
    SongQuota quota = quotas.get();
    way.forEach(song -> quota.add(numbers[song]));
    List<Integer> filled = new ArrayList<>(way);
    List<double[]> distances = new ArrayList<>();
    boolean[] used = new boolean[size];
    for (int song : way) {
      distances.add(index.distances(index.of(song)));
      used[song] = true;
    }
    while (filled.size() < Math.min(count, size)) {
      int after = 0;
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int hop = 0; hop + 1 < filled.size(); hop++) {
        double[] begin = distances.get(hop);
        double[] end = distances.get(hop + 1);
        double whole = begin[filled.get(hop + 1)] * begin[filled.get(hop + 1)];
        for (int song = 0; song < size; song++) {
          double growth = (begin[song] * begin[song] + end[song] * end[song]) * costs[song] - whole;
          if (growth < least && !used[song] && quota.allows(numbers[song])) {
            least = growth;
            best = song;
            after = hop;
          }
        }
      }
      if (best < 0) {
        break;
      }
      quota.add(numbers[best]);
      filled.add(after + 1, best);
      distances.add(after + 1, index.distances(index.of(best)));
      used[best] = true;
    }
    return filled;
  }

  private double distance(int first, int second) {
    double[] a = index.of(first);
    double[] b = index.of(second);
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return Math.sqrt(sum);
  }
}
