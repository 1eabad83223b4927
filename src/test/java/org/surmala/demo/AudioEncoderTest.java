package org.surmala.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AudioEncoderTest {
  private static final int RATE = 44_100;

  static Stream<Encoding> encodings() {
    return Stream.of(
        Encoding.wav(8),
        Encoding.wav(),
        Encoding.wav(24),
        Encoding.wav(32),
        Encoding.wavFloat(32),
        Encoding.wavFloat(64),
        Encoding.aiff(16),
        Encoding.aiff(24),
        Encoding.flac(),
        Encoding.flac(24),
        Encoding.oggFlac(),
        Encoding.alac(),
        Encoding.mp3(128_000),
        Encoding.mp3Bare(128_000),
        Encoding.mp3Variable(4, true),
        Encoding.mp3Variable(4, false),
        Encoding.vorbis(4),
        Encoding.opus(96_000),
        Encoding.aac(128_000),
        Encoding.aacBare(128_000),
        Encoding.aacFragmented(128_000),
        Encoding.wma(128_000));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void givenTheSameSoundTwice_whenEncoded_thenTheBytesAreTheSame(Encoding encoding) {
    float[][] sound = {sine(440, RATE), sine(550, RATE)};
    Map<String, String> tags = Map.of("title", "সুর", "artist", "A, \"B\"", "lyrics", "la\nla");

    byte[] first = AudioEncoder.encode(encoding, sound, RATE, tags);
    byte[] second = AudioEncoder.encode(encoding, sound, RATE, tags);

    assertThat(first).hasSizeGreaterThan(2_000).isEqualTo(second);
  }

  @Test
  void givenSixteenBitWav_whenWritten_thenEverySampleIsTheRoundedOne(@TempDir Path folder)
      throws IOException {
    float[] sound = sine(1000, 8000);
    Path file = folder.resolve("a b 'সুর'.wav");

    AudioEncoder.write(file, Encoding.wav(), new float[][] {sound}, 8000, Map.of());

    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(wav.getInt(24)).isEqualTo(8000);
    int data = wav.capacity() - 2 * sound.length;
    for (int i = 0; i < sound.length; i++) {
      assertThat((double) wav.getShort(data + 2 * i)).isEqualTo(Math.rint(sound[i] * 32768.0));
    }
  }

  @Test
  void givenAiff_whenEncoded_thenTheHeaderAgreesWithTheSize() {
    byte[] bytes =
        AudioEncoder.encode(Encoding.aiff(24), new float[][] {sine(440, RATE)}, RATE, Map.of());

    // The muxer goes back to the header last: a form's size counts what follows its first 8 bytes.
    assertThat(ByteBuffer.wrap(bytes).getInt(4)).isEqualTo(bytes.length - 8);
    assertThat(bytes.length).isGreaterThan(3 * RATE);
  }

  @Test
  void givenUnequalChannels_whenEncoded_thenTheyAreRefused() {
    assertThatThrownBy(
            () ->
                AudioEncoder.encode(
                    Encoding.wav(), new float[][] {new float[3], new float[4]}, RATE, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 4");
  }

  @Test
  void givenFourChannelsForWma_whenEncoded_thenTheRefusalSaysWhat() {
    assertThatThrownBy(
            () -> AudioEncoder.encode(Encoding.wma(128_000), new float[4][RATE], RATE, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder");
  }

  private static float[] sine(double frequency, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequency * i / RATE));
    }
    return samples;
  }
}
