package org.surmala.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
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

final class WindowDecoderTest {
  private static final int RATE = 44_100;
  private static final double WINDOW = 3;
  private static final double SECONDS = 11.37;

  private final WindowDecoder decoder = new WindowDecoder(DecodeOptions.of(WINDOW, 1, 60));
  private final WindowDecoder wholeDecoder = new WindowDecoder(DecodeOptions.of(3600, 1, 60));

  @TempDir Path folder;

  static Stream<Arguments> lossless() {
    return Stream.of(
        Arguments.of(Encoding.wav(8), 8),
        Arguments.of(Encoding.wav(16), 16),
        Arguments.of(Encoding.wav(24), 24),
        Arguments.of(Encoding.wav(32), 32),
        Arguments.of(Encoding.wavFloat(32), 0),
        Arguments.of(Encoding.wavFloat(64), 0),
        Arguments.of(Encoding.aiff(16), 16),
        Arguments.of(Encoding.aiff(24), 24),
        Arguments.of(Encoding.flac(16), 16),
        Arguments.of(Encoding.flac(24), 24),
        Arguments.of(Encoding.oggFlac(), 16),
        Arguments.of(Encoding.alac(), 16),
        Arguments.of(in("mka", "matroska", Encoding.flac()), 16),
        Arguments.of(of("wv", "wv", "wavpack", "s16p"), 16),
        Arguments.of(of("tta", "tta", "tta", "s16"), 16));
  }

  private static Encoding of(String extension, String container, String codec, String format) {
    return new Encoding(codec, extension, container, codec, format, Map.of(), Map.of());
  }

  /** The same coded sound in another container. */
  private static Encoding in(String extension, String container, Encoding sound) {
    return new Encoding(
        sound.name() + "-" + container,
        extension,
        container,
        sound.codec(),
        sound.sampleFormat(),
        sound.codecOptions(),
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("lossless")
  void givenLossless_whenDecoded_thenTheWindowIsThatOfTheSource(Encoding encoding, int bits)
      throws IOException, SongException {
    float[][] sound = Sound.glide(2, SECONDS, RATE);

    AudioClip clip = decoder.decode(Sound.song(write(encoding, sound, RATE)));

    float[] samples = Sound.samples(clip);
    int from = Math.toIntExact(Sound.start(clip));
    assertWindow(clip, sound[0].length);
    // 24 and 32 bits are more than a float can tell from one another near full scale.
    double step = bits == 0 ? 0 : Math.max(Math.scalb(0.51, 1 - bits), bits > 16 ? 0x1p-22 : 0);
    assertThat(greatestDifference(samples, sound, from)).isLessThanOrEqualTo(step);
  }

  static Stream<Encoding> lossy() {
    return Stream.of(
        Encoding.mp3(128_000),
        Encoding.mp3(32_000),
        Encoding.mp3Bare(192_000),
        Encoding.mp3Variable(4, true),
        Encoding.mp3Variable(2, false),
        Encoding.vorbis(4),
        Encoding.opus(96_000),
        withoutNoiseSubstitution(Encoding.aac(128_000)),
        withoutNoiseSubstitution(Encoding.aacFragmented(96_000)),
        withoutNoiseSubstitution(Encoding.aacBare(128_000)),
        Encoding.wma(128_000),
        in("webm", "webm", Encoding.opus(96_000)),
        in("mka", "matroska", Encoding.mp3(128_000)),
        in("mka", "matroska", withoutNoiseSubstitution(Encoding.aac(128_000))));
  }

  /** A decoder's random noise depends on all that it decoded before: see ADR 0020. */
  private static Encoding withoutNoiseSubstitution(Encoding aac) {
    Map<String, String> options = new HashMap<>(aac.codecOptions());
    options.put("aac_pns", "0");
    return new Encoding(
        aac.name(),
        aac.extension(),
        aac.container(),
        aac.codec(),
        aac.sampleFormat(),
        options,
        aac.containerOptions());
  }

  @ParameterizedTest
  @MethodSource("lossy")
  void givenLossy_whenDecoded_thenTheWindowIsASliceOfTheWhole(Encoding encoding)
      throws IOException, SongException {
    Path file = write(encoding, Sound.glide(2, SECONDS, RATE), RATE);

    AudioClip clip = decoder.decode(Sound.song(file));
    AudioClip whole = wholeDecoder.decode(Sound.song(file));

    assertWindow(clip, wholeLength(whole));
    assertThat(Sound.start(whole)).isZero();
    assertThat(whole.getInfo()).isEqualTo(clip.getInfo());
    int from = 2 * Math.toIntExact(Sound.start(clip));
    float[] samples = Sound.samples(clip);
    float[] slice = Arrays.copyOfRange(Sound.samples(whole), from, from + samples.length);
    assertThat(Arrays.mismatch(samples, slice)).as("first that differs").isEqualTo(-1);
  }

  private static double greatestDifference(float[] samples, float[][] sound, int from) {
    int channels = sound.length;
    double greatest = 0;
    for (int i = 0; i < samples.length; i++) {
      double difference = samples[i] - (double) sound[i % channels][from + i / channels];
      greatest = Math.max(greatest, Math.abs(difference));
    }
    return greatest;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40_000})
  void givenFlacWithASeekTable_whenDecoded_thenTheWindowIsThatOfTheSource(int lie)
      throws IOException, SongException {
    float[][] sound = Sound.glide(2, SECONDS, RATE);
    byte[] flac = AudioEncoder.encode(Encoding.flac(), sound, RATE, Map.of());

    AudioClip clip = decoder.decode(Sound.song(file("x.flac", withSeekTable(flac, lie))));

    assertWindow(clip, sound[0].length);
    assertThat(greatestDifference(Sound.samples(clip), sound, Math.toIntExact(Sound.start(clip))))
        .isLessThanOrEqualTo(Math.scalb(0.51, -15));
  }

  /**
   * The file with a seek point for every eighth frame, as RFC 9639 section 8.5 has it.
   *
   * @param lie bytes that each point is too far on
   */
  private static byte[] withSeekTable(byte[] flac, int lie) {
    ByteBuffer file = ByteBuffer.wrap(flac);
    int blockSize = Short.toUnsignedInt(file.getShort(4 + 4));
    int sound = 4;
    int last = 0;
    for (boolean more = true; more; ) {
      last = sound;
      more = flac[last] >= 0;
      sound += 4 + (file.getInt(last) & 0xffffff);
    }
    ByteBuffer points = ByteBuffer.allocate(1 << 16);
    int frame = 0;
    for (int at = sound; at < flac.length - 6; at++) {
      boolean begins = flac[at] == (byte) 0xff && flac[at + 1] == (byte) 0xf8;
      // Frame numbers up to 127 are one byte; a later one does not equal it by its first.
      if (begins && flac[at + 4] == frame && frame < 128) {
        if (frame % 8 == 0) {
          points.putLong((long) frame * blockSize).putLong(at - sound + lie);
          points.putShort((short) blockSize);
        }
        frame++;
      }
    }
    assertThat(points.position()).as("bytes of seek points").isGreaterThan(10 * 18);
    byte[] before = Arrays.copyOf(flac, sound);
    before[last] &= 0x7f;
    byte[] table = Arrays.copyOf(points.array(), points.position());
    byte[] header = ByteBuffer.allocate(4).putInt(0x83 << 24 | table.length).array();
    return concat(before, header, table, Arrays.copyOfRange(flac, sound, flac.length));
  }

  @ParameterizedTest
  @MethodSource("chainable")
  void givenOggFilesOneAfterTheOther_whenDecoded_thenTheWindowIsInTheirWhole(Encoding encoding)
      throws IOException, SongException {
    byte[] first = AudioEncoder.encode(encoding, Sound.glide(2, 6, 48_000), 48_000, Map.of());
    Encoding other =
        new Encoding(
            encoding.name(),
            encoding.extension(),
            encoding.container(),
            encoding.codec(),
            encoding.sampleFormat(),
            encoding.codecOptions(),
            Map.of("serial_offset", "7"));
    byte[] second = AudioEncoder.encode(other, Sound.glide(2, 5, 48_000), 48_000, Map.of());
    Path file = file("x.ogg", first, second);

    AudioClip clip = decoder.decode(Sound.song(file));
    AudioClip whole = wholeDecoder.decode(Sound.song(file));

    assertThat(clip.getInfo().getDurationSeconds()).isCloseTo(11, within(0.05));
    int from = 2 * Math.toIntExact(Sound.start(clip));
    float[] samples = Sound.samples(clip);
    float[] slice = Arrays.copyOfRange(Sound.samples(whole), from, from + samples.length);
    assertThat(Arrays.mismatch(samples, slice)).as("first that differs").isEqualTo(-1);
  }

  static Stream<Encoding> chainable() {
    return Stream.of(Encoding.opus(96_000), Encoding.vorbis(4), Encoding.oggFlac());
  }

  static Stream<Arguments> delays() {
    // Formats that say how much an encoder put before the sound; the others keep it as sound.
    return Stream.of(
        Arguments.of(Encoding.mp3(128_000), 0, 0),
        Arguments.of(Encoding.mp3Variable(4, true), 0, 0),
        Arguments.of(Encoding.aac(128_000), 0, 0),
        // FFmpeg's Vorbis encoder fills its last block and says nothing of it.
        Arguments.of(Encoding.vorbis(6), 0, 1024),
        // Without a header the delay stays: LAME's 576 and the decoder's 529, and 1024 for AAC.
        Arguments.of(Encoding.mp3Bare(192_000), 1105, 2 * 1152),
        Arguments.of(Encoding.aacBare(128_000), 1024, 2 * 1024));
  }

  @ParameterizedTest
  @MethodSource("delays")
  void givenEncoderDelay_whenDecoded_thenItIsLeftOutWhereTheFileSaysHowLongItIs(
      Encoding encoding, int delay, int surplus) throws IOException, SongException {
    float[][] sound = Sound.glide(1, SECONDS, RATE);
    Path file = write(encoding, sound, RATE);

    AudioClip clip = decoder.decode(Sound.song(file));

    int length = (int) Math.round(clip.getInfo().getDurationSeconds() * RATE);
    assertThat(length).isBetween(sound[0].length, sound[0].length + surplus);
    assertThat(lag(clip, sound[0])).isEqualTo(delay);
  }

  /** A whole number of samples in the song stands at each place, wherever the excerpt begins. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void givenExcerpts_whenDecoded_thenTheyStandInTheMiddleOfEqualParts(int count)
      throws IOException, SongException {
    float[][] sound = Sound.glide(2, SECONDS, RATE);
    WindowDecoder spread = new WindowDecoder(DecodeOptions.of(WINDOW, count, 60));

    AudioClip clip = spread.decode(Sound.song(write(Encoding.flac(16), sound, RATE)));

    float[] samples = Sound.samples(clip);
    int window = (int) (WINDOW * RATE);
    int at = 0;
    for (int i = 0; i < count; i++) {
      int size = (int) ((long) window * (i + 1) / count - (long) window * i / count);
      int from = (int) ((sound[0].length * (2L * i + 1) / count - size) / 2);
      if (i == 0) {
        assertThat(Sound.start(clip)).isEqualTo(from);
        assertThat(clip.getWindowStartSeconds()).isEqualTo(clip.getStartSeconds());
      }
      float[] excerpt = Arrays.copyOfRange(samples, 2 * at, 2 * (at + size));
      assertThat(greatestDifference(excerpt, sound, from)).isLessThanOrEqualTo(0x1.1p-16);
      at += size;
    }
    assertThat(at).isEqualTo(window);
  }

  @Test
  void givenASongNoLongerThanTheWindow_whenDecodedInExcerpts_thenItIsGivenWhole()
      throws IOException, SongException {
    float[][] sound = Sound.glide(1, 2.5, RATE);
    DecodeOptions options = DecodeOptions.of(WINDOW, 1, 60);
    Path file = write(Encoding.flac(16), sound, RATE);

    assertThat(new WindowDecoder(DecodeOptions.of(WINDOW, 3, 60)).decode(Sound.song(file)))
        .isEqualTo(new WindowDecoder(options).decode(Sound.song(file)));
  }

  @Test
  void givenOpus_whenDecoded_thenDurationIsThatOfTheSource() throws IOException, SongException {
    float[][] sound = Sound.glide(2, SECONDS, 48_000);

    AudioClip clip = decoder.decode(Sound.song(write(Encoding.opus(96_000), sound, 48_000)));

    assertThat(clip.getInfo().getDurationSeconds()).isEqualTo(sound[0].length / 48_000.0);
    assertThat(lag(clip, sound[0])).isZero();
  }

  /** How many samples the clip lags behind the source: where their correlation is greatest. */
  private static int lag(AudioClip clip, float[] source) {
    float[] samples = Sound.samples(clip);
    int channels = clip.getChannels();
    int from = Math.toIntExact(Sound.start(clip));
    int best = 0;
    double greatest = 0;
    for (int lag = -1500; lag <= 1500; lag++) {
      double sum = 0;
      for (int i = 2000; i < 12_000; i++) {
        sum += samples[i * channels] * source[from + i - lag];
      }
      if (sum > greatest) {
        greatest = sum;
        best = lag;
      }
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8000",
    "2, 11025",
    "1, 16000",
    "6, 22050",
    "2, 32000",
    "8, 48000",
    "2, 96000",
    "1, 192000"
  })
  void givenAnyRateAndChannels_whenDecoded_thenTheClipHasThem(int channels, int rate)
      throws IOException, SongException {
    float[][] sound = Sound.glide(channels, 4.5, rate);
    for (Encoding encoding : new Encoding[] {Encoding.wav(24), Encoding.flac(24)}) {
      AudioClip clip = decoder.decode(Sound.song(write(encoding, sound, rate)));

      assertThat(clip.getSampleRate()).isEqualTo(rate);
      assertThat(clip.getChannels()).isEqualTo(channels);
      assertWindow(clip, sound[0].length);
      float[] samples = Sound.samples(clip);
      int from = Math.toIntExact(Sound.start(clip));
      assertThat(greatestDifference(samples, sound, from)).isLessThanOrEqualTo(0x1p-22);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.0, 2.9, 3.0, 3.2})
  void givenASongAboutAsShortAsTheWindow_whenDecoded_thenItIsWhole(double seconds)
      throws IOException, SongException {
    float[][] sound = Sound.glide(2, seconds, RATE);
    for (Encoding encoding :
        new Encoding[] {
          Encoding.wav(),
          Encoding.flac(),
          Encoding.alac(),
          Encoding.aac(128_000),
          Encoding.mp3(128_000),
          Encoding.mp3Variable(4, true)
        }) {
      AudioClip clip = decoder.decode(Sound.song(write(encoding, sound, RATE)));

      assertThat(clip.getStartSeconds()).isZero();
      // FFmpeg writes at most one frame of padding into an MP3's header, where LAME made more.
      int surplus = encoding.extension().equals("mp3") ? 1152 : 0;
      assertThat(Sound.samples(clip).length / 2)
          .as(encoding.name())
          .isBetween(sound[0].length, sound[0].length + surplus);
    }
  }

  @Test
  void givenTags_whenDecoded_thenTheyAreText() throws IOException, SongException {
    float[][] sound = Sound.glide(2, 4, RATE);
    Map<String, String> tags =
        Map.of("title", "আমার সোনার বাংলা", "artist", "Björk, \"X\" & <Ü>", "lyrics", "এক\nদুই");
    for (Encoding encoding :
        new Encoding[] {
          Encoding.mp3(128_000),
          Encoding.flac(),
          Encoding.vorbis(3),
          Encoding.opus(64_000),
          Encoding.aac(96_000)
        }) {
      Path file = folder.resolve(encoding.name() + "." + encoding.extension());
      AudioEncoder.write(file, encoding, sound, RATE, tags);

      AudioClip clip = decoder.decode(Sound.song(file));

      assertThat(clip.getInfo().getTitle()).as(encoding.name()).isEqualTo(tags.get("title"));
      assertThat(clip.getInfo().getArtist()).as(encoding.name()).isEqualTo(tags.get("artist"));
      assertThat(clip.getInfo().getLyrics()).as(encoding.name()).isEqualTo(tags.get("lyrics"));
    }
  }

  @Test
  void givenATagInTheWrongEncoding_whenDecoded_thenItIsRepaired()
      throws IOException, SongException {
    byte[] title = "\u0000সুরমালা".getBytes(StandardCharsets.UTF_8);
    byte[] mp3 =
        AudioEncoder.encode(Encoding.mp3Bare(128_000), Sound.glide(2, 4, RATE), RATE, Map.of());

    AudioClip clip = decoder.decode(Sound.song(file("x.mp3", id3(frame("TIT2", title)), mp3)));

    assertThat(clip.getInfo().getTitle()).isEqualTo("সুরমালা");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flac", "mp3", "bare", "variable"})
  void givenACoverOfTenMegabytes_whenDecoded_thenOnlySoundIs(String kind)
      throws IOException, SongException {
    Encoding encoding =
        switch (kind) {
          case "flac" -> Encoding.flac();
          case "mp3" -> Encoding.mp3(128_000);
          case "bare" -> Encoding.mp3Bare(128_000);
          default -> Encoding.mp3Variable(4, true);
        };
    float[][] sound = Sound.glide(2, SECONDS, RATE);
    byte[] bare = AudioEncoder.encode(encoding, sound, RATE, Map.of());
    byte[] picture = new byte[10 << 20];
    Arrays.fill(picture, (byte) 0xff);
    byte[] cover =
        concat("\u0000image/png\u0000\u0003\u0000".getBytes(StandardCharsets.ISO_8859_1), picture);

    AudioClip plain = decoder.decode(Sound.song(file("plain", bare)));
    AudioClip clip = decoder.decode(Sound.song(file("cover.mp3", id3(frame("APIC", cover)), bare)));

    assertThat(clip.getSamples().equals(plain.getSamples())).isTrue();
    assertThat(clip.getInfo()).isEqualTo(plain.getInfo());
  }

  @Test
  void givenVariableBitRateWithoutHeader_whenDecoded_thenTheMiddleIsExact()
      throws IOException, SongException {
    // Silence first, too short for a gap, then noise: any guess from the first frames' bit rate is
    // far off.
    float[][] sound = Sound.glide(2, 18, RATE);
    for (float[] channel : sound) {
      Arrays.fill(channel, 0, 9 * RATE, 0);
    }

    AudioClip clip = decoder.decode(Sound.song(write(Encoding.mp3Variable(0, false), sound, RATE)));

    // 576 and 529 samples of delay come before the sound.
    assertThat(clip.getInfo().getDurationSeconds()).isCloseTo(18, within(2 * 1152.0 / RATE));
    float[] samples = Sound.samples(clip);
    int edge = Math.toIntExact(9 * RATE + 1105 - Sound.start(clip));
    assertThat(rms(samples, 0, 2 * (edge - 1200))).isLessThan(1e-4);
    assertThat(rms(samples, 2 * edge, samples.length)).isGreaterThan(0.2);
  }

  @Test
  void givenTwoFilesOneAfterTheOther_whenDecoded_thenTheHeaderIsNotBelieved()
      throws IOException, SongException {
    byte[] mp3 =
        AudioEncoder.encode(Encoding.mp3(128_000), Sound.glide(2, 6, RATE), RATE, Map.of());

    AudioClip clip = decoder.decode(Sound.song(file("x.mp3", mp3, mp3)));

    assertThat(clip.getInfo().getDurationSeconds()).isCloseTo(12, within(0.2));
  }

  /** Encoded so that two minutes more are two megabytes more at least. */
  static Stream<Encoding> seekable() {
    return Stream.of(
        Encoding.wav(),
        Encoding.flac(),
        Encoding.opus(160_000),
        Encoding.alac(),
        Encoding.aac(160_000),
        Encoding.wma(160_000),
        Encoding.mp3(160_000));
  }

  @ParameterizedTest
  @MethodSource("seekable")
  void givenALongerSong_whenDecoded_thenHardlyMoreOfItIsRead(Encoding encoding)
      throws IOException, SongException {
    long fromShort = bytesRead(write(encoding, Sound.glide(2, 30, 22_050), 22_050));
    long fromLong = bytesRead(write(encoding, Sound.glide(2, 150, 22_050), 22_050));

    // Less than the search for a place among pages or frames takes, whatever the length.
    assertThat(fromLong).isLessThan(fromShort + 1_000_000);
  }

  private static long bytesRead(Path file) throws IOException, SongException {
    Deadline deadline = new Deadline(60);
    try (SongBytes bytes = SongBytes.open(file.toString());
        SongInput input = new SongInput(bytes, deadline);
        AudioFile song =
            new AudioFile(
                input,
                new ByteWindow(bytes, deadline),
                DecodeOptions.of(WINDOW, 1, 60),
                deadline)) {
      song.decode(song.length() / 2, song.length() / 2 + 3L * song.sampleRate());
      return bytes.bytesRead();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.wav",
        "it's.wav",
        "\"quoted\".wav",
        "a,b;c.wav",
        "two\nlines.wav",
        "সুর.wav",
        "-i.wav",
        "concat:x.wav",
        "http:x.wav",
        "%d.wav",
        "a#b?c.wav",
        "*[x].wav",
        "{a}.wav"
      })
  void givenAnyName_whenDecoded_thenItIsJustAFile(String name) throws IOException, SongException {
    Path file = folder.resolve(name);
    AudioEncoder.write(file, Encoding.wav(), Sound.glide(1, 4, 8000), 8000, Map.of());

    assertThat(decoder.decode(Sound.song(file)).getInfo().getDurationSeconds()).isEqualTo(4);
  }

  private void assertWindow(AudioClip clip, long length) {
    int rate = clip.getSampleRate();
    double first = (length / (double) rate - WINDOW) / 2 * rate;
    long from = Sound.start(clip);
    long to = from + Sound.samples(clip).length / clip.getChannels();
    double rounding = 1e-6;
    double margin = DecodeOptions.defaults().marginSeconds() * rate;
    assertThat(clip.getInfo().getDurationSeconds()).isEqualTo(length / (double) rate);
    assertThat((double) from).isBetween(first - margin - 2, first - margin + rounding);
    assertThat((double) to)
        .isBetween(first + WINDOW * rate + margin - rounding, first + WINDOW * rate + margin + 2);
  }

  private static long wholeLength(AudioClip whole) {
    return Sound.samples(whole).length / whole.getChannels();
  }

  private Path write(Encoding encoding, float[][] sound, int rate) throws IOException {
    Path file = folder.resolve("song." + encoding.extension());
    AudioEncoder.write(file, encoding, sound, rate, Map.of());
    return file;
  }

  private Path file(String name, byte[]... parts) throws IOException {
    return Files.write(folder.resolve(name), concat(parts));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** An ID3v2.3 tag of one frame. */
  private static byte[] id3(byte[] frame) {
    int size = frame.length;
    byte[] header = {
      'I',
      'D',
      '3',
      3,
      0,
      0,
      (byte) (size >> 21 & 127),
      (byte) (size >> 14 & 127),
      (byte) (size >> 7 & 127),
      (byte) (size & 127)
    };
    return concat(header, frame);
  }

  private static byte[] frame(String name, byte[] content) {
    int size = content.length;
    byte[] header = {
      (byte) name.charAt(0),
      (byte) name.charAt(1),
      (byte) name.charAt(2),
      (byte) name.charAt(3),
      (byte) (size >> 24),
      (byte) (size >> 16),
      (byte) (size >> 8),
      (byte) size,
      0,
      0
    };
    return concat(header, content);
  }

  private static double rms(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / (to - from));
  }
}
