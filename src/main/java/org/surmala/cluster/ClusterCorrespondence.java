package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.Clustering;
import org.surmala.schema.FittedClusterer;
import org.surmala.schema.Population;

/**
 * Matches the clusters of a new clustering with those of the last one, so that numbers and names
 * persist: as many songs as possible keep their cluster. An unmatched cluster gets a number that
 * was never used, so that a name never changes its meaning. Numbers may have gaps; their centroids
 * are NaN.
 */
public final class ClusterCorrespondence {
  private ClusterCorrespondence() {}

  /**
   * Renumbers a clustering after an earlier one.
   *
   * @param before the earlier chosen clustering of the same representation and clusterer, which
   *     shares songs with the new one
   * @param found the new clustering, numbered by size
   * @return the new clustering with numbers that continue the earlier one
   */
  public static Clustering continued(Clustering before, Clustering found) {
    int[] old = PackedDoubles.ints(before.getLabels());
    int[] now = PackedDoubles.ints(found.getLabels());
    int oldRows = rows(before);
    Map<String, Integer> oldById = new HashMap<>();
    for (int i = 0; i < old.length; i++) {
      oldById.put(before.getIds().get(i), old[i]);
    }
    double[][] overlap = new double[rows(found)][oldRows];
    for (int i = 0; i < now.length; i++) {
      int was = oldById.getOrDefault(found.getIds().get(i), -1);
      if (was >= 0 && now[i] >= 0) {
        overlap[now[i]][was]++;
      }
    }
    int[] numbers = numbers(overlap, oldRows);
    int rows = Math.max(oldRows, Arrays.stream(numbers).max().orElse(-1) + 1);
    Clustering renumbered = renumbered(found, now, numbers, rows);
    ClusterGroups groups = found.getGroups();
    if (groups != null) {
      renumbered.setGroups(GroupCorrespondence.continued(before, renumbered, groups, numbers));
    }
    return renumbered;
  }

  /**
   * Numbers for new clusters: that of the old cluster that each continues, or the next unused
   * number.
   */
  static int[] numbers(double[][] overlap, int old) {
    int[] numbers = new int[overlap.length];
    if (old == 0) {
      Arrays.fill(numbers, -1);
    } else {
      numbers = HungarianMatching.heaviest(overlap);
    }
    int next = old;
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] < 0 || overlap[c][numbers[c]] == 0) {
        numbers[c] = next++;
      }
    }
    return numbers;
  }

  /**
   * A clustering with renumbered clusters.
   *
   * @param numbers new number of each cluster; -1 for a cluster without songs
   * @param rows one more than the highest number
   */
  static Clustering renumbered(Clustering found, int[] labels, int[] numbers, int rows) {
    int dimensions = found.getDimensions();
    double[] centroids = PackedDoubles.doubles(found.getCentroids());
    double[] moved = new double[rows * dimensions];
    Arrays.fill(moved, Double.NaN);
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] >= 0) {
        System.arraycopy(centroids, c * dimensions, moved, numbers[c] * dimensions, dimensions);
      }
    }
    double[] clusterStabilities = PackedDoubles.doubles(found.getClusterStabilities());
    double[] movedStabilities = new double[clusterStabilities.length == 0 ? 0 : rows];
    Arrays.fill(movedStabilities, Double.NaN);
    for (int c = 0; c < clusterStabilities.length; c++) {
      if (numbers[c] >= 0) {
        movedStabilities[numbers[c]] = clusterStabilities[c];
      }
    }
    int[] relabelled =
        Arrays.stream(labels).map(label -> label < 0 ? label : numbers[label]).toArray();
    FittedClusterer fitted = found.getFitted();
    Population population = found.getPopulation();
    return Clustering.newBuilder(found)
        .setLabels(PackedDoubles.ints(relabelled))
        .setCentroids(PackedDoubles.doubles(moved))
        .setClusterStabilities(PackedDoubles.doubles(movedStabilities))
        .setFitted(fitted == null ? null : RelabelledPredictor.renumbered(fitted, numbers))
        .setPopulation(population == null ? null : renumbered(population, numbers, rows))
        .build();
  }

  private static Population renumbered(Population population, int[] numbers, int rows) {
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(rows, 0));
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] >= 0) {
        sizes.set(numbers[c], population.getSizes().get(c));
      }
    }
    return Population.newBuilder(population).setSizes(sizes).build();
  }

  private static int rows(Clustering clustering) {
    return clustering.getDimensions() == 0
        ? 0
        : clustering.getCentroids().remaining() / Double.BYTES / clustering.getDimensions();
  }
}
