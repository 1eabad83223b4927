package org.surmala.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.model.GroupedValidationSplit;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.SeededRandom;

final class NeighbourPairsTest {
  private static final int ROWS = 600;
  private static final int COLUMNS = 5;
  private static final int COUNT = 4;

  @Test
  void givenRows_whenPairsAreDrawn_thenPartnersAreTheNearestOfBruteForce() {
    float[] values = new float[ROWS * COLUMNS];
    SeededRandom random = new SeededRandom(3, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.gaussian();
    }
    TrainingRows table = TrainingRows.of(COLUMNS, values);
    EpochShuffler epochs =
        new EpochShuffler(
            table,
            GroupedValidationSplit.of(table, List.of(), 0.1, 1),
            1,
            EpochShuffler.BUFFER_VALUES);
    NeighbourPairs neighbours = new NeighbourPairs(epochs, COLUMNS, COUNT, null, false);
    float[] training = epochs.sample(ROWS);
    assertThat(training).hasSize(epochs.trainingRows() * COLUMNS);

    Map<Float, Set<Float>> drawn = new HashMap<>();
    float[] row = new float[COLUMNS];
    float[] partner = new float[COLUMNS];
    for (int i = 0; i < 60_000; i++) {
      neighbours.draw(random, row, partner);
      drawn.computeIfAbsent(row[0], key -> new HashSet<>()).add(partner[0]);
    }
    Map<Float, Set<Float>> expected = new HashMap<>();
    for (int r = 0; r < epochs.trainingRows(); r++) {
      expected.put(training[r * COLUMNS], nearest(training, training, r, true));
    }
    assertThat(drawn).isEqualTo(expected);

    for (int v = 0; v < epochs.validationRows(); v++) {
      Set<Float> partners = new HashSet<>();
      for (int i = 0; i < 100; i++) {
        neighbours.drawPartner(v, random, partner);
        partners.add(partner[0]);
      }
      assertThat(partners).isEqualTo(nearest(epochs.validation(), training, v, false));
    }
  }

  /** First values of the nearest rows: they tell the rows apart. */
  private static Set<Float> nearest(float[] queries, float[] rows, int query, boolean same) {
    Set<Float> first = new HashSet<>();
    IntStream.range(0, rows.length / COLUMNS)
        .filter(r -> !(same && r == query))
        .boxed()
        .sorted(Comparator.comparingDouble(r -> distance(queries, query, rows, r)))
        .limit(COUNT)
        .forEach(r -> first.add(rows[r * COLUMNS]));
    return first;
  }

  private static double distance(float[] a, int row, float[] b, int other) {
    double sum = 0;
    for (int j = 0; j < COLUMNS; j++) {
      double difference = (double) a[row * COLUMNS + j] - b[other * COLUMNS + j];
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void givenTwoRows_whenPairIsDrawn_thenItIsTheOtherRow() {
    TrainingRows table = TrainingRows.of(1, new float[] {1, 2});
    NeighbourPairs neighbours =
        new NeighbourPairs(
            new EpochShuffler(
                table,
                GroupedValidationSplit.of(table, List.of(), 0.1, 1),
                1,
                EpochShuffler.BUFFER_VALUES),
            1,
            COUNT,
            null,
            false);
    float[] row = new float[1];
    float[] partner = new float[1];
    neighbours.draw(new SeededRandom(1, 0), row, partner);
    assertThat(row[0] + partner[0]).isEqualTo(3);
  }

  /** On two rays from the origin: the nearest by cosine is on the same ray, however far. */
  @Test
  void givenCosine_whenPairsAreDrawn_thenTheyPointTheSameWay() {
    TrainingRows table = TrainingRows.of(2, new float[] {1, 0, 9, 0, 0, 1, 0, 9});
    NeighbourPairs neighbours =
        new NeighbourPairs(
            new EpochShuffler(
                table,
                GroupedValidationSplit.of(table, List.of(), 0, 1),
                1,
                EpochShuffler.BUFFER_VALUES),
            2,
            1,
            null,
            true);
    SeededRandom random = new SeededRandom(1, 0);
    float[] row = new float[2];
    float[] partner = new float[2];
    for (int i = 0; i < 20; i++) {
      neighbours.draw(random, row, partner);
      assertThat(row[0] * partner[0] + row[1] * partner[1]).isEqualTo(9);
    }
  }

  @Test
  void givenRowsWithoutAPartner_whenTermIsComputed_thenItIsTheLogarithmOfAShare() {
    // On a line: partners at 0 and 1, another at 3; similarities 1 / (1 + d²).
    Posteriors posteriors = new Posteriors(1, 3);
    posteriors.begin(3);
    posteriors.mean[0][1] = 1;
    posteriors.mean[0][2] = 3;
    NeighbourContrastiveLoss term = new NeighbourContrastiveLoss(2, 1, 3);
    term.pairs(1);
    double loss = term.compute(posteriors, 1, new double[0], new double[0]);
    double first = 0.5 / (0.5 + 0.1);
    double second = 0.5 / (0.5 + 0.2);
    assertThat(loss).isCloseTo(2 * -(Math.log(first) + Math.log(second)) / 2, within(1e-12));
    term.pairs(0);
    assertThat(term.compute(posteriors, 1, new double[0], new double[0])).isZero();
    assertThat(Arrays.stream(posteriors.logVarianceGradient[0])).containsOnly(0.0);
  }
}
