package org.surmala.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.evaluate.FeatureWords;

/**
 * The common traits of two songs in plain words: the features in which both differ from the
 * collection in the same direction.
 *
 * <p>With z = (value − mean) / standard deviation over the collection (population), a feature is
 * shared if z has the same sign in both songs and the smaller |z| is {@value #LEAST} or more.
 * Features are ranked by the smaller |z|; the first {@value #MOST} words are returned, each once,
 * and never a word with its opposite.
 */
public final class SharedTraits {
  private static final int MOST = 3;
  private static final double LEAST = 0.5;

  private final List<String> features;
  private final double[] mean;
  private final double[] deviation;

  /**
   * Traits relative to a collection.
   *
   * @param features names of the columns
   * @param rows features of each song of the collection, at least one
   */
  public SharedTraits(List<String> features, Iterable<double[]> rows) {
    this.features = List.copyOf(features);
    mean = new double[features.size()];
    deviation = new double[features.size()];
    int count = 0;
    // Welford's algorithm, in one pass over the rows.
    for (double[] row : rows) {
      count++;
      for (int f = 0; f < mean.length; f++) {
        double difference = row[f] - mean[f];
        mean[f] += difference / count;
        deviation[f] += difference * (row[f] - mean[f]);
      }
    }
    for (int f = 0; f < mean.length; f++) {
      deviation[f] = Math.sqrt(deviation[f] / Math.max(1, count));
    }
  }

  private record Shared(int feature, boolean more, double strength) {}

  /** The words that two songs share, strongest first; may be empty. */
  public List<String> of(double[] one, double[] other) {
    List<Shared> shared = new ArrayList<>();
    IntStream.range(0, mean.length)
        .filter(f -> deviation[f] > 0)
        .forEach(
            f -> {
              double first = (one[f] - mean[f]) / deviation[f];
              double second = (other[f] - mean[f]) / deviation[f];
              double strength = Math.min(Math.abs(first), Math.abs(second));
              if (first * second > 0 && strength >= LEAST) {
                shared.add(new Shared(f, first > 0, strength));
              }
            });
    shared.sort(Comparator.comparingDouble((Shared trait) -> -trait.strength()));
    List<String> words = new ArrayList<>();
    Set<@Nullable String> told = new HashSet<>();
    for (Shared trait : shared) {
      String word = FeatureWords.of(features, trait.feature(), trait.more());
      if (word != null && words.size() < MOST && told.add(word)) {
        told.add(FeatureWords.of(features, trait.feature(), !trait.more()));
        words.add(word);
      }
    }
    return List.copyOf(words);
  }
}
