package org.surmala.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapPoint;

/**
 * Where each song is drawn: two dimensions for the eye, never for scoring.
 *
 * @param method that made it: umap, pca, or none for fewer than two songs
 * @param trustworthiness how far neighbours on the map are neighbours in the latent space, 0 to 1
 *     (Venna and Kaski 2001, with 15 neighbours), over at most 500 songs drawn by lot; null for
 *     fewer than 32 songs
 * @param points ascending by id
 */
public record SongMap(String method, @Nullable Double trustworthiness, List<MapPoint> points) {
  /** Below so many songs, neighbourhoods say nothing, and the map is a PCA. */
  private static final int LEAST_FOR_UMAP = 15;

  /** Above so many songs, a sample is laid out and the others are placed among it. */
  static final int MOST_FOR_UMAP = 20_000;

  private static final int TRUST_NEIGHBOURS = 15;
  private static final int LEAST_FOR_TRUST = 32;
  private static final int MOST_JUDGED = 500;
  private static final int LANDMARKS = 5_000;
  private static final int NEAREST_LANDMARKS = 3;
  private static final double START_SPREAD = 10;
  private static final double START_JITTER = 1e-4;

  public SongMap {
    points = List.copyOf(points);
  }

  /**
   * Draws the map of one representation. UMAP, started from the first two principal components; PCA
   * alone below 15 songs or when the songs do not differ. Above 20,000 songs, 5,000 drawn by lot
   * are laid out, and each other is put between the three of them that are nearest to it.
   *
   * @param latent of one representation, ascending by id
   * @param seed of the layout
   */
  static SongMap of(List<Embedding> latent, long seed) {
    int n = latent.size();
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      List<Float> vector = latent.get(i).getVector();
      rows[i] = new float[vector.size()];
      for (int d = 0; d < rows[i].length; d++) {
        rows[i][d] = vector.get(d);
      }
    }
    if (n < 2) {
      return new SongMap("none", null, points(latent, new double[n][2]));
    }
    PlanePca pca = PlanePca.of(rows);
    if (n < LEAST_FOR_UMAP || !(pca.spread() > 0)) {
      return of("pca", latent, rows, pca.coordinates(), seed);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] chosen =
        n <= MOST_FOR_UMAP ? IntStream.range(0, n).toArray() : sample(n, LANDMARKS, random);
    float[][] landmarks = new float[chosen.length][];
    double[][] start = new double[chosen.length][2];
    for (int c = 0; c < chosen.length; c++) {
      landmarks[c] = rows[chosen[c]];
      double[] from = pca.coordinates()[chosen[c]];
      for (int axis = 0; axis < 2; axis++) {
        start[c][axis] =
            START_SPREAD * from[axis] / pca.spread() + START_JITTER * random.nextGaussian();
      }
    }
    double[][] laidOut = Umap.layOut(landmarks, start, random.nextLong());
    double[][] places = n == chosen.length ? laidOut : between(rows, landmarks, laidOut);
    return of("umap", latent, rows, places, seed);
  }

  private static SongMap of(
      String method, List<Embedding> latent, float[][] rows, double[][] places, long seed) {
    int n = rows.length;
    Double trustworthiness = null;
    if (n >= LEAST_FOR_TRUST) {
      int[] judged = sample(n, Math.min(n, MOST_JUDGED), new SplittableRandom(~seed));
      double penalty =
          IntStream.of(judged).parallel().mapToLong(i -> penalty(rows, places, i)).sum();
      double worst = TRUST_NEIGHBOURS * (2.0 * n - 3 * TRUST_NEIGHBOURS - 1) / 2;
      trustworthiness = 1 - penalty / judged.length / worst;
    }
    return new SongMap(method, trustworthiness, points(latent, places));
  }

  /** Ranks past the neighbourhood in the latent space, of those that are neighbours on the map. */
  private static long penalty(float[][] rows, double[][] places, int i) {
    int n = rows.length;
    double[] here = new double[n];
    double[] there = new double[n];
    for (int j = 0; j < n; j++) {
      double dx = places[j][0] - places[i][0];
      double dy = places[j][1] - places[i][1];
      here[j] = j == i ? Double.POSITIVE_INFINITY : dx * dx + dy * dy;
      there[j] = j == i ? Double.POSITIVE_INFINITY : Umap.Neighbours.square(rows[i], rows[j]);
    }
    double[] sorted = here.clone();
    Arrays.sort(sorted);
    double reach = sorted[TRUST_NEIGHBOURS - 1];
    long penalty = 0;
    int counted = 0;
    for (int j = 0; j < n && counted < TRUST_NEIGHBOURS; j++) {
      if (here[j] <= reach) {
        counted++;
        int rank = 1;
        for (double other : there) {
          if (other < there[j]) {
            rank++;
          }
        }
        penalty += Math.max(0, rank - TRUST_NEIGHBOURS);
      }
    }
    return penalty;
  }

  private static int[] sample(int n, int wanted, SplittableRandom random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(n - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return IntStream.of(order).limit(wanted).sorted().toArray();
  }

  private static double[][] between(float[][] rows, float[][] landmarks, double[][] laidOut) {
    double[][] places = new double[rows.length][];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(i -> places[i] = between(rows[i], landmarks, laidOut));
    return places;
  }

  private static double[] between(float[] row, float[][] landmarks, double[][] laidOut) {
    int[] best = new int[NEAREST_LANDMARKS];
    double[] squares = new double[NEAREST_LANDMARKS];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    for (int l = 0; l < landmarks.length; l++) {
      double square = Umap.Neighbours.square(row, landmarks[l]);
      for (int place = 0; place < NEAREST_LANDMARKS; place++) {
        if (square < squares[place]) {
          for (int m = NEAREST_LANDMARKS - 1; m > place; m--) {
            squares[m] = squares[m - 1];
            best[m] = best[m - 1];
          }
          squares[place] = square;
          best[place] = l;
          break;
        }
      }
    }
    if (squares[0] == 0) {
      return laidOut[best[0]].clone();
    }
    double[] place = new double[2];
    double sum = 0;
    for (int m = 0; m < NEAREST_LANDMARKS; m++) {
      double weight = 1 / squares[m];
      sum += weight;
      place[0] += weight * laidOut[best[m]][0];
      place[1] += weight * laidOut[best[m]][1];
    }
    place[0] /= sum;
    place[1] /= sum;
    return place;
  }

  private static List<MapPoint> points(List<Embedding> latent, double[][] places) {
    List<MapPoint> points = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      points.add(new MapPoint(latent.get(i).getId(), places[i][0], places[i][1]));
    }
    return points;
  }
}
