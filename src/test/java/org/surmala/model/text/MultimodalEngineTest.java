package org.surmala.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.DoubleKernels;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.SeededRandom;

/** The fused engine's gradient against central differences of its loss, in doubles. */
final class MultimodalEngineTest {
  private static final double STEP = 1e-5;

  /** Two shards, the second of them not full. */
  private static final int ROWS = MultimodalEngine.SHARD_ROWS + 5;

  static Stream<Arguments> models() {
    MultimodalNetwork deep =
        new MultimodalNetwork(5, 4, List.of(6, 5), List.of(3), 2, Activation.TANH);
    MultimodalNetwork flat = new MultimodalNetwork(4, 3, List.of(), List.of(), 3, Activation.RELU);
    Objective sigma = new Objective(Objective.Likelihood.SHARED, 0);
    Objective unit = new Objective(Objective.Likelihood.UNIT, 0.4);
    return Stream.of(
        Arguments.of(deep, sigma, 2),
        Arguments.of(deep, unit, 2),
        Arguments.of(flat, sigma, 2),
        Arguments.of(deep, sigma, 1),
        Arguments.of(deep, sigma, ROWS + 1));
  }

  /**
   * Every {@code missing}-th song has no text: of 1 none has any, of more than there are all do.
   */
  @ParameterizedTest
  @MethodSource("models")
  void givenSongsWithAndWithoutText_whenGradientIsTaken_thenItIsThatOfTheLoss(
      MultimodalNetwork network, Objective objective, int missing) {
    try (ParallelFor parallel = new ParallelFor(1);
        MultimodalEngine<double[]> engine =
            new MultimodalEngine<>(
                DoubleKernels.create(), network, objective, 0.8, ROWS, parallel)) {
      SeededRandom random = new SeededRandom(7, 0);
      double[] p = engine.parameters();
      for (int i = 0; i < p.length; i++) {
        p[i] = 0.4 * random.gaussian();
      }
      engine.parametersChanged();
      for (int row = 0; row < ROWS; row++) {
        for (int j = 0; j < network.features(); j++) {
          engine.setFeature(row, j, random.gaussian());
        }
        for (int j = 0; j < network.text(); j++) {
          engine.setText(row, j, random.gaussian());
        }
        engine.setHasText(row, row % missing != missing - 1);
      }
      engine.forward(ROWS, 0.7, streams());
      engine.backward();
      double[] gradient = engine.gradient().clone();
      for (int i = 0; i < p.length; i++) {
        double kept = p[i];
        p[i] = kept + STEP;
        double above = loss(engine);
        p[i] = kept - STEP;
        double below = loss(engine);
        p[i] = kept;
        double expected = (above - below) / (2 * STEP);
        assertThat(gradient[i])
            .as("parameter %d", i)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  /** The text of a song that is said to have none changes nothing. */
  @Test
  void givenNoText_whenItsValuesChange_thenTheLossDoesNot() {
    MultimodalNetwork network =
        new MultimodalNetwork(3, 2, List.of(4), List.of(4), 2, Activation.ELU);
    try (ParallelFor parallel = new ParallelFor(1);
        MultimodalEngine<double[]> engine =
            new MultimodalEngine<>(
                DoubleKernels.create(),
                network,
                new Objective(Objective.Likelihood.SHARED, 0),
                1,
                4,
                parallel)) {
      SeededRandom random = new SeededRandom(1, 0);
      for (int i = 0; i < engine.parameters().length; i++) {
        engine.parameters()[i] = random.gaussian();
      }
      engine.parametersChanged();
      for (int row = 0; row < 4; row++) {
        engine.setFeature(row, 0, row);
        engine.setHasText(row, row > 0);
      }
      engine.forward(4, 1, new SeededRandom[] {new SeededRandom(3, 0)});
      double before = engine.total();
      engine.setText(0, 1, 5);
      engine.forward(4, 1, null);
      assertThat(engine.total()).isEqualTo(before);
      engine.setHasText(0, true);
      engine.forward(4, 1, null);
      assertThat(engine.total()).isNotEqualTo(before);
    }
  }

  /**
   * The product of N(1, 2), N(-2, 0.5) and N(0, 1), by its definition: precisions ½, 2 and 1 add up
   * to 3.5, and the mean is (½ · 1 + 2 · -2) / 3.5.
   */
  @Test
  void givenTwoExperts_whenMultiplied_thenPrecisionsAddUp() {
    ProductOfExperts<double[]> experts = new ProductOfExperts<>(DoubleKernels.create(), 1);
    double[] product = new double[2];
    double[] first = {1, Math.log(2)};
    double[] second = {-2, Math.log(0.5)};
    experts.product(first, second, 0, true, product, 0);
    assertThat(product[0]).isCloseTo(-1, within(1e-12));
    assertThat(product[1]).isCloseTo(Math.log(1 / 3.5), within(1e-12));
    experts.product(first, second, 0, false, product, 0);
    assertThat(product[0]).isCloseTo(0.5 / 1.5, within(1e-12));
    assertThat(product[1]).isCloseTo(Math.log(1 / 1.5), within(1e-12));
  }

  private static double loss(MultimodalEngine<double[]> engine) {
    engine.parametersChanged();
    engine.forward(ROWS, 0.7, streams());
    return engine.total();
  }

  private static SeededRandom[] streams() {
    return new SeededRandom[] {new SeededRandom(3, 0), new SeededRandom(3, 1)};
  }
}
