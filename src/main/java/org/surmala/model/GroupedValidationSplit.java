package org.surmala.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.surmala.metric.DuplicateThreshold;
import org.surmala.metric.LinkedGroups;
import org.surmala.metric.NearestList;
import org.surmala.metric.Neighbours;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.NativeBuffer;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;

/**
 * A validation split, to choose the best weights of a fit. Songs are drawn at random; each comes
 * with its near-duplicates ({@link DuplicateThreshold}), their near-duplicates, and so on, so that
 * no recording is on both sides.
 *
 * <p>The duplicate threshold is estimated on at most {@value #SAMPLE} of the drawn songs. At most
 * {@value #MOST_SONGS} songs are drawn, so the time is linear in the table: two passes, and one
 * more for each link of a chain of duplicates. A song with several rows counts as their mean, an
 * image as the mean and standard deviation of each band.
 */
public final class GroupedValidationSplit {
  private static final int MOST_SONGS = 1_000;
  private static final int LEAST_SONGS = 8;

  /** Largest number of values in the validation split: 16 MB. */
  private static final int MOST_VALUES = 1 << 22;

  private static final int SAMPLE = 100;

  /** Stops once matches exceed this multiple of the sample size. */
  private static final int MOST_FOUND = 4;

  private static final int BLOCK_SONGS = 512;

  /** Largest rounding error of a squared distance, as a share of the squared lengths. */
  private static final float ROUNDING = 1e-4f;

  private final TrainingRows vectors;
  private final int width;
  private final int songs;
  private final List<DuplicateThreshold.View> views;
  private final float[] mean;
  private final float[] inverse;
  private final FloatKernels kernels = new FloatKernels();

  private GroupedValidationSplit(TrainingRows table, List<String> groups) {
    boolean isImage = table.bands() > 1;
    vectors = isImage ? bands(table) : table;
    width = vectors.columns();
    songs = table.songs();
    views = DuplicateThreshold.views(width, isImage ? List.of() : groups);
    mean = new float[width];
    inverse = new float[width];
    measure();
  }

  /**
   * Draws the split.
   *
   * @param table raw rows, before preprocessing
   * @param groups name of the feature group of each column, or empty
   * @param share share of the songs to draw, 0 to 0.5; near-duplicates may add up to half as many
   * @return for each song whether it is held out; all false if fewer than {@value #LEAST_SONGS}
   *     would be
   */
  public static boolean[] of(TrainingRows table, List<String> groups, double share, long seed) {
    int songs = table.songs();
    boolean[] heldOut = new boolean[songs];
    int[] permutation = new int[songs];
    Arrays.setAll(permutation, i -> i);
    new SeededRandom(seed, RngStreams.SPLIT).shuffle(permutation, songs);
    long mostRows = MOST_VALUES / table.columns();
    int most = (int) Math.min(MOST_SONGS, mostRows * songs / Math.max(1, table.rows()));
    int wanted = Math.min(most, (int) Math.round(share * songs));
    if (wanted < LEAST_SONGS) {
      return heldOut;
    }
    int[] drawn = Arrays.copyOf(permutation, wanted);
    int count = 0;
    for (int[] recordings : new GroupedValidationSplit(table, groups).withCopies(drawn)) {
      if (count < wanted && count + recordings.length <= wanted + wanted / 2) {
        for (int song : recordings) {
          heldOut[song] = true;
        }
        count += recordings.length;
      }
    }
    return count < LEAST_SONGS ? new boolean[songs] : heldOut;
  }

  /** Mean and standard deviation of each band of each row. */
  private static TrainingRows bands(TrainingRows table) {
    int bands = table.bands();
    int frames = table.columns() / bands;
    return table.mapped(
        2 * bands,
        (number, row, into, offset) -> {
          for (int band = 0; band < bands; band++) {
            double sum = 0;
            double squares = 0;
            for (int i = band * frames; i < (band + 1) * frames; i++) {
              sum += row[i];
              squares += (double) row[i] * row[i];
            }
            double middle = sum / frames;
            into[offset + 2 * band] = (float) middle;
            into[offset + 2 * band + 1] =
                (float) Math.sqrt(Math.max(0, squares / frames - middle * middle));
          }
        });
  }

  private void measure() {
    double[] sum = new double[width];
    double[] squares = new double[width];
    float[] row = new float[width];
    for (int r = 0; r < vectors.rows(); r++) {
      vectors.read(r, row, 0);
      for (int j = 0; j < width; j++) {
        sum[j] += row[j];
        squares[j] += (double) row[j] * row[j];
      }
    }
    for (int j = 0; j < width; j++) {
      double middle = sum[j] / vectors.rows();
      double deviation = Math.sqrt(Math.max(0, squares[j] / vectors.rows() - middle * middle));
      mean[j] = (float) middle;
      // A constant may seem to vary by rounding alone.
      inverse[j] = deviation > 1e-6 * (1 + Math.abs(middle)) ? (float) (1 / deviation) : 0;
    }
  }

  /**
   * Groups of each drawn song and its near-duplicates, in the order of drawing, each recording
   * once.
   */
  private List<int[]> withCopies(int[] drawn) {
    double[] thresholds = thresholds(Arrays.copyOf(drawn, Math.min(SAMPLE, drawn.length)));
    LinkedGroups group = new LinkedGroups(songs);
    boolean[] isCrowded = new boolean[songs];
    TreeSet<Integer> found = new TreeSet<>();
    for (int song : drawn) {
      found.add(song);
    }
    int[] frontier = drawn;
    while (frontier.length > 0 && found.size() <= MOST_FOUND * drawn.length) {
      List<Integer> next = new ArrayList<>();
      for (int from = 0; from < frontier.length; from += BLOCK_SONGS) {
        int[] queries =
            Arrays.copyOfRange(frontier, from, Math.min(frontier.length, from + BLOCK_SONGS));
        copies(
            queries,
            thresholds,
            drawn.length,
            isCrowded,
            (query, song) -> {
              group.link(query, song);
              if (found.add(song)) {
                next.add(song);
              }
            });
      }
      frontier = next.stream().mapToInt(Integer::intValue).toArray();
    }
    // A group that is not complete could have a duplicate on the other side.
    for (int song : frontier) {
      isCrowded[song] = true;
    }
    boolean[] isOpen = new boolean[songs];
    TreeMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int song : found) {
      int root = group.of(song);
      isOpen[root] |= isCrowded[song];
      members.computeIfAbsent(root, r -> new ArrayList<>()).add(song);
    }
    List<int[]> recordings = new ArrayList<>();
    for (int song : drawn) {
      int root = group.of(song);
      List<Integer> copies = members.remove(root);
      if (copies != null && !isOpen[root]) {
        recordings.add(copies.stream().mapToInt(Integer::intValue).toArray());
      }
    }
    return recordings;
  }

  /** For each view, the distance below which two songs are near-duplicates. */
  private double[] thresholds(int[] sample) {
    double[] thresholds = new double[views.size()];
    for (int v = 0; v < thresholds.length; v++) {
      NearestList[] nearest = new NearestList[sample.length];
      Arrays.setAll(nearest, q -> new NearestList(DuplicateThreshold.LOOKED_AT));
      distances(
          sample,
          views.get(v),
          block -> {
            for (int q = 0; q < sample.length; q++) {
              for (int i = 0; i < block.size; i++) {
                if (sample[q] != block.first + i) {
                  nearest[q].offer(block.first + i, Math.max(0, block.square(q, i)));
                }
              }
            }
          });
      thresholds[v] =
          views.get(v).share()
              * DuplicateThreshold.apart(
                  Arrays.stream(nearest).map(NearestList::sorted).toArray(Neighbours[]::new),
                  views.get(v).share());
    }
    return thresholds;
  }

  /** Receives two songs that are probably the same recording. */
  @FunctionalInterface
  private interface Pair {
    void found(int query, int song);
  }

  /** Finds the near-duplicates of some songs, at most {@code most} per song. */
  private void copies(
      int[] queries, double[] thresholds, int most, boolean[] isCrowded, Pair pair) {
    double limit = thresholds[0] * thresholds[0];
    int[] counts = new int[queries.length];
    distances(
        queries,
        views.get(0),
        block -> {
          for (int q = 0; q < queries.length; q++) {
            for (int i = 0; i < block.size && !isCrowded[queries[q]]; i++) {
              if (block.square(q, i) <= limit + block.rounding(q, i)
                  && queries[q] != block.first + i
                  && isNear(block, q, i, thresholds)) {
                isCrowded[queries[q]] = counts[q]++ == most;
                pair.found(queries[q], block.first + i);
              }
            }
          }
        });
  }

  /** Whether two songs, one of a block, are near in every view. */
  private boolean isNear(Block block, int query, int song, double[] thresholds) {
    for (int v = 0; v < thresholds.length; v++) {
      double square = 0;
      for (int j : views.get(v).columns()) {
        double difference =
            (double) block.asked[query * width + j] - block.values[song * width + j];
        square += difference * difference;
      }
      if (Math.sqrt(square) > thresholds[v]) {
        return false;
      }
    }
    return true;
  }

  /** A block of songs of the table, and the query songs. */
  private static final class Block {
    final float[] asked;
    final float[] askedSquares;
    final float[] values;
    final float[] squares;
    final float[] products;
    int first;
    int size;

    Block(int queries, int columns) {
      asked = new float[queries * columns];
      askedSquares = new float[queries];
      values = new float[BLOCK_SONGS * columns];
      squares = new float[BLOCK_SONGS];
      products = new float[queries * BLOCK_SONGS];
    }

    /** Squared distance, up to rounding. */
    float square(int query, int song) {
      return askedSquares[query] + squares[song] - 2 * products[query * size + song];
    }

    /** Bound for the rounding error of the squared distance. */
    float rounding(int query, int song) {
      return ROUNDING * (askedSquares[query] + squares[song]);
    }
  }

  /** Passes the songs in order, block by block, with their distances from the queries. */
  private void distances(int[] queries, DuplicateThreshold.View view, Consumer<Block> sink) {
    int columns = view.columns().size();
    int[] taken = view.columns().stream().mapToInt(Integer::intValue).toArray();
    Block block = new Block(queries.length, columns);
    float[] vector = new float[width];
    for (int q = 0; q < queries.length; q++) {
      read(queries[q], vector);
      block.askedSquares[q] = put(vector, taken, block.asked, q * columns);
    }
    try (NativeBuffer<float[]> left = kernels.buffer(block.asked.length);
        NativeBuffer<float[]> right = kernels.buffer(block.values.length);
        NativeBuffer<float[]> product = kernels.buffer(block.products.length)) {
      left.put(block.asked, 0, block.asked.length);
      int row = 0;
      while (row < vectors.rows()) {
        block.first = vectors.songOf(row);
        block.size = Math.min(BLOCK_SONGS, songs - block.first);
        for (int i = 0; i < block.size; i++) {
          row = readFrom(row, vector);
          block.squares[i] = put(vector, taken, block.values, i * columns);
        }
        right.put(block.values, 0, block.size * columns);
        kernels.gemm(false, true, queries.length, block.size, columns, left, right, product);
        product.get(block.products, 0, queries.length * block.size);
        sink.accept(block);
      }
    }
  }

  /** Copies the given columns; returns the sum of their squares. */
  private static float put(float[] vector, int[] taken, float[] into, int offset) {
    float squares = 0;
    for (int j = 0; j < taken.length; j++) {
      float value = vector[taken[j]];
      into[offset + j] = value;
      squares += value * value;
    }
    return squares;
  }

  /** Reads a song. */
  private void read(int song, float[] into) {
    int low = 0;
    int high = vectors.rows() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (vectors.songOf(middle) < song) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    readFrom(low, into);
  }

  /** Reads the standardised song that starts at a row; returns the first row of the next song. */
  private int readFrom(int first, float[] into) {
    int song = vectors.songOf(first);
    vectors.read(first, into, 0);
    int row = first + 1;
    if (row < vectors.rows() && vectors.songOf(row) == song) {
      double[] sum = new double[width];
      for (row = first; row < vectors.rows() && vectors.songOf(row) == song; row++) {
        vectors.read(row, into, 0);
        for (int j = 0; j < width; j++) {
          sum[j] += into[j];
        }
      }
      for (int j = 0; j < width; j++) {
        into[j] = (float) (sum[j] / (row - first));
      }
    }
    for (int j = 0; j < width; j++) {
      into[j] = (into[j] - mean[j]) * inverse[j];
    }
    return row;
  }
}
