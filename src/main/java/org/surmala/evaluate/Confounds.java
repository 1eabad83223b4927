package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.schema.Confound;

/**
 * Confounds: how well non-musical properties predict the labels (bit rate, sample rate, codec,
 * duration, loudness, silence, source folder).
 *
 * <p>Each property alone predicts the label: a property with more than {@value #MOST_VALUES} values
 * is divided into ten quantile ranges; each value or range predicts the label with the largest
 * share of its songs there; five-fold cross-validation, scored by balanced accuracy, so that
 * guessing gives one over the number of labels. A property is alarming if it goes more than {@value
 * #ALARM} of the way from guessing to certainty. Songs with a label of fewer than five songs are
 * excluded, since no split could test them.
 *
 * <p>A column of a feature table may predict the labels for musical reasons. It is divided into
 * more ranges, and is alarming only at {@value #TELLS} of the way: then it encodes the label, such
 * as a number for each label, or the row number of a table sorted by label.
 */
public final class Confounds {
  private static final int MOST_VALUES = 20;
  private static final int RANGES = 10;
  private static final int FOLDS = 5;
  private static final double ALARM = 0.3;
  private static final double TELLS = 0.9;
  private static final int RANGES_OF_LABEL = 8;
  private static final int MOST_RANGES = 200;

  /** Largest number of listed columns of a feature table, the best predictors. */
  private static final int MOST_COLUMNS = 20;

  private Confounds() {}

  /**
   * One property of the files.
   *
   * @param name name as in metadata.csv
   * @param values one for each song: a {@link Number} or any other category; null if unknown
   * @param isFeature whether it is a column of a feature table
   */
  public record Property(String name, List<? extends @Nullable Object> values, boolean isFeature) {
    /** A property of the files. */
    public Property(String name, List<? extends @Nullable Object> values) {
      this(name, values, false);
    }
  }

  /**
   * The table of confounds.
   *
   * @param labels label of each song; null without one
   * @param clusters cluster of each song; noise counts as a cluster
   * @param groups group of each song; a group is never on both sides of a split ({@link
   *     NearDuplicates})
   */
  public static List<Confound> of(
      List<Property> properties,
      List<@Nullable String> labels,
      int[] clusters,
      int[] groups,
      long seed) {
    List<Confound> table = new ArrayList<>();
    for (Property property : properties) {
      table.add(one(property, labels, clusters, groups, seed));
    }
    return table;
  }

  /**
   * The columns of a feature table that predict the label best, best first; at most {@value
   * #MOST_COLUMNS}.
   *
   * @param labels label of each song; null without one
   * @param groups group of each song; a group is never on both sides of a split
   */
  public static List<Property> telling(
      List<Property> columns, List<@Nullable String> labels, int[] groups, long seed) {
    int[] together = new int[groups.length];
    double[] accuracies =
        columns.stream()
            .parallel()
            .map(column -> one(column, labels, together, groups, seed).getBalancedAccuracy())
            .mapToDouble(accuracy -> accuracy == null ? 0 : accuracy)
            .toArray();
    return IntStream.range(0, accuracies.length)
        .filter(column -> accuracies[column] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(column -> -accuracies[column]))
        .limit(MOST_COLUMNS)
        .map(columns::get)
        .toList();
  }

  private static Confound one(
      Property property, List<@Nullable String> labels, int[] clusters, int[] groups, long seed) {
    int[] known =
        IntStream.range(0, clusters.length).filter(i -> property.values().get(i) != null).toArray();
    long all = labels.stream().filter(Objects::nonNull).distinct().count();
    int ranges =
        property.isFeature()
            ? (int) Math.max(RANGES, Math.min(MOST_RANGES, RANGES_OF_LABEL * all))
            : RANGES;
    int[] codes = codes(Arrays.stream(known).mapToObj(i -> value(property, i)).toList(), ranges);
    Confound.Builder confound =
        Confound.newBuilder().setProperty(property.name()).setAlarming(false);
    if (known.length > 1) {
      int[] ofKnown = Arrays.stream(known).map(i -> clusters[i]).toArray();
      confound.setClusterAmi(ExternalIndices.of(ofKnown, codes).adjustedMutualInformation());
    }
    int[] labelled =
        IntStream.range(0, known.length).filter(i -> labels.get(known[i]) != null).toArray();
    List<String> theirs =
        Arrays.stream(labelled)
            .mapToObj(i -> Objects.requireNonNull(labels.get(known[i])))
            .toList();
    int[] kept = Folds.frequent(theirs, IntStream.range(0, theirs.size()).toArray(), FOLDS);
    confound.setSongs(kept.length);
    LabelCodes truth = LabelCodes.of(Arrays.stream(kept).mapToObj(theirs::get).toList());
    if (truth.count() >= 2) {
      int[] values = Arrays.stream(kept).map(i -> codes[labelled[i]]).toArray();
      int[] ofKept = Arrays.stream(kept).map(i -> groups[known[labelled[i]]]).toArray();
      double accuracy = accuracy(values, truth, ofKept, seed);
      double chance = 1.0 / truth.count();
      confound
          .setBalancedAccuracy(accuracy)
          .setChance(chance)
          .setAlarming(accuracy > chance + (property.isFeature() ? TELLS : ALARM) * (1 - chance));
    }
    return confound.build();
  }

  private static Object value(Property property, int song) {
    return Objects.requireNonNull((Object) property.values().get(song));
  }

  private static double accuracy(int[] values, LabelCodes truth, int[] groups, long seed) {
    int n = values.length;
    int[] fold = Folds.assign(truth.codes(), groups, FOLDS, seed);
    int categories = Arrays.stream(values).max().orElse(0) + 1;
    int[] predicted = new int[n];
    for (int f = 0; f < FOLDS; f++) {
      double[][] counts = new double[categories][truth.count()];
      double[] totals = new double[truth.count()];
      for (int i = 0; i < n; i++) {
        if (fold[i] != f) {
          counts[values[i]][truth.codes()[i]]++;
          totals[truth.codes()[i]]++;
        }
      }
      for (int i = 0; i < n; i++) {
        if (fold[i] == f) {
          predicted[i] = likeliest(counts[values[i]], totals);
        }
      }
    }
    return Folds.balancedAccuracy(truth.codes(), predicted, truth.count());
  }

  /** The label with the largest share of its songs here; the first one without songs. */
  private static int likeliest(double[] counts, double[] totals) {
    int best = 0;
    double most = -1;
    for (int label = 0; label < counts.length; label++) {
      double share = totals[label] == 0 ? 0 : counts[label] / totals[label];
      if (share > most) {
        most = share;
        best = label;
      }
    }
    return best;
  }

  private static int[] codes(List<Object> values, int ranges) {
    TreeSet<Object> distinct = new TreeSet<>(Confounds::compare);
    distinct.addAll(values);
    boolean isNumeric = values.stream().allMatch(Number.class::isInstance);
    if (!isNumeric || distinct.size() <= Math.max(MOST_VALUES, ranges)) {
      Map<Object, Integer> code = new HashMap<>();
      for (Object value : distinct) {
        code.put(key(value), code.size());
      }
      return values.stream()
          .mapToInt(value -> Objects.requireNonNull(code.get(key(value))))
          .toArray();
    }
    double[] numbers =
        values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return Arrays.stream(numbers)
        .mapToInt(
            number -> {
              int range = 0;
              while (range + 1 < ranges
                  && number >= sorted[(int) ((long) sorted.length * (range + 1) / ranges)]) {
                range++;
              }
              return range;
            })
        .toArray();
  }

  private static Object key(Object value) {
    return value instanceof Number number ? (Object) number.doubleValue() : value.toString();
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number one && b instanceof Number other) {
      return Double.compare(one.doubleValue(), other.doubleValue());
    }
    return a.toString().compareTo(b.toString());
  }
}
