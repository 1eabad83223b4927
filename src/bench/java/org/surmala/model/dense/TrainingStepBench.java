package org.surmala.model.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.AdamOptions;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.Kernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NativeBuffer;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;

/**
 * A training step of a dense VAE beside its matrix products alone, by our path to BLAS and by
 * {@code Nd4j.gemm}. After each trial it prints steps and samples per second, the products' speed,
 * and how many times its products a step costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TrainingStepBench {
  /** input-hidden-…-latent:batch. */
  @Param({"40-256-128-16:32", "1024-512-256-32:128", "200-128-64-16:32"})
  public String shape;

  @Param({"1", "2"})
  public int threads;

  private DenseNetwork network;
  private int batch;
  private Kernels<float[]> kernels;
  private ParallelFor parallel;
  private DenseEngine<float[]> engine;
  private SeededRandom[] streams;
  private final Objective objective = new Objective(Objective.Likelihood.SHARED, 0);
  private float[][] rows;
  private Product[][] products;

  /** One matrix product of a step, on memory of its own. */
  private record Product(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      NativeBuffer<float[]> a,
      NativeBuffer<float[]> b,
      NativeBuffer<float[]> c,
      INDArray nd4jA,
      INDArray nd4jB,
      INDArray nd4jC) {}

  /** Builds engine, input and the step's products. */
  @Setup
  public void setUp() {
    String[] parts = shape.split(":");
    int[] widths = Arrays.stream(parts[0].split("-")).mapToInt(Integer::parseInt).toArray();
    batch = Integer.parseInt(parts[1]);
    List<Integer> hidden = Arrays.stream(widths, 1, widths.length - 1).boxed().toList();
    network =
        new DenseNetwork(
            widths[0], hidden, widths[widths.length - 1], true, Activation.RELU, false, 0, 0);
    kernels = new FloatKernels();
    parallel = new ParallelFor(threads);
    engine = new DenseEngine<>(kernels, network, objective, batch, parallel);
    streams = RngStreams.forShards(1, RngStreams.TRAINING, engine.shards());
    SeededRandom random = new SeededRandom(1, 0);
    for (Layer layer : network.layout().layers()) {
      for (int i = 0; i < layer.inputs() * layer.outputs(); i++) {
        engine.parameters()[layer.weight() + i] =
            (float) (random.gaussian() * Math.sqrt(1.0 / layer.inputs()));
      }
    }
    engine.parametersChanged();
    rows = new float[batch][network.input()];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.gaussian();
      }
    }
    int shards = engine.shards();
    products = new Product[shards][];
    for (int s = 0; s < shards; s++) {
      int count = Math.min(DenseEngine.SHARD_ROWS, batch - s * DenseEngine.SHARD_ROWS);
      ArrayList<Product> list = new ArrayList<>();
      for (int i = 0; i < network.layout().layers().size(); i++) {
        Layer layer = network.layout().layers().get(i);
        list.add(product(false, false, count, layer.outputs(), layer.inputs()));
        list.add(product(true, false, layer.inputs(), layer.outputs(), count));
        if (i > 0) {
          list.add(product(false, true, count, layer.inputs(), layer.outputs()));
        }
      }
      products[s] = list.toArray(new Product[0]);
    }
  }

  private Product product(boolean transposeA, boolean transposeB, int m, int n, int k) {
    return new Product(
        transposeA,
        transposeB,
        m,
        n,
        k,
        filled(m * k),
        filled(k * n),
        filled(m * n),
        Nd4j.rand(DataType.FLOAT, transposeA ? k : m, transposeA ? m : k).dup('f'),
        Nd4j.rand(DataType.FLOAT, transposeB ? n : k, transposeB ? k : n).dup('f'),
        Nd4j.createUninitialized(DataType.FLOAT, new long[] {m, n}, 'f'));
  }

  private NativeBuffer<float[]> filled(int length) {
    SeededRandom random = new SeededRandom(2, length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.gaussian();
    }
    NativeBuffer<float[]> buffer = kernels.buffer(length);
    buffer.put(values, 0, length);
    return buffer;
  }

  /** Prints what the engine's users ask for, measured once more by itself. */
  @TearDown
  public void report() {
    double step = seconds(this::step);
    double ours = seconds(this::productsAlone);
    double nd4j = seconds(this::nd4jProducts);
    double operations = 0;
    for (Product[] shard : products) {
      for (Product p : shard) {
        operations += 2.0 * p.m * p.n * p.k;
      }
    }
    System.out.printf(
        "%n%s, %d threads: %.0f steps/s, %.0f samples/s; products alone: ours %.0f GFLOP/s,"
            + " Nd4j.gemm %.0f GFLOP/s; a step is %.2f times its products, %.2f times Nd4j's%n",
        shape,
        threads,
        1 / step,
        batch / step,
        operations / ours / 1e9,
        operations / nd4j / 1e9,
        step / ours,
        step / nd4j);
    parallel.close();
    engine.close();
  }

  /** The fastest of five repetitions of 0.2 s. */
  private static double seconds(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int repetition = 0; repetition < 5; repetition++) {
      long start = System.nanoTime();
      int count = 0;
      do {
        work.run();
        count++;
      } while (System.nanoTime() - start < 200_000_000L);
      best = Math.min(best, (System.nanoTime() - start) / 1e9 / count);
    }
    return best;
  }

  /** A whole step: load the batch, forward, backward, Adam. */
  @Benchmark
  public void step() {
    for (int i = 0; i < batch; i++) {
      engine.setRow(i, rows[i]);
    }
    engine.forward(batch, 1, true, streams);
    engine.backward();
    engine.update(AdamOptions.STANDARD, 1e-4, 0, Double.POSITIVE_INFINITY);
  }

  /** The step's products by our path, shared among threads as in a step. */
  private void productsAlone() {
    if (shape.startsWith("1024")) {
      parallel.run(products.length, this::shardProducts);
    } else {
      for (int s = 0; s < products.length; s++) {
        shardProducts(s);
      }
    }
  }

  private void shardProducts(int shard) {
    for (Product p : products[shard]) {
      kernels.gemm(p.transposeA, p.transposeB, p.m, p.n, p.k, p.a, p.b, p.c);
    }
  }

  /** The step's products by Nd4j.gemm, column by column, on one thread. */
  private void nd4jProducts() {
    for (Product[] shard : products) {
      for (Product p : shard) {
        Nd4j.gemm(p.nd4jA, p.nd4jB, p.nd4jC, p.transposeA, p.transposeB, 1, 0);
      }
    }
  }
}
