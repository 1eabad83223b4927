package org.surmala.model.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.AdamOptions;
import org.surmala.model.nn.DoubleKernels;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;

/** The convolutional engine's gradient against central differences of its loss, in doubles. */
final class ConvEngineTest {
  private static final double STEP = 1e-5;

  /** Two shards, the second of them not full. */
  private static final int ROWS = ConvEngine.SHARD_ROWS + 3;

  static Stream<Arguments> models() {
    return networks().stream()
        .flatMap(
            network ->
                Stream.of(
                    Arguments.of(network, new Objective(Objective.Likelihood.SHARED, 0)),
                    Arguments.of(network, new Objective(Objective.Likelihood.UNIT, 0.5))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void givenAnyShape_whenGradientIsTaken_thenItIsThatOfTheLoss(
      ConvNetwork network, Objective objective) {
    try (ParallelFor parallel = new ParallelFor(1);
        ConvEngine<double[]> engine =
            new ConvEngine<>(DoubleKernels.create(), network, objective, ROWS, parallel)) {
      fill(engine, network);
      engine.forward(ROWS, 0.7, streams());
      engine.backward();
      double[] p = engine.parameters();
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

  /**
   * Each gradient is a sum of some hundred products, each rounded to 2⁻²⁴: 10⁻⁵ of the largest is
   * ten times what that can add up to, and a hundredth of what a wrong term would.
   */
  @ParameterizedTest
  @MethodSource("models")
  void givenFloats_whenGradientIsTaken_thenItIsThatOfDoubles(
      ConvNetwork network, Objective objective) {
    double[] expected = gradient(DoubleKernels.create(), network, objective);
    double[] found = gradient(new FloatKernels(), network, objective);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found).containsExactly(expected, within(1e-5 * largest));
  }

  private static <A> double[] gradient(
      Kernels<A> kernels, ConvNetwork network, Objective objective) {
    try (ParallelFor parallel = new ParallelFor(1);
        ConvEngine<A> engine = new ConvEngine<>(kernels, network, objective, ROWS, parallel)) {
      SeededRandom random = new SeededRandom(7, 0);
      double[] gradient = new double[network.layout().parameters()];
      for (int i = 0; i < gradient.length; i++) {
        // Floats, so that both precisions begin with the same numbers.
        kernels.set(engine.parameters(), i, (float) (0.4 * random.gaussian()));
      }
      engine.parametersChanged();
      for (int row = 0; row < ROWS; row++) {
        for (int j = 0; j < network.input(); j++) {
          engine.setInput(row, j, (float) random.gaussian());
        }
      }
      // Without noise, which a float rounds.
      engine.forward(ROWS, 0.7, null);
      engine.backward();
      Arrays.setAll(gradient, i -> kernels.get(engine.gradient(), i));
      return gradient;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void givenMoreThreads_whenSteppedOften_thenParametersAreTheSame(int threads) {
    ConvNetwork network = new ConvNetwork(16, 17, List.of(4, 8), 3, 2, 4, Activation.RELU);
    assertThat(stepped(network, threads)).containsExactly(stepped(network, 1));
  }

  private static float[] stepped(ConvNetwork network, int threads) {
    Objective objective = new Objective(Objective.Likelihood.SHARED, 0);
    try (ParallelFor parallel = new ParallelFor(threads);
        ConvEngine<float[]> engine =
            new ConvEngine<>(new FloatKernels(), network, objective, 30, parallel)) {
      SeededRandom random = new SeededRandom(5, 0);
      for (int i = 0; i < engine.parameters().length; i++) {
        engine.parameters()[i] = (float) (0.1 * random.gaussian());
      }
      engine.parametersChanged();
      SeededRandom[] streams = RngStreams.forShards(1, RngStreams.TRAINING, engine.shards());
      float[] row = new float[network.input()];
      for (int step = 0; step < 10; step++) {
        for (int r = 0; r < 30; r++) {
          Arrays.fill(row, r % 3);
          engine.setRow(r, row);
        }
        engine.forward(30, 1, streams);
        engine.backward();
        engine.update(AdamOptions.STANDARD, 1e-3, 1e-4, 5);
      }
      return engine.parameters().clone();
    }
  }

  private static void fill(ConvEngine<double[]> engine, ConvNetwork network) {
    SeededRandom random = new SeededRandom(7, 0);
    double[] p = engine.parameters();
    for (int i = 0; i < p.length; i++) {
      p[i] = 0.4 * random.gaussian();
    }
    engine.parametersChanged();
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < network.input(); j++) {
        engine.setInput(row, j, random.gaussian());
      }
    }
  }

  private static double loss(ConvEngine<double[]> engine) {
    engine.parametersChanged();
    engine.forward(ROWS, 0.7, streams());
    return engine.total();
  }

  private static SeededRandom[] streams() {
    return new SeededRandom[] {new SeededRandom(3, 0), new SeededRandom(3, 1)};
  }

  /** Depths and shapes whose gradients are checked. */
  private static List<ConvNetwork> networks() {
    return List.of(
        new ConvNetwork(6, 7, List.of(3, 4), 3, 2, 2, Activation.TANH),
        new ConvNetwork(8, 5, List.of(2), 4, 2, 3, Activation.ELU),
        new ConvNetwork(5, 5, List.of(3), 3, 1, 2, Activation.RELU),
        new ConvNetwork(9, 8, List.of(2, 3, 2), 2, 2, 1, Activation.TANH));
  }
}
