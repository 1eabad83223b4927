package org.surmala.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;
import org.surmala.schema.Probe;
import smile.classification.LogisticRegression;
import smile.math.MathEx;

/**
 * Probes: how well labels can be predicted from a representation. A label can be predictable
 * without being the largest difference between songs.
 */
public final class Probes {
  private static final int FOLDS = 5;
  private static final int NEIGHBOURS = 5;
  private static final double PENALTY = 1;
  private static final double TOLERANCE = 1e-4;
  private static final int ITERATIONS = 100;

  private Probes() {}

  /**
   * Probes one representation. Logistic regression (L2 penalty 1, dimensions scaled by the training
   * songs) is five-fold cross-validated; the 5 nearest neighbours vote, and the nearest ones break
   * ties. Songs with a label in fewer than 5 groups are excluded, since no split could test them.
   *
   * @param all one row for each song, all of them labelled
   * @param labels one for each song
   * @param allGroups group of each song; a group is never on both sides of a split ({@link
   *     NearDuplicates})
   * @return accuracies; null if fewer than two labels remain
   */
  public static Probe of(
      String representation,
      String modelVersion,
      double[][] all,
      List<String> labels,
      int[] allGroups,
      long seed) {
    int[] kept = Folds.frequent(labels, allGroups, FOLDS);
    double[][] points = Arrays.stream(kept).mapToObj(i -> all[i]).toArray(double[][]::new);
    int[] groups = Arrays.stream(kept).map(i -> allGroups[i]).toArray();
    LabelCodes truth = LabelCodes.of(Arrays.stream(kept).mapToObj(labels::get).toList());
    Probe.Builder probe =
        Probe.newBuilder()
            .setRepresentation(representation)
            .setModelVersion(modelVersion)
            .setSongs(points.length)
            .setLabels(truth.count());
    if (truth.count() < 2) {
      return probe.build();
    }
    return probe
        .setChance(1.0 / truth.count())
        .setLogistic(logistic(points, truth, groups, seed))
        .setNearestNeighbours(nearest(points, truth, groups))
        .build();
  }

  private static double logistic(double[][] points, LabelCodes truth, int[] groups, long seed) {
    int n = points.length;
    int[] fold = Folds.assign(truth.codes(), groups, FOLDS, seed);
    int[] predicted = new int[n];
    IntStream.range(0, FOLDS)
        .parallel()
        .forEach(
            f -> {
              int[] training = IntStream.range(0, n).filter(i -> fold[i] != f).toArray();
              double[][] scale = scale(points, training);
              double[][] rows =
                  Arrays.stream(training)
                      .mapToObj(i -> scaled(points[i], scale))
                      .toArray(double[][]::new);
              int[] codes = Arrays.stream(training).map(i -> truth.codes()[i]).toArray();
              MathEx.setSeed(seed);
              LogisticRegression model =
                  LogisticRegression.fit(rows, codes, PENALTY, TOLERANCE, ITERATIONS);
              for (int i = 0; i < n; i++) {
                if (fold[i] == f) {
                  predicted[i] = model.predict(scaled(points[i], scale));
                }
              }
            });
    return Folds.balancedAccuracy(truth.codes(), predicted, truth.count());
  }

  /** Mean and standard deviation of each dimension; constant dimensions are not scaled. */
  private static double[][] scale(double[][] points, int[] training) {
    int d = points[0].length;
    double[][] scale = new double[2][d];
    for (int j = 0; j < d; j++) {
      double mean = 0;
      for (int i : training) {
        mean += points[i][j] / training.length;
      }
      double squares = 0;
      for (int i : training) {
        squares += (points[i][j] - mean) * (points[i][j] - mean);
      }
      scale[0][j] = mean;
      scale[1][j] = squares == 0 ? 1 : Math.sqrt(squares / training.length);
    }
    return scale;
  }

  private static double[] scaled(double[] point, double[][] scale) {
    double[] scaled = new double[point.length];
    for (int j = 0; j < point.length; j++) {
      scaled[j] = (point[j] - scale[0][j]) / scale[1][j];
    }
    return scaled;
  }

  private static double nearest(double[][] points, LabelCodes truth, int[] groups) {
    Neighbours[] nearest =
        NearestNeighbours.of(points)
            .nearest(points, NEIGHBOURS, (song, other) -> groups[song] != groups[other]);
    int[] predicted = new int[points.length];
    for (int i = 0; i < predicted.length; i++) {
      double[] votes = new double[truth.count()];
      for (int place = 0; place < nearest[i].size(); place++) {
        // Nearer neighbours have slightly more weight, which matters only in ties.
        votes[truth.codes()[nearest[i].points()[place]]] += 1 + 0.01 / (1 + place);
      }
      for (int label = 1; label < votes.length; label++) {
        predicted[i] = votes[label] > votes[predicted[i]] ? label : predicted[i];
      }
    }
    return Folds.balancedAccuracy(truth.codes(), predicted, truth.count());
  }
}
