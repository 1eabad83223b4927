package org.surmala.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/** The signals of {@code golden/audio}: 3 s at 22,050 Hz, mono, 32-bit float WAV. */
public final class GoldenSound {
  /** The names of all of them. */
  public static final List<String> NAMES =
      List.of("chirp", "clicks120bpm", "melody", "quiet_mix", "silence", "sine440", "white_noise");

  public static final int SAMPLE_RATE = 22050;

  private GoldenSound() {}

  /** The samples of one signal. */
  public static float[] read(String name) {
    try (InputStream in = GoldenSound.class.getResourceAsStream("/golden/audio/" + name + ".wav")) {
      return data(name, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] data(String name, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (at + 8 <= bytes.length) {
      int size = file.getInt(at + 4);
      if (bytes[at] == 'd' && bytes[at + 1] == 'a' && bytes[at + 2] == 't') {
        float[] samples = new float[size / Float.BYTES];
        file.position(at + 8).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
        return samples;
      }
      at += 8 + size + (size & 1);
    }
    throw new IllegalArgumentException(name + " has no samples");
  }
}
