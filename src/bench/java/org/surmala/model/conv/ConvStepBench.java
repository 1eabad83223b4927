package org.surmala.model.conv;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.surmala.model.FittedModel;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.AdamOptions;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.ParallelFor;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;

/**
 * A training step of the convolutional VAE on patches of 128 bands × 129 frames, and the embedding
 * of a patch by itself, in milliseconds for each patch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ConvStepBench {
  private static final int BATCH = 32;
  private static final int BANDS = 128;
  private static final int FRAMES = 129;

  @Param({"16,32,64", "8,16,32"})
  public String channels;

  @Param({"1", "2"})
  public int threads;

  private ParallelFor parallel;
  private ConvEngine<float[]> engine;
  private SeededRandom[] streams;
  private float[][] patches;
  private FittedModel model;

  /** Builds an engine, patches of noise, and a model of one epoch. */
  @Setup
  public void setUp() {
    List<Integer> filters = Arrays.stream(channels.split(",")).map(Integer::valueOf).toList();
    ConvNetwork network = new ConvNetwork(BANDS, FRAMES, filters, 3, 2, 16, Activation.RELU);
    parallel = new ParallelFor(threads);
    engine =
        new ConvEngine<>(
            new FloatKernels(),
            network,
            new Objective(Objective.Likelihood.SHARED, 0),
            BATCH,
            parallel);
    streams = RngStreams.forShards(1, RngStreams.TRAINING, engine.shards());
    SeededRandom random = new SeededRandom(1, 0);
    for (int i = 0; i < network.layout().weights(); i++) {
      engine.parameters()[i] = (float) (0.05 * random.gaussian());
    }
    engine.parametersChanged();
    float[] values = new float[BATCH * network.input()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.gaussian();
    }
    patches = new float[BATCH][network.input()];
    for (int i = 0; i < BATCH; i++) {
      System.arraycopy(values, i * network.input(), patches[i], 0, network.input());
    }
    TrainingRows rows = TrainingRows.of(network.input(), values);
    model =
        Representations.of("conv_vae", java.util.Map.of("channels", channels, "epochs", "1"))
            .fit(
                new TrainingRows() {
                  @Override
                  public int rows() {
                    return rows.rows();
                  }

                  @Override
                  public int columns() {
                    return rows.columns();
                  }

                  @Override
                  public int bands() {
                    return BANDS;
                  }

                  @Override
                  public void read(int row, float[] into, int offset) {
                    rows.read(row, into, offset);
                  }
                },
                Representation.Setting.of(1));
  }

  /** Frees native memory and ends the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
    parallel.close();
  }

  /** A step on 32 patches, for each of them. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public double step() {
    for (int i = 0; i < BATCH; i++) {
      engine.setRow(i, patches[i]);
    }
    engine.forward(BATCH, 1, streams);
    engine.backward();
    engine.update(AdamOptions.STANDARD, 1e-4, 0, Double.POSITIVE_INFINITY);
    return engine.total();
  }

  /** The place of one patch. */
  @Benchmark
  public float[] embed() {
    return model.embed(patches[0]);
  }
}
