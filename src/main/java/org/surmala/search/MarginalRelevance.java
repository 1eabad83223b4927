package org.surmala.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbours that are like a song but not like one another: maximal marginal relevance (Carbonell
 * and Goldstein, "The use of MMR, diversity-based reranking for reordering documents and producing
 * summaries", SIGIR 1998), λ = ½.
 *
 * <p>The next song is the one with the greatest {@code λ·s(song, query) − (1−λ)·max s(song,
 * chosen)}, the first therefore the nearest. The similarity is {@code s(a, b) = 1 / (1 + d(a, b) /
 * m)} with the Euclidean distance d and the median m of the candidates' distances to the query.
 */
public final class MarginalRelevance {
  /** Candidates for each song that is wanted. */
  public static final int CANDIDATES = 10;

  private static final double LAMBDA = 0.5;

  private MarginalRelevance() {}

  /**
   * Chooses among candidates.
   *
   * @param candidates the songs nearest to the query, the nearest first
   * @param count how many at most
   * @return in the order in which they were chosen; of equally good ones the nearer was taken
   */
  public static List<RankedSong> choose(
      EmbeddingIndex index, List<RankedSong> candidates, int count) {
    List<RankedSong> left = new ArrayList<>(candidates);
    List<RankedSong> chosen = new ArrayList<>();
    double scale = scale(candidates);
    double[] redundancy = new double[index.size()];
    while (chosen.size() < count && !left.isEmpty()) {
      RankedSong best = left.get(0);
      double most = Double.NEGATIVE_INFINITY;
      for (RankedSong candidate : left) {
        double value =
            LAMBDA * similarity(candidate.distance(), scale)
                - (1 - LAMBDA) * redundancy[candidate.song()];
        if (value > most) {
          most = value;
          best = candidate;
        }
      }
      left.remove(best);
      chosen.add(best);
      double[] distances = index.distances(index.of(best.song()));
      for (RankedSong candidate : left) {
        int song = candidate.song();
        redundancy[song] = Math.max(redundancy[song], similarity(distances[song], scale));
      }
    }
    return chosen;
  }

  /** Median of the distances, the upper of two; 1 where it is 0 or there is none. */
  static double scale(List<RankedSong> candidates) {
    double[] distances = candidates.stream().mapToDouble(RankedSong::distance).sorted().toArray();
    double median = distances.length == 0 ? 0 : distances[distances.length / 2];
    return median > 0 ? median : 1;
  }

  /** 1 at no distance, one half at the scale. */
  static double similarity(double distance, double scale) {
    return 1 / (1 + distance / scale);
  }
}
