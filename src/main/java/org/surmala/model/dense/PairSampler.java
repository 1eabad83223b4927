package org.surmala.model.dense;

import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;

/** Fills the first rows of an engine's batches with pairs of neighbouring songs. */
final class PairSampler {
  private final NeighbourPairs neighbours;
  private final NeighbourContrastiveLoss term;
  private final long seed;
  private final int pairs;
  private final SeededRandom random;
  private final float[] row;
  private final float[] partner;

  /**
   * @param pairs number of pairs in each batch
   */
  PairSampler(
      NeighbourPairs neighbours, NeighbourContrastiveLoss term, int pairs, int columns, long seed) {
    this.neighbours = neighbours;
    this.term = term;
    this.pairs = pairs;
    this.seed = seed;
    random = new SeededRandom(seed, RngStreams.PAIRS);
    row = new float[columns];
    partner = new float[columns];
  }

  /** Sets training pairs in the first rows; returns the number of rows used. */
  int fill(DenseEngine<float[]> engine) {
    for (int i = 0; i < pairs; i++) {
      neighbours.draw(random, row, partner);
      engine.setRow(i, row);
      engine.setRow(pairs + i, partner);
    }
    term.pairs(pairs);
    return 2 * pairs;
  }

  /** Removes the pairs from the next batches. */
  void leave() {
    term.pairs(0);
  }

  /**
   * The term's mean over all validation rows, each paired with a neighbouring training row; pairs
   * and noise are the same each time.
   */
  double validate(
      DenseEngine<float[]> engine, EpochShuffler epochs, double beta, SeededRandom[] noise) {
    SeededRandom chosen = new SeededRandom(seed, RngStreams.VALIDATION_PAIRS);
    int rows = epochs.validationRows();
    double sum = 0;
    int most = Math.max(1, pairs);
    for (int first = 0; first < rows && pairs > 0; first += most) {
      int count = Math.min(most, rows - first);
      for (int i = 0; i < count; i++) {
        epochs.validationRow(first + i, row);
        neighbours.drawPartner(first + i, chosen, partner);
        engine.setRow(i, row);
        engine.setRow(count + i, partner);
      }
      term.pairs(count);
      engine.forward(2 * count, beta, false, noise);
      sum += engine.termLoss() * count;
    }
    return sum / rows;
  }
}
