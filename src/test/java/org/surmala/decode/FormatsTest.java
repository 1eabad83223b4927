package org.surmala.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;

/**
 * Duration and window of every format that is read, against FFmpeg's decode from the first packet
 * to the last ({@link WholeDecode}).
 */
final class FormatsTest {
  private static final double SECONDS = 12;
  private static final double WINDOW = 5;

  private final WindowDecoder decoder = new WindowDecoder(DecodeOptions.of(WINDOW, 1, 60));

  @TempDir Path folder;

  static Stream<Arguments> formats() {
    return Stream.of(
        format("wav", "wav", "adpcm_ima_wav", "s16p", 44_100, 2),
        format("wav", "wav", "adpcm_ms", "s16", 44_100, 2),
        format("wav", "wav", "adpcm_ms", "s16", 22_050, 1),
        format("wav", "wav", "adpcm_yamaha", "s16", 22_050, 1),
        format("wav", "wav", "pcm_alaw", "s16", 8_000, 1),
        format("wav", "wav", "pcm_mulaw", "s16", 8_000, 1),
        format("wav", "wav", "libmp3lame", null, 44_100, 2),
        format("wav", "wav", "mp2", "s16", 44_100, 2),
        format("wav", "wav", "ac3", null, 48_000, 2),
        format("wav", "wav", "dca", "s32", 48_000, 2),
        format("wav", "wav", "wmav2", null, 44_100, 2),
        format("w64", "w64", "pcm_s16le", "s16", 44_100, 2),
        format("w64", "w64", "adpcm_ms", "s16", 44_100, 2),
        format("au", "au", "pcm_s16be", "s16", 44_100, 2),
        format("au", "au", "pcm_mulaw", "s16", 8_000, 1),
        format("aiff", "aiff", "pcm_s16be", "s16", 44_100, 2),
        format("aiff", "aiff", "pcm_alaw", "s16", 8_000, 1),
        format("aiff", "aiff", "adpcm_ima_qt", "s16p", 44_100, 2),
        format("caf", "caf", "pcm_s16be", "s16", 44_100, 2),
        format("caf", "caf", "alac", "s16p", 44_100, 2),
        format("caf", "caf", "pcm_mulaw", "s16", 8_000, 1),
        format("caf", "caf", "adpcm_ima_qt", "s16p", 44_100, 2),
        format("tta", "tta", "tta", "s16", 44_100, 2),
        format("wv", "wv", "wavpack", "s16p", 44_100, 2),
        format("wma", "asf", "wmav1", null, 44_100, 2),
        format("wma", "asf", "wmav2", null, 44_100, 2),
        format("wma", "asf", "libmp3lame", null, 44_100, 2),
        format("ac3", "ac3", "ac3", null, 48_000, 6),
        format("eac3", "eac3", "eac3", null, 48_000, 2),
        format("dts", "dts", "dca", "s32", 48_000, 2),
        format("mka", "matroska", "ac3", null, 44_100, 2),
        format("mka", "matroska", "dca", "s32", 48_000, 2),
        format("mka", "matroska", "mp2", "s16", 44_100, 2),
        format("mka", "matroska", "pcm_s16le", "s16", 44_100, 2),
        format("mka", "matroska", "adpcm_ms", "s16", 44_100, 2),
        format("mka", "matroska", "wavpack", "s16p", 44_100, 2),
        format("mka", "matroska", "alac", "s16p", 44_100, 2),
        format("mp2", "mp2", "mp2", "s16", 44_100, 2),
        format("mp3", "mp3", "libmp3lame", null, 22_050, 1),
        format("mp3", "mp3", "libmp3lame", null, 44_100, 2),
        Arguments.of(Encoding.mp3Bare(64_000), 44_100, 1),
        Arguments.of(Encoding.mp3Variable(4, false), 44_100, 2),
        format("aac", "adts", "aac", null, 44_100, 2),
        format("m4a", "ipod", "aac", null, 44_100, 2),
        format("m4a", "ipod", "alac", "s16p", 44_100, 2),
        format("mp4", "mp4", "flac", "s16", 44_100, 2),
        format("mp4", "mp4", "ac3", null, 48_000, 2),
        format("mp4", "mp4", "libmp3lame", null, 44_100, 2),
        format("mp4", "mov", "adpcm_ima_qt", "s16p", 44_100, 2),
        format("mp4", "mov", "pcm_mulaw", "s16", 8_000, 1),
        format("ogg", "ogg", "vorbis", null, 44_100, 2),
        format("ogg", "ogg", "flac", "s16", 44_100, 2),
        format("spx", "ogg", "libspeex", "s16", 16_000, 1),
        format("spx", "ogg", "libspeex", "s16", 32_000, 2),
        format("opus", "opus", "libopus", null, 48_000, 2),
        format("webm", "webm", "libopus", null, 48_000, 2),
        format("flac", "flac", "flac", "s16", 44_100, 2));
  }

  private static Arguments format(
      String extension,
      String container,
      String codec,
      @Nullable String sample,
      int rate,
      int channels) {
    return Arguments.of(
        new Encoding(
            codec + " in " + container,
            extension,
            container,
            codec,
            sample,
            codec.equals("aac") ? Map.of("aac_pns", "0") : Map.of("strict", "experimental"),
            Map.of()),
        rate,
        channels);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("formats")
  void givenAFormat_whenDecoded_thenDurationAndWindowAreThoseOfTheWhole(
      Encoding encoding, int rate, int channels) throws IOException, SongException {
    Path file = folder.resolve("song." + encoding.extension());
    AudioEncoder.write(file, encoding, Sound.glide(channels, SECONDS, rate), rate, Map.of());

    assertWhole(file, SECONDS);
  }

  static Stream<Arguments> splices() {
    Encoding adts =
        new Encoding("adts", "aac", "adts", "aac", null, Map.of("aac_pns", "0"), Map.of());
    Encoding bare =
        new Encoding(
            "bare mp3",
            "mp3",
            "mp3",
            "libmp3lame",
            null,
            Map.of("b", "128000"),
            Map.of("write_xing", "0", "id3v2_version", "0"));
    return Stream.of(
        Arguments.of(Encoding.mp3(128_000), piece(8, 48_000, 2), piece(20, 44_100, 2), 44_100, 2),
        // Shorter than what FFmpeg probes, which gives the first 1152 - 1105 samples the second
        // rate: its command line puts the rest 47 * (1 - 44100 / 48000) = 3.8 samples later.
        Arguments.of(Encoding.mp3(128_000), piece(0.3, 48_000, 2), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(Encoding.mp3(64_000), piece(8, 44_100, 1), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(bare, piece(20, 44_100, 2), piece(3, 22_050, 1), 44_100, 2),
        Arguments.of(adts, piece(0.4, 48_000, 2), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(adts, piece(8, 44_100, 1), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(adts, piece(20, 32_000, 2), piece(9, 48_000, 1), 32_000, 2),
        Arguments.of(Encoding.vorbis(4), piece(8, 48_000, 2), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(Encoding.oggFlac(), piece(8, 48_000, 2), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(Encoding.oggFlac(), piece(8, 44_100, 1), piece(20, 44_100, 2), 44_100, 2),
        Arguments.of(Encoding.opus(96_000), piece(8, 48_000, 1), piece(20, 48_000, 2), 48_000, 1));
  }

  private record Piece(double seconds, int rate, int channels) {}

  private static Piece piece(double seconds, int rate, int channels) {
    return new Piece(seconds, rate, channels);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("splices")
  void givenPiecesOfTwoKinds_whenDecoded_thenDurationAndWindowAreThoseOfTheWhole(
      Encoding encoding, Piece first, Piece second, int rate, int channels)
      throws IOException, SongException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Piece piece : new Piece[] {first, second}) {
      Map<String, String> options = new HashMap<>(encoding.containerOptions());
      if (encoding.container().matches("ogg|opus")) {
        options.put("serial_offset", Integer.toString(1 + bytes.size()));
      }
      Encoding numbered =
          new Encoding(
              encoding.name(),
              encoding.extension(),
              encoding.container(),
              encoding.codec(),
              encoding.sampleFormat(),
              encoding.codecOptions(),
              options);
      float[][] sound = Sound.glide(piece.channels(), piece.seconds(), piece.rate());
      bytes.writeBytes(AudioEncoder.encode(numbered, sound, piece.rate(), Map.of()));
    }
    Path file = Files.write(folder.resolve("x." + encoding.extension()), bytes.toByteArray());

    AudioClip clip = assertWhole(file, first.seconds() + second.seconds());

    assertThat(clip.getSampleRate()).isEqualTo(rate);
    assertThat(clip.getChannels()).isEqualTo(channels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gsm.wav", "hybrid.wv"})
  void givenAFormatOfAnotherEncoder_whenDecoded_thenDurationAndWindowAreThoseOfTheWhole(String name)
      throws IOException, SongException {
    assertWhole(fixture(name), 6);
  }

  @Test
  void givenMonkeysAudio_whenDecoded_thenDurationAndWindowAreThoseOfTheWhole()
      throws IOException, SongException {
    Path file = Files.write(folder.resolve("song.ape"), MonkeysAudio.file(SECONDS, 8_000));

    assertWhole(file, SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 22050", "1, 2, 22050", "1, 2, 24000", "2, 1, 22050"})
  void givenHeAacInMp4_whenDecoded_thenDurationAndWindowAreThoseOfTheWhole(
      int version, int coded, int rate) throws IOException, SongException {
    Encoding core =
        new Encoding("m4a", "m4a", "ipod", "aac", null, Map.of("aac_pns", "0"), Map.of());
    byte[] mp4 = AudioEncoder.encode(core, Sound.glide(coded, SECONDS, rate), rate, Map.of());
    Path file = Files.write(folder.resolve("he.m4a"), HeAac.signalled(mp4, rate, version));

    AudioClip clip = assertWhole(file, SECONDS);

    assertThat(clip.getSampleRate()).isEqualTo(2 * rate);
    // FFmpeg takes one channel with SBR for parametric stereo.
    assertThat(clip.getChannels()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 22050", "2, 22050", "2, 24000"})
  void givenHeAacInAdts_whenDecoded_thenDurationAndWindowAreThoseOfTheWhole(int coded, int rate)
      throws IOException, SongException {
    Path file = Files.write(folder.resolve("he.aac"), HeAac.adts(SECONDS, rate, coded));

    AudioClip clip = assertWhole(file, SECONDS);

    assertThat(clip.getSampleRate()).isEqualTo(2 * rate);
    // FFmpeg takes one channel with SBR for parametric stereo.
    assertThat(clip.getChannels()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "default-second.mka, 700, 1",
    "commentary-first.mka, 700, 1",
    "most-channels.mka, 1100, 2"
  })
  void givenTwoStreams_whenDecoded_thenTheOneThatFfmpegTakesIsRead(
      String name, double hertz, int channels) throws IOException, SongException {
    AudioClip clip =
        new WindowDecoder(DecodeOptions.of(1, 1, 60)).decode(Sound.song(fixture(name)));

    assertThat(clip.getChannels()).isEqualTo(channels);
    float[] samples = Sound.samples(clip);
    int crossings = 0;
    for (int i = channels; i < samples.length; i += channels) {
      crossings += samples[i - channels] < 0 && samples[i] >= 0 ? 1 : 0;
    }
    double seconds = samples.length / (double) channels / clip.getSampleRate();
    assertThat(crossings / seconds).isCloseTo(hertz, within(0.02 * hertz));
  }

  private Path fixture(String name) throws IOException {
    try (InputStream bytes = FormatsTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), requireNonNull(bytes).readAllBytes());
    }
  }

  private AudioClip assertWhole(Path file, double seconds) throws IOException, SongException {
    AudioClip clip = decoder.decode(Sound.song(file));

    int channels = clip.getChannels();
    float[] whole = WholeDecode.of(file, clip.getSampleRate(), channels);
    double expected = whole.length / (double) channels / clip.getSampleRate();
    assertThat(expected).as("FFmpeg's duration").isCloseTo(seconds, within(0.2));
    double duration = clip.getInfo().getDurationSeconds();
    assertThat(duration).as("duration").isCloseTo(expected, within(0.06));
    float[] samples = Sound.samples(clip);
    int from = Math.toIntExact(Sound.start(clip)) * channels;
    assertThat(from / (double) channels / clip.getSampleRate())
        .as("start")
        .isCloseTo((duration - WINDOW) / 2 - 0.25, within(0.01));
    assertThat(correlation(samples, whole, from)).as("correlation at lag 0").isGreaterThan(0.98);
    return clip;
  }

  private static double correlation(float[] samples, float[] whole, int from) {
    double both = 0;
    double one = 0;
    double other = 0;
    for (int i = 0; i < samples.length && from + i < whole.length; i++) {
      both += samples[i] * (double) whole[from + i];
      one += samples[i] * (double) samples[i];
      other += whole[from + i] * (double) whole[from + i];
    }
    return both / Math.sqrt(one * other);
  }
}
