package org.surmala.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ranks songs that resemble the seed songs but not the anti-seeds. A song's score is {@code s(song,
 * seeds) − ½·max s(song, anti-seed)}, highest first, with the similarity of {@link
 * MarginalRelevance}: {@code s(a, b) = 1 / (1 + d(a, b) / m)}, where d is the Euclidean distance
 * and m the median of the candidates' distances to the mean of the seeds.
 */
final class AntiSeeds {
  private static final double PENALTY = 0.5;

  private AntiSeeds() {}

  /**
   * Ranks candidates; equal scores keep their order.
   *
   * @param candidates the songs nearest to the seeds, with their distances
   * @param avoided latent vectors of the anti-seeds; if empty, the order is unchanged
   */
  static List<RankedSong> rank(
      EmbeddingIndex index, List<RankedSong> candidates, List<double[]> avoided) {
    if (avoided.isEmpty() || candidates.isEmpty()) {
      return candidates;
    }
    double scale = MarginalRelevance.scale(candidates);
    List<double[]> distances = avoided.stream().map(index::distances).toList();
    Map<RankedSong, Double> scores =
        IntStream.range(0, candidates.size())
            .boxed()
            .collect(
                Collectors.toMap(
                    candidates::get,
                    i -> {
                      RankedSong song = candidates.get(i);
                      double nearest =
                          distances.stream()
                              .mapToDouble(all -> all[song.song()])
                              .min()
                              .getAsDouble();
                      return MarginalRelevance.similarity(song.distance(), scale)
                          - PENALTY * MarginalRelevance.similarity(nearest, scale);
                    }));
    return candidates.stream()
        .sorted(Comparator.comparingDouble(song -> -scores.getOrDefault(song, 0.0)))
        .toList();
  }
}
