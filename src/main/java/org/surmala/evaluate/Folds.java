package org.surmala.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Splits of songs for cross-validation. */
final class Folds {
  private Folds() {}

  /**
   * Assigns songs to folds so that each label is spread evenly, and songs of one group (near
   * duplicates) are in one fold.
   *
   * @param groups group of each song; a single song has its own group
   * @param folds number of folds, 2 or more
   * @return the fold of each song
   */
  static int[] assign(int[] labels, int[] groups, int folds, long seed) {
    TreeMap<Integer, int[]> members = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      members.merge(
          groups[i],
          new int[] {i},
          (a, b) -> {
            int[] both = Arrays.copyOf(a, a.length + 1);
            both[a.length] = b[0];
            return both;
          });
    }
    int[][] list = members.values().toArray(int[][]::new);
    int[] order = IntStream.range(0, list.length).toArray();
    org.surmala.metric.Bootstrap.shuffle(order, new SplittableRandom(seed));
    int[] fold = new int[labels.length];
    TreeMap<Integer, int[]> filled = new TreeMap<>();
    for (int group : order) {
      int label = labels[list[group][0]];
      int[] sizes = filled.computeIfAbsent(label, l -> new int[folds]);
      int emptiest = 0;
      for (int f = 1; f < folds; f++) {
        emptiest = sizes[f] < sizes[emptiest] ? f : emptiest;
      }
      for (int song : list[group]) {
        fold[song] = emptiest;
        sizes[emptiest]++;
      }
    }
    return fold;
  }

  /** Indices of the songs whose label occurs in at least {@code folds} groups, ascending. */
  static int[] frequent(List<String> labels, int[] groups, int folds) {
    Map<String, Set<Integer>> ofLabel = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      ofLabel.computeIfAbsent(labels.get(i), l -> new HashSet<>()).add(groups[i]);
    }
    return IntStream.range(0, groups.length)
        .filter(i -> ofLabel.getOrDefault(labels.get(i), Set.of()).size() >= folds)
        .toArray();
  }

  /** Mean over the labels of the share of correctly predicted songs. */
  static double balancedAccuracy(int[] truth, int[] predicted, int labels) {
    double[] right = new double[labels];
    double[] all = new double[labels];
    for (int i = 0; i < truth.length; i++) {
      all[truth[i]]++;
      if (truth[i] == predicted[i]) {
        right[truth[i]]++;
      }
    }
    double sum = 0;
    for (int label = 0; label < labels; label++) {
      sum += right[label] / all[label];
    }
    return sum / labels;
  }
}
