package org.surmala.metric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap.Interval;
import smile.sort.QuickSort;

/**
 * Scores of the nearest songs of each song, by exact search. Each song is a query once; songs in
 * the query's group (near-duplicates, artist) are never among its answers. Ties go to the lower
 * number.
 *
 * <p>Precision at k is the share of the k nearest with the query's label. Average precision is the
 * mean, over all answers with the query's label, of the precision at their rank. A query without
 * any possible answer with its label is excluded from both, since all rankings are equal.
 *
 * <p>The 10-occurrence of a song is the number of queries that have it among their 10 nearest.
 * Hubness is its skewness, the third standardised moment over songs (Radovanović et al. 2010): near
 * 0 if all songs are neighbours equally often, high if a few songs are neighbours of very many.
 * Anti-hubs are songs that are among the 10 nearest of no query.
 *
 * <p>Above {@value #MOST_QUERIES} songs the queries are a sample, drawn from each label in
 * proportion; the whole collection answers, and the 10-occurrence is counted over the sample.
 *
 * @param judged number of queries with a label that a possible answer shares
 * @param chance precision of a random ranking: the mean share of answers with the query's label
 */
public record NeighbourScores(
    int queries,
    int judged,
    double chance,
    Score precisionAt1,
    Score precisionAt5,
    Score precisionAt10,
    Score meanAveragePrecision,
    Score hubness,
    Score antiHubs) {
  /** Maximum number of queries. */
  public static final int MOST_QUERIES = 5_000;

  private static final int LISTED = 10;

  /**
   * A score.
   *
   * @param value NaN if not defined
   * @param interval 95 % confidence interval, by bootstrap over queries; NaN without replicates
   */
  public record Score(double value, Interval interval) {}

  /** The result of one query. */
  private record Answer(int[] listed, double[] precisions, double chance) {
    boolean isJudged() {
      return precisions.length > 0;
    }
  }

  /**
   * Scores the neighbours of songs.
   *
   * @param labels code of each song's label; -1 without a label
   * @param groups group of each song; a single song has its own group
   * @param replicates bootstrap replicates; 0 for no intervals
   */
  public static NeighbourScores of(
      DistanceRows distances, int[] labels, int[] groups, int replicates, long seed) {
    int[] queries = queries(labels, seed);
    int[] place = new int[labels.length];
    Arrays.fill(place, -1);
    for (int q = 0; q < queries.length; q++) {
      place[queries[q]] = q;
    }
    Answer[] answers =
        Arrays.stream(queries)
            .parallel()
            .mapToObj(query -> answer(distances.of(query), query, labels, groups, place))
            .toArray(Answer[]::new);
    Answer[] judged = Arrays.stream(answers).filter(Answer::isJudged).toArray(Answer[]::new);
    return new NeighbourScores(
        queries.length,
        judged.length,
        Arrays.stream(judged).mapToDouble(Answer::chance).average().orElse(Double.NaN),
        mean(judged, 0, replicates, seed),
        mean(judged, 1, replicates, seed),
        mean(judged, 2, replicates, seed),
        mean(judged, 3, replicates, seed),
        occurrence(
            answers,
            NeighbourScores::skewness,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            replicates,
            seed),
        occurrence(answers, NeighbourScores::zeros, 0, 1, replicates, seed));
  }

  /** The queries: all songs, or a stratified sample. */
  private static int[] queries(int[] labels, long seed) {
    int n = labels.length;
    int[] order = IntStream.range(0, n).toArray();
    if (n <= MOST_QUERIES) {
      return order;
    }
    Bootstrap.shuffle(order, new SplittableRandom(seed));
    int[] byLabel =
        Arrays.stream(order)
            .boxed()
            .sorted((a, b) -> Integer.compare(labels[a], labels[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.range(0, MOST_QUERIES)
        .map(i -> byLabel[(int) ((long) i * n / MOST_QUERIES)])
        .sorted()
        .toArray();
  }

  private static Answer answer(
      double[] distances, int query, int[] labels, int[] groups, int[] place) {
    int[] allowed =
        IntStream.range(0, distances.length).filter(i -> groups[i] != groups[query]).toArray();
    double[] near = Arrays.stream(allowed).mapToDouble(i -> distances[i]).toArray();
    sort(near, allowed);
    int[] listed =
        Arrays.stream(allowed)
            .filter(i -> place[i] >= 0)
            .limit(LISTED)
            .map(i -> place[i])
            .toArray();
    double right = 0;
    double sum = 0;
    double[] precisions = new double[4];
    int[] depths = {1, 5, LISTED};
    for (int rank = 1; rank <= allowed.length; rank++) {
      if (labels[query] >= 0 && labels[allowed[rank - 1]] == labels[query]) {
        right++;
        sum += right / rank;
      }
      for (int d = 0; d < depths.length; d++) {
        if (rank == Math.min(depths[d], allowed.length)) {
          precisions[d] = right / rank;
        }
      }
    }
    precisions[3] = sum / right;
    return right == 0
        ? new Answer(listed, new double[0], Double.NaN)
        : new Answer(listed, precisions, right / allowed.length);
  }

  /** Sorts songs by distance, then by number. */
  private static void sort(double[] near, int[] songs) {
    QuickSort.sort(near, songs);
    for (int from = 0; from < near.length; ) {
      int to = from + 1;
      while (to < near.length && near[to] == near[from]) {
        to++;
      }
      Arrays.sort(songs, from, to);
      from = to;
    }
  }

  private static Score mean(Answer[] judged, int figure, int replicates, long seed) {
    double[] values = Arrays.stream(judged).mapToDouble(a -> a.precisions()[figure]).toArray();
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    return score(
        mean,
        0,
        1,
        judged.length == 0 ? 0 : replicates,
        draw -> {
          SplittableRandom random = Bootstrap.generator(seed, draw);
          double sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
          }
          return sum / values.length;
        });
  }

  private static Score occurrence(
      Answer[] answers,
      ToDoubleFunction<int[]> figure,
      double least,
      double most,
      int replicates,
      long seed) {
    int n = answers.length;
    int[] once = new int[n];
    Arrays.fill(once, 1);
    return score(
        figure.applyAsDouble(counts(answers, once)),
        least,
        most,
        n == 0 ? 0 : replicates,
        draw -> figure.applyAsDouble(counts(answers, Bootstrap.draw(n, seed, draw))));
  }

  private static Score score(
      double value, double least, double most, int replicates, IntToDoubleFunction replicate) {
    double[] values = IntStream.range(0, replicates).parallel().mapToDouble(replicate).toArray();
    return new Score(value, Bootstrap.interval(value, values, least, most));
  }

  private static int[] counts(Answer[] answers, int[] weights) {
    int[] counts = new int[answers.length];
    for (int q = 0; q < answers.length; q++) {
      for (int song : answers[q].listed()) {
        counts[song] += weights[q];
      }
    }
    return counts;
  }

  private static double skewness(int[] counts) {
    double mean = Arrays.stream(counts).average().orElse(Double.NaN);
    double squares = 0;
    double cubes = 0;
    for (int count : counts) {
      double from = count - mean;
      squares += from * from;
      cubes += from * from * from;
    }
    double deviation = Math.sqrt(squares / counts.length);
    // 0/0 if all counts are equal: no song is a hub.
    return squares == 0 ? 0 : cubes / counts.length / (deviation * deviation * deviation);
  }

  private static double zeros(int[] counts) {
    return (double) Arrays.stream(counts).filter(count -> count == 0).count() / counts.length;
  }
}
