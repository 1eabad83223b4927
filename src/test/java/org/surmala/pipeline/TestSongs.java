package org.surmala.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;

/** Small songs of two kinds, bright plucked and dark sustained, in six formats. */
public final class TestSongs {
  static final int SAMPLE_RATE = 22_050;
  public static final List<Encoding> SIX =
      List.of(
          Encoding.wav(),
          Encoding.flac(),
          Encoding.mp3(96_000),
          Encoding.vorbis(5),
          Encoding.opus(64_000),
          Encoding.aac(96_000));

  private TestSongs() {}

  /** Writes songs into the folders bright/ and dark/ by turns, in the six formats by turns. */
  public static void write(Path folder, int first, int count, double seconds) throws IOException {
    for (int i = first; i < first + count; i++) {
      boolean bright = i % 2 == 0;
      Encoding encoding = SIX.get(i / 2 % SIX.size());
      Path file =
          folder
              .resolve(bright ? "bright" : "dark")
              .resolve("song %03d.%s".formatted(i, encoding.extension()));
      write(file, encoding, i, bright, seconds);
    }
  }

  /** Writes one song, which its number tells from every other. */
  public static void write(Path file, Encoding encoding, int number, boolean bright, double seconds)
      throws IOException {
    Files.createDirectories(file.getParent());
    AudioEncoder.write(
        file,
        encoding,
        new float[][] {samples(number, bright, seconds)},
        SAMPLE_RATE,
        Map.of("title", "Song " + number, "artist", bright ? "Pluck" : "গান"));
  }

  static float[] samples(int number, boolean bright, double seconds) {
    Random random = new Random(number);
    float[] samples = new float[(int) Math.round(seconds * SAMPLE_RATE)];
    int step = (int) (SAMPLE_RATE * (bright ? 0.2 : 0.8) * (1 + 0.02 * random.nextInt(10)));
    double root = 110 * Math.pow(2, random.nextInt(12) / 12.0);
    double frequency = root;
    for (int i = 0; i < samples.length; i++) {
      if (i % step == 0) {
        frequency = root * Math.pow(2, random.nextInt(8) / 7.0);
      }
      double phase = 2 * Math.PI * frequency * i / SAMPLE_RATE;
      double decay = bright ? Math.exp(-6.0 * (i % step) / step) : 1;
      double tone = Math.sin(phase);
      if (bright) {
        tone += 0.7 * Math.sin(3 * phase) + 0.5 * Math.sin(7 * phase);
      }
      samples[i] = (float) (0.25 * decay * tone + 0.002 * random.nextGaussian());
    }
    return samples;
  }
}
