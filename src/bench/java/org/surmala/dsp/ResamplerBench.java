package org.surmala.dsp;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** 30 s of mono sound to 22,050 Hz. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResamplerBench {
  /** Hz; the last is one for which phases are interpolated. */
  @Param({"44100", "48000", "32000", "8000", "96000", "192000", "44056"})
  public int from;

  private float[] samples = {};
  private Resampler resampler = new Resampler(44_100, 22_050);

  /** Noise, which takes as long as music does. */
  @Setup
  public void setup() {
    Random random = new Random(1);
    samples = new float[30 * from];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextFloat() - 0.5f;
    }
    resampler = new Resampler(from, 22_050);
  }

  /** The signal at the other rate. */
  @Benchmark
  public float[] resample() {
    return resampler.resample(samples);
  }

  /** The filters. */
  @Benchmark
  public Resampler design() {
    return new Resampler(from, 22_050);
  }
}
