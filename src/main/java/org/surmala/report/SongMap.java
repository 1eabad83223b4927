package org.surmala.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;
import org.surmala.metric.PrincipalComponents;
import org.surmala.metric.Trustworthiness;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapLandmarks;
import org.surmala.schema.MapPoint;

/**
 * Map coordinates of each song: for display, never for scores.
 *
 * @param method the method: umap, pca, or none for fewer than two songs
 * @param trustworthiness degree to which neighbours on the map are neighbours in the latent space,
 *     0 to 1 (Venna and Kaski 2001, with 15 neighbours), over at most 500 random songs; null for
 *     fewer than 32 songs
 * @param points coordinates, ascending by id
 */
public record SongMap(String method, @Nullable Double trustworthiness, List<MapPoint> points) {
  /** Below this number of songs the map is a PCA, since neighbourhoods mean little. */
  private static final int LEAST_FOR_UMAP = 15;

  /** Above this number of songs UMAP lays out a sample, and the others are interpolated. */
  static final int MOST_FOR_UMAP = 20_000;

  private static final int TRUST_NEIGHBOURS = 15;
  private static final int LEAST_FOR_TRUST = 32;
  private static final int MOST_JUDGED = 500;
  private static final int LANDMARKS = 5_000;
  private static final int NEAREST_LANDMARKS = 3;

  /** Share of an axis above which an empty band is narrowed. */
  private static final double WIDE_GAP = 0.1;

  private static final double START_SPREAD = 10;
  private static final double START_JITTER = 1e-4;

  public SongMap {
    points = List.copyOf(points);
  }

  /**
   * Computes the map of one representation: UMAP, initialised with the first two principal
   * components; PCA alone below 15 songs or if the songs do not differ. Above 20,000 songs, 5,000
   * random songs are laid out, and each other song is interpolated between its three nearest of
   * them.
   *
   * @param latent embeddings of one representation, ascending by id
   */
  static SongMap of(List<Embedding> latent, long seed) {
    int n = latent.size();
    double[][] rows = latent.stream().map(SongMap::row).toArray(double[][]::new);
    if (n < 2) {
      return new SongMap("none", null, points(latent, new double[n][2]));
    }
    double[][] plane = plane(rows);
    double spread =
        Arrays.stream(plane).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    if (n < LEAST_FOR_UMAP || !(spread > 0)) {
      return of("pca", latent, rows, plane, seed);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] chosen = landmarks(n, random);
    double[][] landmarks = new double[chosen.length][];
    double[][] start = new double[chosen.length][2];
    for (int c = 0; c < chosen.length; c++) {
      landmarks[c] = rows[chosen[c]];
      double[] from = plane[chosen[c]];
      for (int axis = 0; axis < 2; axis++) {
        start[c][axis] = START_SPREAD * from[axis] / spread + START_JITTER * random.nextGaussian();
      }
    }
    double[][] laidOut = Umap.layOut(landmarks, start, random.nextLong());
    closeGaps(laidOut);
    double[][] layout = n == chosen.length ? laidOut : between(rows, landmarks, laidOut);
    return of("umap", latent, rows, layout, seed);
  }

  /** The first two principal components; the second is 0 if rows have one dimension. */
  private static double[][] plane(double[][] rows) {
    double[][] scores = PrincipalComponents.of(rows).scores(rows, Math.min(2, rows[0].length));
    return Arrays.stream(scores).map(row -> Arrays.copyOf(row, 2)).toArray(double[][]::new);
  }

  /** The embedding of a song. */
  static double[] row(Embedding embedding) {
    return embedding.getVector().stream().mapToDouble(Float::doubleValue).toArray();
  }

  private static SongMap of(
      String method, List<Embedding> latent, double[][] rows, double[][] layout, long seed) {
    int n = rows.length;
    Double trustworthiness = null;
    if (n >= LEAST_FOR_TRUST) {
      int[] judged = sample(n, Math.min(n, MOST_JUDGED), new SplittableRandom(~seed));
      trustworthiness = Trustworthiness.of(rows, layout, TRUST_NEIGHBOURS, judged);
    }
    return new SongMap(method, trustworthiness, points(latent, layout));
  }

  /**
   * Narrows wide empty bands along each axis. Distances between UMAP's islands have no meaning, and
   * one distant island would shrink the rest of the map. The order along the axes stays.
   */
  static void closeGaps(double[][] layout) {
    for (int axis = 0; axis < layout[0].length; axis++) {
      int a = axis;
      double[] sorted = Arrays.stream(layout).mapToDouble(point -> point[a]).sorted().toArray();
      double inside = 0;
      double range = sorted[sorted.length - 1] - sorted[0];
      for (int i = 1; i < sorted.length; i++) {
        double gap = sorted[i] - sorted[i - 1];
        inside += gap > WIDE_GAP * range ? 0 : gap;
      }
      if (inside == 0) {
        // All songs are at a few points: there is no reference for the width of a band.
        continue;
      }
      double widest = WIDE_GAP * inside;
      double[] moved = new double[sorted.length];
      for (int i = 1; i < sorted.length; i++) {
        double gap = sorted[i] - sorted[i - 1];
        moved[i] = moved[i - 1] + (gap > WIDE_GAP * range ? Math.min(gap, widest) : gap);
      }
      for (double[] point : layout) {
        point[axis] = sorted[0] + moved[Arrays.binarySearch(sorted, point[axis])];
      }
    }
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

  private static int[] landmarks(int songs, SplittableRandom random) {
    return songs <= MOST_FOR_UMAP
        ? IntStream.range(0, songs).toArray()
        : sample(songs, LANDMARKS, random);
  }

  /** The songs that this map lays out, from the embeddings of its songs in their order. */
  MapLandmarks landmarks(List<Embedding> latent, long seed) {
    int[] chosen = landmarks(latent.size(), new SplittableRandom(seed));
    int dimensions = latent.isEmpty() ? 0 : latent.get(0).getVector().size();
    ByteBuffer vectors = bytes(Float.BYTES * chosen.length * dimensions);
    ByteBuffer coordinates = bytes(2 * Double.BYTES * chosen.length);
    List<String> ids = new ArrayList<>();
    for (int song : chosen) {
      ids.add(latent.get(song).getId());
      latent.get(song).getVector().forEach(vectors::putFloat);
      coordinates.putDouble(points.get(song).getX()).putDouble(points.get(song).getY());
    }
    return new MapLandmarks(ids, dimensions, vectors.flip(), coordinates.flip());
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Map coordinates of further songs, each between its three nearest landmarks. */
  static List<MapPoint> among(MapLandmarks landmarks, List<Embedding> latent) {
    int count = landmarks.getIds().size();
    FloatBuffer vectors =
        landmarks.getVectors().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    DoubleBuffer coordinates =
        landmarks.getPoints().duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    double[][] rows = new double[count][landmarks.getDimensions()];
    double[][] laidOut = new double[count][2];
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Arrays.setAll(rows[i], d -> vectors.get());
      coordinates.get(laidOut[i]);
      known.put(landmarks.getIds().get(i), i);
    }
    double[][] layout =
        between(latent.stream().map(SongMap::row).toArray(double[][]::new), rows, laidOut);
    for (int i = 0; i < layout.length; i++) {
      Integer landmark = known.get(latent.get(i).getId());
      layout[i] = landmark == null ? layout[i] : laidOut[landmark];
    }
    return points(latent, layout);
  }

  private static double[][] between(double[][] rows, double[][] landmarks, double[][] laidOut) {
    Neighbours[] nearest =
        NearestNeighbours.of(landmarks)
            .nearest(rows, NEAREST_LANDMARKS, NearestNeighbours.Pairing.ALL);
    return Arrays.stream(nearest).map(near -> between(near, laidOut)).toArray(double[][]::new);
  }

  private static double[] between(Neighbours near, double[][] laidOut) {
    if (near.squares()[0] == 0) {
      return laidOut[near.points()[0]].clone();
    }
    double[] place = new double[2];
    double sum = 0;
    for (int m = 0; m < near.size(); m++) {
      double weight = 1 / near.squares()[m];
      sum += weight;
      place[0] += weight * laidOut[near.points()[m]][0];
      place[1] += weight * laidOut[near.points()[m]][1];
    }
    place[0] /= sum;
    place[1] /= sum;
    return place;
  }

  private static List<MapPoint> points(List<Embedding> latent, double[][] layout) {
    List<MapPoint> points = new ArrayList<>(layout.length);
    for (int i = 0; i < layout.length; i++) {
      points.add(new MapPoint(latent.get(i).getId(), layout[i][0], layout[i][1]));
    }
    return points;
  }
}
