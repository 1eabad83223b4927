package org.surmala.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.SongException;
import org.surmala.resample.MonoResampler;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;

/** A window of 30 s out of stereo songs at 44.1 kHz, of two and of ten minutes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBench {
  private static final int RATE = 44_100;

  @Param({"mp3", "mp3-variable", "mp3-bare", "vorbis", "flac"})
  public String format = "";

  @Param({"120", "600"})
  public int seconds;

  private final WindowDecoder decoder = new WindowDecoder(DecodeOptions.defaults());
  private final MonoResampler resampler = new MonoResampler(22_050);
  private Path file = Path.of("");
  private SongRef song = new SongRef();

  @Setup
  public void encode() throws IOException {
    Encoding encoding =
        switch (format) {
          case "mp3" -> Encoding.mp3(128_000);
          case "mp3-variable" -> Encoding.mp3Variable(4, true);
          case "mp3-bare" -> Encoding.mp3Variable(4, false);
          case "vorbis" -> Encoding.vorbis(4);
          default -> Encoding.flac();
        };
    float[][] sound = new float[2][seconds * RATE];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < sound[0].length; i++) {
      double t = (double) i / RATE;
      double voice = Math.sin(2 * Math.PI * 220 * t + 3 * Math.sin(5 * t));
      sound[0][i] = (float) (0.4 * voice + 0.05 * random.nextDouble(-1, 1));
      sound[1][i] = (float) (0.3 * voice + 0.05 * random.nextDouble(-1, 1));
    }
    file = Files.createTempFile("bench", "." + encoding.extension());
    AudioEncoder.write(file, encoding, sound, RATE, Map.of());
    song =
        SongRef.newBuilder()
            .setId("0".repeat(64))
            .setUri(file.toString())
            .setFilepath(file.toString())
            .setSize(Files.size(file))
            .setModified(0)
            .build();
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  @Benchmark
  public AudioClip decode() throws SongException {
    return decoder.decode(song);
  }

  @Benchmark
  public AudioClip decodeAndResample() throws SongException {
    return resampler.resample(decoder.decode(song));
  }
}
