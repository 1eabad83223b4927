package org.surmala.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbours that resemble a song but not one another: maximal marginal relevance (Carbonell and
 * Goldstein, "The use of MMR, diversity-based reranking for reordering documents and producing
 * summaries", SIGIR 1998), λ = ½.
 *
 * <p>The next song has the largest {@code λ·s(song, query) − (1−λ)·max s(song, chosen)}; the first
 * is the nearest. The similarity is {@code s(a, b) = 1 / (1 + d(a, b) / m)}, where d is the
 * Euclidean distance and m the median of the candidates' distances to the query.
 */
public final class MarginalRelevance {
  /** Number of candidates per wanted song. */
  public static final int CANDIDATES = 10;

  private static final double LAMBDA = 0.5;

  private MarginalRelevance() {}

  /**
   * Chooses among candidates.
   *
   * @param candidates the songs nearest to the query, nearest first
   * @param count maximum number of songs
   * @return the songs in the order of choice; ties go to the nearer song
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

  /** Median of the distances, the upper of two; 1 if it is 0 or there is none. */
  static double scale(List<RankedSong> candidates) {
    double[] distances = candidates.stream().mapToDouble(RankedSong::distance).sorted().toArray();
    double median = distances.length == 0 ? 0 : distances[distances.length / 2];
    return median > 0 ? median : 1;
  }

  /** Similarity: 1 at distance 0, one half at the scale. */
  static double similarity(double distance, double scale) {
    return 1 / (1 + distance / scale);
  }
}
