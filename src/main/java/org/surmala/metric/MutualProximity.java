package org.surmala.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.NearestNeighbours.Pairing;
import smile.math.special.Erf;

/**
 * Mutual proximity of songs (Schnitzer, Flexer, Schedl and Widmer, "Local and global scaling reduce
 * hubs in space", JMLR 13, 2012, the Gaussian form): two songs are near when each is nearer to the
 * other than to most songs. A song that lies near to everything, a hub, is then near to few.
 *
 * <p>With the mean m and the standard deviation s (population) of a song's distances to the songs
 * of the collection, {@code 1 − (1 − Φ((d − m₁) / s₁)) · (1 − Φ((d − m₂) / s₂))} is the distance of
 * two songs at Euclidean distance d: 0 for near, 1 for far. Mean and deviation are of at most
 * {@value #SAMPLE} songs, spread evenly over their numbers, and are computed when they are first
 * needed. Safe for use by several threads.
 */
public final class MutualProximity {
  /** Songs whose distances make a song's mean and deviation. */
  public static final int SAMPLE = 500;

  /** Songs that are ranked at least: the nearest by Euclidean distance (ADR 94). */
  private static final int CANDIDATES = 200;

  private static final int CANDIDATES_OF_EACH = 20;

  private static final double SQRT_HALF = Math.sqrt(0.5);

  private final ColumnMajorMatrix points;
  private final ColumnMajorMatrix sample;
  private final @Nullable Spread[] spreads;

  private MutualProximity(ColumnMajorMatrix points, ColumnMajorMatrix sample) {
    this.points = points;
    this.sample = sample;
    spreads = new @Nullable Spread[points.rows()];
  }

  /** Among the songs with these points. */
  public static MutualProximity of(ColumnMajorMatrix points) {
    int n = points.rows();
    double[][] rows = new double[Math.min(n, SAMPLE)][points.dimensions()];
    for (int i = 0; i < rows.length; i++) {
      points.read((int) ((long) i * n / rows.length), rows[i]);
    }
    return new MutualProximity(points, ColumnMajorMatrix.of(rows));
  }

  /**
   * How far a song lies from the others.
   *
   * @param mean of its distances
   * @param deviation of them
   */
  private record Spread(double mean, double deviation) {
    /** Share of the songs that are nearer than a distance, were distances normally distributed. */
    private double nearer(double distance) {
      if (deviation == 0) {
        return distance < mean ? 0 : 1;
      }
      return Erf.erfc((mean - distance) / deviation * SQRT_HALF) / 2;
    }
  }

  /**
   * The songs nearest to a point, the nearest first: of the {@value #CANDIDATES} nearest by
   * Euclidean distance, or {@value #CANDIDATES_OF_EACH} times the number that is wanted, the
   * nearest by mutual proximity. Songs at the point itself come first.
   *
   * @param count how many at most, 1 or more
   * @param wanted songs that may be among them
   * @return with their Euclidean distances
   */
  public Neighbours nearest(double[] place, int count, IntPredicate wanted) {
    return ranked(
        spread(place),
        NearestNeighbours.of(points).nearest(place, candidates(count), wanted),
        count);
  }

  /** The same for each of the songs, without itself; on all cores. */
  public Neighbours[] nearestOfEach(double[][] rows, int count) {
    Neighbours[] candidates =
        NearestNeighbours.of(rows, points).nearest(rows, candidates(count), Pairing.OTHERS);
    return IntStream.range(0, rows.length)
        .parallel()
        .mapToObj(song -> ranked(spread(song), candidates[song], count))
        .toArray(Neighbours[]::new);
  }

  private static int candidates(int count) {
    return (int)
        Math.max(CANDIDATES, Math.min(Integer.MAX_VALUE, (long) CANDIDATES_OF_EACH * count));
  }

  private Neighbours ranked(Spread own, Neighbours candidates, int count) {
    double[] distances = new double[candidates.size()];
    Arrays.setAll(
        distances, i -> between(candidates.distance(i), own, spread(candidates.points()[i])));
    // Equally near ones stay in the order of their Euclidean distances.
    int[] order =
        IntStream.range(0, distances.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> distances[i]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    return new Neighbours(
        Arrays.stream(order).map(i -> candidates.points()[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> candidates.squares()[i]).toArray());
  }

  private Spread spread(int song) {
    Spread known = spreads[song];
    if (known == null) {
      double[] place = new double[points.dimensions()];
      points.read(song, place);
      known = spread(place);
      spreads[song] = known;
    }
    return known;
  }

  /**
   * How far the songs lie from a point; those at the point do not count, the song itself above all.
   */
  private Spread spread(double[] point) {
    double[] squares = new double[sample.rows()];
    sample.squaredDistances(point, 0, squares.length, squares);
    // Loops: streams would take longer to link than a single query takes.
    int counted = 0;
    double mean = 0;
    for (double square : squares) {
      counted += square > 0 ? 1 : 0;
      mean += Math.sqrt(square);
    }
    mean /= Math.max(1, counted);
    double variance = 0;
    for (double square : squares) {
      double difference = square > 0 ? Math.sqrt(square) - mean : 0;
      variance += difference * difference;
    }
    variance /= Math.max(1, counted);
    return new Spread(mean, Math.sqrt(variance));
  }

  private static double between(double distance, Spread one, Spread other) {
    if (distance == 0) {
      return 0;
    }
    double a = one.nearer(distance);
    double b = other.nearer(distance);
    // 1 - (1 - a)(1 - b), without the loss of digits where both are small.
    return a + b - a * b;
  }

  /** The distances between all songs by mutual proximity. */
  public static DistanceRows rows(double[][] points) {
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    MutualProximity proximity = of(columns);
    return song -> {
      double[] distances = new double[points.length];
      columns.squaredDistances(points[song], 0, distances.length, distances);
      Spread own = proximity.spread(song);
      for (int i = 0; i < distances.length; i++) {
        distances[i] = between(Math.sqrt(distances[i]), own, proximity.spread(i));
      }
      return distances;
    };
  }
}
