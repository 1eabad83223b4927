package org.surmala.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.DoubleKernels;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.SeededRandom;

/**
 * The engine's gradient against central differences of its loss, in doubles, for every parameter.
 */
final class DenseEngineGradientTest {
  private static final double STEP = 1e-5;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of("relu", network(true, Activation.RELU, false, 0), unit(0)),
        Arguments.of("elu", network(true, Activation.ELU, false, 0), unit(0)),
        Arguments.of("tanh", network(true, Activation.TANH, false, 0), unit(0)),
        Arguments.of("autoencoder", network(false, Activation.ELU, false, 0), unit(0)),
        Arguments.of("layer norm", network(true, Activation.ELU, true, 0), unit(0)),
        Arguments.of("dropout", network(true, Activation.TANH, false, 0.3), unit(0)),
        Arguments.of("free bits", network(true, Activation.ELU, false, 0), unit(0.4)),
        Arguments.of(
            "sigma",
            network(true, Activation.ELU, false, 0),
            new Objective(Objective.Likelihood.SHARED, 0)),
        Arguments.of(
            "sigma per feature, layer norm, dropout",
            network(true, Activation.RELU, true, 0.2),
            new Objective(Objective.Likelihood.PER_FEATURE, 0)),
        Arguments.of(
            "no hidden layer",
            new DenseNetwork(6, List.of(), 3, true, Activation.RELU, false, 0, 0),
            unit(0)),
        Arguments.of(
            "conditional",
            new DenseNetwork(6, List.of(7, 5), 3, true, Activation.ELU, true, 0.2, 4),
            unit(0)),
        Arguments.of(
            "conditional, no hidden layer",
            new DenseNetwork(6, List.of(), 3, true, Activation.RELU, false, 0, 2),
            unit(0)));
  }

  private static DenseNetwork network(
      boolean variational, Activation activation, boolean layerNorm, double dropout) {
    return new DenseNetwork(6, List.of(7, 5), 3, variational, activation, layerNorm, dropout, 0);
  }

  private static Objective unit(double freeBits) {
    return new Objective(Objective.Likelihood.UNIT, freeBits);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void givenAnyModel_whenGradientIsTaken_thenItIsThatOfTheLoss(
      String name, DenseNetwork network, Objective objective) {
    assertGradient(name, network, objective, null);
  }

  private static void assertGradient(
      String name, DenseNetwork network, Objective objective, @Nullable LatentLoss term) {
    // Two shards, the second of them not full.
    int rows = DenseEngine.SHARD_ROWS + 9;
    Kernels<double[]> kernels = DoubleKernels.create();
    try (ParallelFor parallel = new ParallelFor(1);
        DenseEngine<double[]> engine =
            new DenseEngine<>(kernels, network, objective, rows, parallel, term)) {
      SeededRandom random = new SeededRandom(7, 0);
      double[] p = engine.parameters();
      for (int i = 0; i < p.length; i++) {
        p[i] = 0.5 * random.gaussian();
      }
      engine.parametersChanged();
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < network.input() + network.conditionSize(); j++) {
          engine.setInput(row, j, random.gaussian());
        }
      }
      engine.forward(rows, 0.7, true, streams());
      engine.backward();
      double[] gradient = engine.gradient().clone();
      for (int i = 0; i < p.length; i++) {
        double kept = p[i];
        p[i] = kept + STEP;
        double above = loss(engine, rows);
        p[i] = kept - STEP;
        double below = loss(engine, rows);
        p[i] = kept;
        double expected = (above - below) / (2 * STEP);
        assertThat(gradient[i])
            .as("%s, parameter %d", name, i)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  static Stream<Arguments> terms() {
    NeighbourContrastiveLoss neighbours = new NeighbourContrastiveLoss(3, 0.5, 73);
    // 30 pairs, and 13 rows that have no partner.
    neighbours.pairs(30);
    return Stream.of(
        Arguments.of("neighbours", neighbours), Arguments.of("mixture", new MixturePrior(4, 3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("terms")
  void givenTermOnPosteriors_whenGradientIsTaken_thenItIsThatOfTheLoss(
      String name, LatentLoss term) {
    assertGradient(name, network(true, Activation.TANH, false, 0), unit(0), term);
  }

  @Test
  void givenFreeBits_whenEveryDivergenceIsBelow_thenTheDivergenceHasNoPull() {
    DenseNetwork network = network(true, Activation.ELU, false, 0);
    Kernels<double[]> kernels = DoubleKernels.create();
    try (ParallelFor parallel = new ParallelFor(1);
        DenseEngine<double[]> engine =
            new DenseEngine<>(kernels, network, unit(0.4), 4, parallel)) {
      engine.parametersChanged();
      engine.forward(4, 1, true, null);
      // All parameters are 0: the posterior is the prior, and costs its three free shares.
      assertThat(engine.divergence()).isCloseTo(3 * 0.4, within(1e-12));
    }
  }

  private static double loss(DenseEngine<double[]> engine, int rows) {
    engine.parametersChanged();
    engine.forward(rows, 0.7, true, streams());
    return engine.total();
  }

  private static SeededRandom[] streams() {
    return new SeededRandom[] {new SeededRandom(3, 0), new SeededRandom(3, 1)};
  }
}
