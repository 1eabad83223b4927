package org.surmala.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.Npy;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.AdamOptions;
import org.surmala.model.nn.DoubleKernels;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;

/**
 * The engine against PyTorch 2.13.0 in doubles: the same initial weights, batches and noise (see
 * golden/vae; its loss is sum of squared errors / batch + β · KL / batch, its optimiser Adam with
 * rate 0.001).
 */
final class DenseEngineGoldenTest {
  private static final int BATCH = 32;
  private static final int STEPS = 30;
  private static final DenseNetwork NETWORK =
      new DenseNetwork(40, List.of(64, 32), 8, true, Activation.RELU, false, 0, 0);
  private static final Objective OBJECTIVE = new Objective(Objective.Likelihood.UNIT, 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenDoubles_whenGradientsAreTaken_thenTheyArePyTorchs(int beta) {
    assertFirstGradient(DoubleKernels.create(), beta, 1e-12);
  }

  /** Sums of some hundred products, each rounded to 2⁻²⁴ of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenFloats_whenGradientsAreTaken_thenTheyArePyTorchs(int beta) {
    assertFirstGradient(new FloatKernels(), beta, 1e-5);
  }

  private static <A> void assertFirstGradient(Kernels<A> kernels, int beta, double tolerance) {
    try (ParallelFor parallel = new ParallelFor(1);
        DenseEngine<A> engine = new DenseEngine<>(kernels, NETWORK, OBJECTIVE, BATCH, parallel)) {
      initialise(kernels, engine);
      batch(engine, 0);
      engine.forward(BATCH, beta, true, null);
      engine.backward();
      Map<String, double[]> found = tensors(kernels, engine.gradient());
      for (String name : found.keySet()) {
        double[] expected =
            Npy.read("vae/beta" + beta + "/first_gradient/" + name + ".npy").values();
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(found.get(name)).as(name).containsExactly(expected, within(tolerance * largest));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenDoubles_when30StepsAreTaken_thenWeightsArePyTorchs(int beta) {
    Kernels<double[]> kernels = DoubleKernels.create();
    try (ParallelFor parallel = new ParallelFor(1);
        DenseEngine<double[]> engine =
            new DenseEngine<>(kernels, NETWORK, OBJECTIVE, BATCH, parallel)) {
      train(kernels, engine, beta);
      Map<String, double[]> found = tensors(kernels, engine.parameters());
      for (String name : found.keySet()) {
        double[] expected = Npy.read("vae/beta" + beta + "/final/" + name + ".npy").values();
        assertThat(found.get(name)).as(name).containsExactly(expected, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenFloats_when30StepsAreTaken_thenLossesArePyTorchs(int beta) throws IOException {
    JsonNode expected =
        new ObjectMapper()
            .readTree(DenseEngineGoldenTest.class.getResource("/golden/vae/expected.json"))
            .get("history_total_rec_kl")
            .get("beta" + beta);
    Kernels<float[]> kernels = new FloatKernels();
    try (ParallelFor parallel = new ParallelFor(1);
        DenseEngine<float[]> engine =
            new DenseEngine<>(kernels, NETWORK, OBJECTIVE, BATCH, parallel)) {
      double[][] history = train(kernels, engine, beta);
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < 3; i++) {
          double value = expected.get(step).get(i).asDouble();
          assertThat(history[step][i])
              .as("step %d, figure %d", step, i)
              .isCloseTo(value, within(1e-4 * value));
        }
      }
    }
  }

  private static <A> double[][] train(Kernels<A> kernels, DenseEngine<A> engine, int beta) {
    initialise(kernels, engine);
    double[][] history = new double[STEPS][];
    for (int step = 0; step < STEPS; step++) {
      batch(engine, step);
      engine.forward(BATCH, beta, true, null);
      history[step] = new double[] {engine.total(), engine.reconstruction(), engine.divergence()};
      engine.backward();
      engine.update(AdamOptions.STANDARD, 1e-3, 0, Double.POSITIVE_INFINITY);
    }
    return history;
  }

  private static void batch(DenseEngine<?> engine, int step) {
    double[] batches = Npy.read("vae/batches.npy").values();
    double[] noise = Npy.read("vae/noise.npy").values();
    for (int row = 0; row < BATCH; row++) {
      for (int j = 0; j < 40; j++) {
        engine.setInput(row, j, batches[(step * BATCH + row) * 40 + j]);
      }
      for (int j = 0; j < 8; j++) {
        engine.setNoise(row, j, noise[(step * BATCH + row) * 8 + j]);
      }
    }
  }

  private static <A> void initialise(Kernels<A> kernels, DenseEngine<A> engine) {
    for (Layer layer : NETWORK.layout().layers()) {
      if (layer.name().equals("head")) {
        for (int half = 0; half < 2; half++) {
          String name = half == 0 ? "mu" : "logvar";
          double[] weight = Npy.read("vae/init/" + name + ".weight.npy").values();
          double[] bias = Npy.read("vae/init/" + name + ".bias.npy").values();
          for (int j = 0; j < 8; j++) {
            kernels.set(engine.parameters(), layer.bias() + 8 * half + j, bias[j]);
            for (int i = 0; i < layer.inputs(); i++) {
              kernels.set(
                  engine.parameters(), layer.weight() + 16 * i + 8 * half + j, weight[8 * i + j]);
            }
          }
        }
      } else {
        double[] weight = Npy.read("vae/init/" + layer.name() + ".weight.npy").values();
        double[] bias = Npy.read("vae/init/" + layer.name() + ".bias.npy").values();
        for (int i = 0; i < weight.length; i++) {
          kernels.set(engine.parameters(), layer.weight() + i, weight[i]);
        }
        for (int i = 0; i < bias.length; i++) {
          kernels.set(engine.parameters(), layer.bias() + i, bias[i]);
        }
      }
    }
    engine.parametersChanged();
  }

  private static <A> Map<String, double[]> tensors(Kernels<A> kernels, A parameters) {
    Map<String, double[]> tensors = new HashMap<>();
    for (Layer layer : NETWORK.layout().layers()) {
      if (layer.name().equals("head")) {
        for (int half = 0; half < 2; half++) {
          double[] weight = new double[layer.inputs() * 8];
          double[] bias = new double[8];
          for (int j = 0; j < 8; j++) {
            bias[j] = kernels.get(parameters, layer.bias() + 8 * half + j);
            for (int i = 0; i < layer.inputs(); i++) {
              weight[8 * i + j] = kernels.get(parameters, layer.weight() + 16 * i + 8 * half + j);
            }
          }
          tensors.put(half == 0 ? "mu.weight" : "logvar.weight", weight);
          tensors.put(half == 0 ? "mu.bias" : "logvar.bias", bias);
        }
      } else {
        double[] weight = new double[layer.inputs() * layer.outputs()];
        double[] bias = new double[layer.outputs()];
        for (int i = 0; i < weight.length; i++) {
          weight[i] = kernels.get(parameters, layer.weight() + i);
        }
        for (int i = 0; i < bias.length; i++) {
          bias[i] = kernels.get(parameters, layer.bias() + i);
        }
        tensors.put(layer.name() + ".weight", weight);
        tensors.put(layer.name() + ".bias", bias);
      }
    }
    return tensors;
  }
}
