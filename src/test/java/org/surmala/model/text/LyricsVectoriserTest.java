package org.surmala.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.surmala.model.AnnotatedTable;

/** Against TF-IDF in plain maps, with whole n-grams where the vectoriser has their hashes. */
final class LyricsVectoriserTest {
  /** So many that no two of the n-grams below meet in one. */
  private static final int BUCKETS = 200_000;

  private static final List<String> TEXTS =
      Arrays.asList(
          "Slow rain on the mill road",
          null,
          "The slow road, the slow rain",
          "নদীর জলে ভাসাই আমার নাও",
          "আমার গানের সুর হারাল নদীর পারে",
          "♪",
          "A coin for the jukebox");

  private static LyricsVectoriser fit(int dimensions) {
    return LyricsVectoriser.fit("lyrics", AnnotatedTable.of(1, TEXTS), BUCKETS, dimensions, 5);
  }

  @Test
  void givenAsManyDimensionsAsTexts_whenVectorised_thenDistancesAreThoseOfTfIdf() {
    LyricsVectoriser vectoriser = fit(10);
    assertThat(vectoriser.dimensions()).isEqualTo(5);
    List<String> texts = TEXTS.stream().filter(t -> t != null && !t.equals("♪")).toList();
    List<Map<String, Double>> expected = tfIdf(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(NGramCounts.of(texts.get(i), BUCKETS).size()).isEqualTo(expected.get(i).size());
    }
    double factor = 0;
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < i; j++) {
        double ours = distance(vector(vectoriser, texts.get(i)), vector(vectoriser, texts.get(j)));
        double theirs = distance(expected.get(i), expected.get(j));
        // One factor scales all.
        factor = factor == 0 ? ours / theirs : factor;
        assertThat(ours / theirs).isCloseTo(factor, within(1e-4 * factor));
      }
    }
  }

  @Test
  void givenTrainingTexts_whenVectorised_thenMeanIsZeroAndVarianceOneOnAverage() {
    LyricsVectoriser vectoriser = fit(3);
    List<float[]> vectors = new ArrayList<>();
    for (String text : TEXTS) {
      float[] vector = vectoriser.vector(text);
      if (vector != null) {
        vectors.add(vector);
      }
    }
    assertThat(vectors).hasSize(5);
    double variance = 0;
    for (int d = 0; d < 3; d++) {
      double sum = 0;
      for (float[] vector : vectors) {
        sum += vector[d];
        variance += vector[d] * vector[d] / 5.0 / 3;
      }
      assertThat(sum).isCloseTo(0, within(1e-5));
    }
    assertThat(variance).isCloseTo(1, within(1e-4));
  }

  @Test
  void givenNothingToRead_whenVectorised_thenThereIsNoVector() {
    assertThat(fit(3).vector(null)).isNull();
    assertThat(fit(3).vector("♪ …")).isNull();
  }

  @Test
  void givenOneText_whenFitted_thenTheRefusalSaysWhatToDo() {
    assertThatThrownBy(
            () ->
                LyricsVectoriser.fit(
                    "audio_lyrics", AnnotatedTable.of(1, Arrays.asList("la la", null)), 256, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model audio_lyrics needs the lyrics of at least 2 songs; 1 has any: fill the"
                + " column lyrics of metadata.csv, or leave the model out");
  }

  private static List<Map<String, Double>> tfIdf(List<String> texts) {
    List<Map<String, Integer>> counts = new ArrayList<>();
    Map<String, Integer> with = new HashMap<>();
    for (String text : texts) {
      List<String> clusters = Graphemes.of(text);
      Map<String, Integer> count = new HashMap<>();
      for (int n = 2; n <= 4; n++) {
        for (int i = 0; i + n <= clusters.size(); i++) {
          count.merge(String.join("", clusters.subList(i, i + n)), 1, Integer::sum);
        }
      }
      count.keySet().forEach(gram -> with.merge(gram, 1, Integer::sum));
      counts.add(count);
    }
    List<Map<String, Double>> weighed = new ArrayList<>();
    for (Map<String, Integer> count : counts) {
      Map<String, Double> row = new HashMap<>();
      double square = 0;
      for (Map.Entry<String, Integer> gram : count.entrySet()) {
        double inverse =
            Math.log((1.0 + texts.size()) / (1.0 + with.getOrDefault(gram.getKey(), 0))) + 1;
        double weight = (1 + Math.log(gram.getValue())) * inverse;
        row.put(gram.getKey(), weight);
        square += weight * weight;
      }
      double length = Math.sqrt(square);
      row.replaceAll((gram, weight) -> weight / length);
      weighed.add(row);
    }
    return weighed;
  }

  private static double distance(Map<String, Double> a, Map<String, Double> b) {
    Set<String> grams = new HashSet<>(a.keySet());
    grams.addAll(b.keySet());
    double square = 0;
    for (String gram : grams) {
      square += Math.pow(a.getOrDefault(gram, 0.0) - b.getOrDefault(gram, 0.0), 2);
    }
    return Math.sqrt(square);
  }

  private static float[] vector(LyricsVectoriser vectoriser, String text) {
    return Objects.requireNonNull(vectoriser.vector(text));
  }

  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int d = 0; d < a.length; d++) {
      square += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return Math.sqrt(square);
  }
}
