package org.surmala.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.NearestNeighbours.Pairing;
import smile.math.special.Erf;

/**
 * Mutual proximity of songs (Schnitzer, Flexer, Schedl and Widmer, "Local and global scaling reduce
 * hubs in space", JMLR 13, 2012, the Gaussian form): two songs are close if each is closer to the
 * other than to most songs. So a hub, a song that is close to almost all songs, is close to few.
 *
 * <p>With the mean m and the standard deviation s (population) of a song's distances to the songs
 * of the collection, {@code 1 − (1 − Φ((d − m₁) / s₁)) · (1 − Φ((d − m₂) / s₂))} is the distance of
 * two songs at Euclidean distance d: 0 for near, 1 for far. In several spaces it is one minus the
 * product of the proximities, the paper's combination of measures with different scales. Mean and
 * standard deviation use at most {@value #SAMPLE} songs, spread evenly, and are computed lazily.
 * Safe for use by several threads.
 */
public final class MutualProximity {
  /** Number of songs for a song's mean and standard deviation of distances. */
  public static final int SAMPLE = 500;

  /**
   * Minimum number of candidates: the nearest songs by Euclidean distance in each space (ADR 94).
   */
  private static final int CANDIDATES = 200;

  private static final int CANDIDATES_OF_EACH = 20;

  private static final double SQRT_HALF = Math.sqrt(0.5);

  private final List<Space> spaces;

  private MutualProximity(List<Space> spaces) {
    this.spaces = spaces;
  }

  /** Mutual proximity of songs in one or more spaces; distances are reported in the first one. */
  public static MutualProximity of(ColumnMajorMatrix... spaces) {
    return new MutualProximity(Stream.of(spaces).map(Space::new).toList());
  }

  /** Distribution of a song's distances. */
  private record Spread(double mean, double deviation) {
    /** Share of the songs nearer than a distance, under a normal distribution. */
    private double nearer(double distance) {
      if (deviation == 0) {
        return distance < mean ? 0 : 1;
      }
      return Erf.erfc((mean - distance) / deviation * SQRT_HALF) / 2;
    }
  }

  /** The songs in one space. */
  private static final class Space {
    private final ColumnMajorMatrix points;
    private final ColumnMajorMatrix sample;
    private final @Nullable Spread[] spreads;

    Space(ColumnMajorMatrix points) {
      this.points = points;
      int n = points.rows();
      double[][] rows = new double[Math.min(n, SAMPLE)][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = point((int) ((long) i * n / rows.length));
      }
      sample = ColumnMajorMatrix.of(rows);
      spreads = new @Nullable Spread[n];
    }

    private double[] point(int song) {
      double[] point = new double[points.dimensions()];
      points.read(song, point);
      return point;
    }

    private Spread spread(int song) {
      Spread known = spreads[song];
      if (known == null) {
        known = spread(point(song));
        spreads[song] = known;
      }
      return known;
    }

    /**
     * Distances from a point to the songs; songs at the point, such as the song itself, do not
     * count.
     */
    private Spread spread(double[] point) {
      double[] squares = new double[sample.rows()];
      sample.squaredDistances(point, 0, squares.length, squares);
      // Loops, since streams would take longer to initialise than a single query takes.
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

    private double square(double[] from, int song) {
      double[] square = new double[1];
      points.squaredDistances(from, song, song + 1, square);
      return square[0];
    }
  }

  /** A song's point in each space. */
  public double[][] point(int song) {
    return spaces.stream().map(space -> space.point(song)).toArray(double[][]::new);
  }

  /**
   * The songs nearest to a point by mutual proximity, nearest first. Candidates are the {@value
   * #CANDIDATES} nearest songs by Euclidean distance in each space, or {@value #CANDIDATES_OF_EACH}
   * times {@code count}. Songs at the point itself come first.
   *
   * @param query the point in each space
   * @param count maximum number of songs, 1 or more
   * @param wanted accepts songs
   * @return the songs with their Euclidean distances in the first space
   */
  public Neighbours nearest(double[][] query, int count, IntPredicate wanted) {
    Neighbours[] candidates = new Neighbours[query.length];
    for (int s = 0; s < query.length; s++) {
      candidates[s] =
          NearestNeighbours.of(spaces.get(s).points).nearest(query[s], candidates(count), wanted);
    }
    return ranked(query, spreads(query), candidates, count);
  }

  /**
   * The proximity of a point, given in each space, to songs: 1 at the same point, 0 far away; in
   * several spaces, the product of their proximities.
   */
  public double[] proximities(double[][] query, int[] songs) {
    double[] distances = new double[songs.length];
    addDistances(query, spreads(query), songs, distances, new double[songs.length]);
    return Arrays.stream(distances).map(distance -> 1 - distance).toArray();
  }

  /** The nearest songs of each song, given in each space, without itself; on all cores. */
  public Neighbours[] nearestOfEach(double[][][] rows, int count) {
    Neighbours[][] candidates = new Neighbours[rows.length][];
    for (int s = 0; s < rows.length; s++) {
      candidates[s] =
          NearestNeighbours.of(rows[s], spaces.get(s).points)
              .nearest(rows[s], candidates(count), Pairing.OTHERS);
    }
    return IntStream.range(0, rows[0].length)
        .parallel()
        .mapToObj(
            song ->
                ranked(
                    Arrays.stream(rows).map(space -> space[song]).toArray(double[][]::new),
                    spaces.stream().map(space -> space.spread(song)).toArray(Spread[]::new),
                    Arrays.stream(candidates).map(c -> c[song]).toArray(Neighbours[]::new),
                    count))
        .toArray(Neighbours[]::new);
  }

  private static int candidates(int count) {
    return (int)
        Math.max(CANDIDATES, Math.min(Integer.MAX_VALUE, (long) CANDIDATES_OF_EACH * count));
  }

  private Neighbours ranked(double[][] query, Spread[] own, Neighbours[] found, int count) {
    int[] songs =
        found.length == 1
            ? found[0].points()
            : Arrays.stream(found)
                .flatMapToInt(f -> Arrays.stream(f.points()))
                .distinct()
                .toArray();
    double[] squares = new double[songs.length];
    double[] distances = new double[songs.length];
    addDistances(query, own, songs, distances, squares);
    int[] order =
        IntStream.range(0, songs.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> distances[i])
                    .thenComparingDouble(i -> squares[i])
                    .thenComparingInt(i -> songs[i]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    return new Neighbours(
        Arrays.stream(order).map(i -> songs[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> squares[i]).toArray());
  }

  private Spread[] spreads(double[][] query) {
    return IntStream.range(0, query.length)
        .mapToObj(s -> spaces.get(s).spread(query[s]))
        .toArray(Spread[]::new);
  }

  /** Joins the squared Euclidean distances in all spaces to those given. */
  private void addDistances(
      double[][] query, Spread[] own, int[] songs, double[] distances, double[] squares) {
    for (int i = 0; i < songs.length; i++) {
      for (int s = query.length - 1; s >= 0; s--) {
        Space space = spaces.get(s);
        squares[i] = space.square(query[s], songs[i]);
        double here = between(Math.sqrt(squares[i]), own[s], space.spread(songs[i]));
        distances[i] = joined(distances[i], here);
      }
    }
  }

  private static double between(double distance, Spread one, Spread other) {
    return distance == 0 ? 0 : joined(one.nearer(distance), other.nearer(distance));
  }

  /** 1 - (1 - a)(1 - b), without loss of precision if both are small. */
  private static double joined(double a, double b) {
    return a + b - a * b;
  }

  /** The distances by mutual proximity between all songs, given in each space. */
  public static DistanceRows rows(double[][]... spaces) {
    MutualProximity proximity =
        of(Stream.of(spaces).map(ColumnMajorMatrix::of).toArray(ColumnMajorMatrix[]::new));
    return song -> {
      double[] distances = new double[spaces[0].length];
      double[] squares = new double[distances.length];
      for (int s = 0; s < spaces.length; s++) {
        Space space = proximity.spaces.get(s);
        space.points.squaredDistances(spaces[s][song], 0, squares.length, squares);
        Spread own = space.spread(song);
        for (int i = 0; i < distances.length; i++) {
          distances[i] = joined(distances[i], between(Math.sqrt(squares[i]), own, space.spread(i)));
        }
      }
      return distances;
    };
  }
}
