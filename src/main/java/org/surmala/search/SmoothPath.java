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
 * A way from one song to another by small steps, along where songs are.
 *
 * <p>It is the shortest path in the graph that joins each song to its {@value #NEIGHBOURS} nearest,
 * the length of a step being the square of its distance: so two small steps are shorter than one
 * large one, and large hops are avoided. (The limit of higher powers is the path of the least
 * largest hop, which wanders.) Where the graph has no path, each song is joined to twice as many. A
 * song's cost multiplies the length of the step to it. Of a path that is too long, songs at equal
 * intervals are taken; into one that is too short, the song is put by which it grows least, by the
 * same measure, again and again.
 *
 * <p>Only the {@value #MOST_SONGS} songs of the least detour are looked at, those for which the sum
 * of the distances to both ends is least; so the cost does not grow with the collection.
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

  /** Song 0 is where the path begins, song 1 where it ends. */
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
   * Looks at the songs between two songs.
   *
   * @param from a song
   * @param to another song
   * @param wanted songs that may lie between them
   * @param costs of each song, by which the length of a step to it is multiplied; above 0
   * @param quotas that the songs between must keep; both ends are counted first
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
   * The way.
   *
   * @param count songs in all, at least 2
   * @return both ends and the songs between; fewer when the collection or the quota has fewer
   */
  List<Integer> songs(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("a path has 2 songs or more; its length is " + count);
    }
    List<Integer> fitted =
        shortest.size() > count ? thinned(shortest, count) : filled(shortest, count);
    return fitted.stream().map(song -> numbers[song]).toList();
  }

  /** Paths over songs that the quota does not allow are looked for again without these. */
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

  /** The songs of a way that are more than the quota allows. */
  private List<Integer> excess(List<Integer> way, SongQuota quota) {
    quota.add(numbers[0]);
    quota.add(numbers[1]);
    return way.subList(1, way.size() - 1).stream()
        .filter(song -> !quota.take(numbers[song]))
        .toList();
  }

  /** For each song the songs it is joined to: its k nearest, and those whose k nearest it is of. */
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
      // Enough must be left for those that follow.
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
