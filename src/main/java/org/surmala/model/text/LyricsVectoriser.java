package org.surmala.model.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.InputSpec;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * Turns lyrics into a vector (latent semantic analysis, fitted to the training set): hashed
 * character n-grams ({@link NGramCounts}), each weighted {@code (1 + ln count) · (ln((1 + songs) /
 * (1 + songs with it)) + 1)} (scikit-learn's TfidfVectorizer with {@code sublinear_tf}), rows
 * scaled to length 1, projected on the leading right singular vectors, minus the training set's
 * mean, and scaled by one factor so that the mean variance is 1.
 *
 * <p>It is fitted on the lyrics of at most {@value #SAMPLE} songs, spread evenly.
 */
final class LyricsVectoriser {
  /** Smallest number of songs with lyrics for a fit. */
  static final int LEAST_SONGS = 2;

  private static final int SAMPLE = 5_000;

  private final float[] inverse;
  private final float[] basis;
  private final float[] mean;
  private final float scale;

  private LyricsVectoriser(float[] inverse, float[] basis, float[] mean, float scale) {
    this.inverse = inverse;
    this.basis = basis;
    this.mean = mean;
    this.scale = scale;
  }

  /**
   * Fits to the lyrics of a table.
   *
   * @param kind name of the model for messages
   * @param dimensions maximum number of dimensions of vectorised lyrics
   * @throws IllegalArgumentException if fewer than {@value #LEAST_SONGS} songs have lyrics
   */
  static LyricsVectoriser fit(
      String kind, TrainingRows table, int buckets, int dimensions, long seed) {
    List<NGramCounts> texts = sample(table, buckets);
    if (texts.size() < LEAST_SONGS) {
      throw new IllegalArgumentException(
          ("the model %s needs the lyrics of at least %s songs; %s%s any: fill the"
                  + " column lyrics of metadata.csv, or leave the model out")
              .formatted(kind, LEAST_SONGS, texts.size(), texts.size() == 1 ? " has" : " have"));
    }
    float[] inverse = inverseFrequencies(texts, buckets);
    List<SparseRow> rows = texts.stream().map(text -> weighed(text, inverse)).toList();
    TruncatedSvd svd = TruncatedSvd.of(rows, buckets, dimensions, seed);
    int count = svd.values().length;
    LyricsVectoriser bare = new LyricsVectoriser(inverse, svd.vectors(), new float[count], 1);
    double[] sum = new double[count];
    double[] squares = new double[count];
    for (SparseRow row : rows) {
      float[] vector = bare.vector(row);
      for (int d = 0; d < count; d++) {
        sum[d] += vector[d];
        squares[d] += (double) vector[d] * vector[d];
      }
    }
    float[] mean = new float[count];
    double variance = 0;
    for (int d = 0; d < count; d++) {
      mean[d] = (float) (sum[d] / rows.size());
      double middle = sum[d] / rows.size();
      variance += (squares[d] / rows.size() - middle * middle) / count;
    }
    // If all songs have the same lyrics, nothing varies.
    float scale = variance > 1e-12 ? (float) (1 / Math.sqrt(variance)) : 0;
    return new LyricsVectoriser(inverse, svd.vectors(), mean, scale);
  }

  private static List<NGramCounts> sample(TrainingRows table, int buckets) {
    List<Integer> written = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      String lyrics = table.lyrics(row);
      if (lyrics != null && !Graphemes.of(lyrics).isEmpty()) {
        written.add(row);
      }
    }
    List<NGramCounts> texts = new ArrayList<>();
    InputSpec.spread(written.size(), SAMPLE)
        .forEach(
            i -> {
              String lyrics = table.lyrics(written.get(i));
              if (lyrics != null) {
                texts.add(NGramCounts.of(lyrics, buckets));
              }
            });
    return texts;
  }

  private static float[] inverseFrequencies(List<NGramCounts> texts, int buckets) {
    int[] with = new int[buckets];
    for (NGramCounts text : texts) {
      for (int i = 0; i < text.size(); i++) {
        with[text.bucket(i)]++;
      }
    }
    float[] inverse = new float[buckets];
    for (int bucket = 0; bucket < buckets; bucket++) {
      inverse[bucket] = (float) (StrictMath.log((1.0 + texts.size()) / (1.0 + with[bucket])) + 1);
    }
    return inverse;
  }

  private static SparseRow weighed(NGramCounts text, float[] inverse) {
    int[] columns = new int[text.size()];
    float[] values = new float[text.size()];
    double square = 0;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = text.bucket(i);
      values[i] = (float) ((1 + StrictMath.log(text.count(i))) * inverse[columns[i]]);
      square += (double) values[i] * values[i];
    }
    for (int i = 0; i < columns.length; i++) {
      values[i] /= (float) Math.sqrt(square);
    }
    return new SparseRow(columns, values);
  }

  /** Number of dimensions of vectorised lyrics. */
  int dimensions() {
    return mean.length;
  }

  /** The vector of the lyrics, a new array; null without lyrics, letters or digits. */
  float @Nullable [] vector(@Nullable String lyrics) {
    if (lyrics == null) {
      return null;
    }
    NGramCounts text = NGramCounts.of(lyrics, inverse.length);
    return text.size() == 0 ? null : vector(weighed(text, inverse));
  }

  private float[] vector(SparseRow row) {
    double[] sum = new double[mean.length];
    row.addTimes(basis, mean.length, sum);
    float[] vector = new float[mean.length];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (float) ((sum[d] - mean[d]) * scale);
    }
    return vector;
  }

  List<Tensor> tensors() {
    return List.of(
        Tensors.tensor("text.inverse", inverse, inverse.length),
        Tensors.tensor("text.basis", basis, inverse.length, mean.length),
        Tensors.tensor("text.mean", mean, mean.length),
        Tensors.tensor("text.scale", new float[] {scale}, 1));
  }

  static LyricsVectoriser load(Model model) {
    return new LyricsVectoriser(
        Tensors.values(model, "text.inverse"),
        Tensors.values(model, "text.basis"),
        Tensors.values(model, "text.mean"),
        Tensors.values(model, "text.scale")[0]);
  }
}
