package org.surmala.decode;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;

/** Signals to encode, and what came back of them. */
final class Sound {
  private Sound() {}

  /**
   * A gliding tone with a second voice and some noise: no two parts of it are alike, so that a
   * window that is off by one sample shows.
   *
   * @return [channels][seconds × rate], within ±0.7
   */
  static float[][] glide(int channels, double seconds, int rate) {
    int length = (int) Math.round(seconds * rate);
    float[][] sound = new float[channels][length];
    double phase = 0;
    double top = Math.min(0.2 * rate, 4000);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < length; i++) {
      double t = (double) i / rate;
      phase += 2 * Math.PI * (0.5 * top + 0.4 * top * Math.sin(1.3 * t)) / rate;
      double noise = 0.02 * (random.nextDouble() - 0.5);
      for (int c = 0; c < channels; c++) {
        sound[c][i] =
            (float)
                (0.4 * Math.sin(phase + c)
                    + 0.2 * Math.sin(2 * Math.PI * (0.03 + 0.01 * c) * rate * t)
                    + noise);
      }
    }
    return sound;
  }

  static SongRef song(Path file) throws IOException {
    return SongRef.newBuilder()
        .setId("0".repeat(64))
        .setUri(file.toString())
        .setFilepath(file.getFileName().toString())
        .setSize(Files.isRegularFile(file) ? Files.size(file) : 0)
        .setModified(Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0)
        .build();
  }

  /** The clip's samples, interleaved. */
  static float[] samples(AudioClip clip) {
    FloatBuffer buffer =
        clip.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] samples = new float[buffer.remaining()];
    buffer.get(samples);
    return samples;
  }

  /** The clip's first sample, counted from the song's. */
  static long start(AudioClip clip) {
    double exact = clip.getStartSeconds() * clip.getSampleRate();
    long whole = Math.round(exact);
    if (Math.abs(exact - whole) > 1e-6) {
      throw new AssertionError("starts between samples: " + exact);
    }
    return whole;
  }
}
