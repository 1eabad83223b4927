package org.surmala.search;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.surmala.report.SongPoint;
import org.surmala.search.SongLookup.Asked;

/** A query for songs that are similar to one or more seed songs. */
public record SimilarQuery(List<Asked> seeds, List<Asked> avoided) {
  public SimilarQuery {
    seeds = List.copyOf(seeds);
    avoided = List.copyOf(avoided);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("a query needs a song; it has none");
    }
  }

  /** A query with one seed song. */
  public static SimilarQuery of(Asked song) {
    return new SimilarQuery(List.of(song), List.of());
  }

  /** The query as text: {@code A + B, not C}. */
  public String name() {
    String names = seeds.stream().map(Asked::name).collect(Collectors.joining(" + "));
    return avoided.isEmpty()
        ? names
        : names + ", not " + avoided.stream().map(Asked::name).collect(Collectors.joining(", "));
  }

  /** The mean of the seeds' points. */
  public SongPoint point() {
    return new SongPoint(
        mean(seeds.stream().map(seed -> seed.point().latent()).toList()),
        mean(seeds.stream().map(seed -> seed.point().directions()).toList()));
  }

  /** Whether a song of the collection is in the query. */
  boolean has(int song) {
    return Stream.concat(seeds.stream(), avoided.stream())
        .anyMatch(asked -> asked.song().isPresent() && asked.song().getAsInt() == song);
  }

  /** The mean of vectors of the same length. */
  static double[] mean(List<double[]> vectors) {
    double[] mean = vectors.get(0).clone();
    for (double[] vector : vectors.subList(1, vectors.size())) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += vector[d];
      }
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= vectors.size();
    }
    return mean;
  }
}
