package org.surmala.featurize;

import be.tarsos.dsp.util.fft.FFT;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.surmala.dsp.RealFft;
import org.surmala.dsp.Tempo;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Features of 30 s at 22,050 Hz on one core. The bare transforms of the same frames, in the same
 * run, tell how busy the machine is: figures of different runs compare by their ratio to them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class FeaturizeBench {
  private static final int RATE = 22050;
  private static final int SECONDS = 30;
  private static final int FRAMES = 1 + SECONDS * RATE / 512;

  private AudioSegment segment;
  private FeatureExtractor everything;
  private FrameFeatures frames;
  private float[] samples;
  private RealFft fft;
  private FFT tarsosFft;
  private double[] frame;
  private double[] real;
  private double[] imaginary;
  private float[] tarsosFrame;
  private Tempo tempo;
  private float[] onsets;

  /** Notes, beats and noise: no feature has a short way out. */
  @Setup
  public void setup() {
    Random random = new Random(1);
    samples = new float[SECONDS * RATE];
    for (int n = 0; n < samples.length; n++) {
      double t = (double) n / RATE;
      double note = 220 * Math.pow(2, (int) (t * 2) * 7 % 12 / 12.0);
      double beat = Math.exp(-20 * (t * 2 - Math.floor(t * 2)));
      double tone = 0;
      for (int partial = 1; partial <= 8; partial++) {
        tone += Math.sin(2 * Math.PI * note * partial * t) / partial;
      }
      samples[n] = (float) (0.1 * tone + (0.01 + 0.1 * beat) * random.nextGaussian());
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    segment =
        AudioSegment.newBuilder()
            .setSong(
                SongRef.newBuilder()
                    .setId("")
                    .setUri("")
                    .setFilepath("")
                    .setSize(0)
                    .setModified(0)
                    .build())
            .setInfo(
                AudioInfo.newBuilder()
                    .setDurationSeconds(SECONDS)
                    .setSampleRate(RATE)
                    .setChannels(1)
                    .setCodec("")
                    .setBitRate(0)
                    .build())
            .setSampleRate(RATE)
            .setStartSeconds(0)
            .setLoudnessLufs(-23)
            .setGainDb(0)
            .setPaddedSamples(0)
            .setSamples(bytes)
            .build();
    everything = new FeatureExtractor(FeatureOptions.defaults(), RATE, "bench");
    frames = new FrameFeatures(FeatureOptions.defaults(), RATE);
    fft = new RealFft(2048);
    tarsosFft = new FFT(2048);
    frame = new double[2048];
    real = new double[fft.bins()];
    imaginary = new double[fft.bins()];
    tarsosFrame = new float[2048];
    for (int n = 0; n < 2048; n++) {
      frame[n] = samples[n];
    }
    tempo = new Tempo(RATE, 512);
    frames.analyse(samples, samples.length);
    onsets = frames.of(Feature.ONSET_STRENGTH).clone();
  }

  /** The whole default set. */
  @Benchmark
  public SegmentFeatures everything() throws SongException {
    return everything.extract(segment);
  }

  /** The frame-wise features alone, before they are summed up. */
  @Benchmark
  public int frameWise() {
    frames.analyse(samples, samples.length);
    return frames.frames();
  }

  /** The beat alone. */
  @Benchmark
  public double tempo() {
    tempo.measure(onsets, 0, onsets.length);
    return tempo.bpm();
  }

  /** As many transforms as 30 s have frames, and nothing else. */
  @Benchmark
  public double bareTransforms() {
    for (int i = 0; i < FRAMES; i++) {
      frame[0] = i;
      fft.transform(frame, real, imaginary);
    }
    return real[1];
  }

  /** The same by TarsosDSP's single-precision transform. */
  @Benchmark
  public float bareTarsosTransforms() {
    for (int i = 0; i < FRAMES; i++) {
      for (int n = 0; n < tarsosFrame.length; n++) {
        tarsosFrame[n] = samples[n];
      }
      tarsosFft.forwardTransform(tarsosFrame);
    }
    return tarsosFrame[1];
  }
}
