package org.surmala.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;

/** Each file that cannot be decoded ends in its own code, and says what was found. */
@Timeout(60)
final class BadSongsTest {
  private static final int RATE = 22_050;

  private final WindowDecoder decoder = new WindowDecoder(DecodeOptions.of(5, 1, 60));

  @TempDir Path folder;

  @Test
  void givenNoBytes_whenDecoded_thenEmptyFile() throws IOException {
    assertThat(failure(file("x.mp3"))).isEqualTo(FailureCode.EMPTY_FILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dear diary, today I renamed a text file.",
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
        "[playlist]\nFile1=http://localhost/x.mp3\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period/></MPD>",
        "1\n00:00:01,000 --> 00:00:02,000\nA subtitle\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n"
      })
  void givenText_whenDecoded_thenNotAudioAndNothingElseIsOpened(String text) throws IOException {
    assertThat(failure(file("x.mp3", text.getBytes(UTF_8)))).isEqualTo(FailureCode.NOT_AUDIO);
    assertThat(failure(file("y.mp3", text.repeat(500).getBytes(UTF_8))))
        .isEqualTo(FailureCode.NOT_AUDIO);
  }

  @Test
  void givenRandomBytes_whenDecoded_thenNotAudio() throws IOException {
    byte[] noise = new byte[100_000];
    new java.util.Random(3).nextBytes(noise);

    assertThat(failure(file("x.mp3", noise))).isEqualTo(FailureCode.NOT_AUDIO);
  }

  @Test
  void givenAFolder_whenDecoded_thenIsDirectory() throws IOException {
    assertThat(failure(Files.createDirectory(folder.resolve("x.mp3"))))
        .isEqualTo(FailureCode.IS_DIRECTORY);
  }

  @Test
  void givenNoFile_whenDecoded_thenVanished() throws IOException {
    assertThat(failure(folder.resolve("gone.mp3"))).isEqualTo(FailureCode.VANISHED);
  }

  @Test
  void givenNoPermission_whenDecoded_thenUnreadable() throws IOException {
    Path file = file("x.wav", encode(Encoding.wav(), 6));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "the superuser may read anything");

    assertThat(failure(file)).isEqualTo(FailureCode.UNREADABLE);
  }

  static Stream<Encoding> formats() {
    return Stream.of(
        Encoding.wav(),
        Encoding.aiff(16),
        Encoding.flac(),
        Encoding.mp3(64_000),
        Encoding.mp3Variable(4, true),
        Encoding.aac(64_000),
        Encoding.alac(),
        Encoding.wma(64_000));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void givenAFileCutOffBeforeTheWindowIsWhole_whenDecoded_thenTruncated(Encoding encoding)
      throws IOException {
    byte[] whole = encode(encoding, 20);

    assertThat(failure(file("x", Arrays.copyOf(whole, whole.length / 5))))
        .as(encoding.name())
        .isEqualTo(FailureCode.TRUNCATED);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void givenAFileCutOffAfterTheWindow_whenDecoded_thenWhatIsThereIsDecoded(Encoding encoding)
      throws IOException, SongException {
    byte[] whole = encode(encoding, 20);
    Path file = file("x", Arrays.copyOf(whole, whole.length * 7 / 10));
    if (encoding.container().equals("ipod")) {
      // The index comes last, so without the end there is nothing.
      assertThat(failure(file)).isEqualTo(FailureCode.TRUNCATED);
      return;
    }

    AudioClip clip = decoder.decode(Sound.song(file));

    assertThat(clip.getInfo().getDurationSeconds()).isBetween(12.0, 16.0);
    float[] samples = Sound.samples(clip);
    assertThat(samples.length).isGreaterThanOrEqualTo(5 * clip.getSampleRate());
    assertThat(samples[samples.length - 1]).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12, 40, 100})
  void givenOnlyTheFirstBytes_whenDecoded_thenACodeNeverAClip(int length) throws IOException {
    for (Encoding encoding : formats().toList()) {
      byte[] head = Arrays.copyOf(encode(encoding, 2), length);

      assertThat(failure(file("x", head)))
          .as("%s, %d bytes", encoding.name(), length)
          .isIn(
              FailureCode.TRUNCATED,
              FailureCode.NOT_AUDIO,
              FailureCode.BAD_HEADER,
              FailureCode.NO_SAMPLES);
    }
  }

  @ParameterizedTest
  @CsvSource({"2147483647", "-1", "1", "441000000"})
  void givenAWavWhoseHeaderLiesAboutItsSize_whenDecoded_thenWhatIsThereCounts(int size)
      throws IOException, SongException {
    byte[] wav = encode(Encoding.wav(), 12);
    int data = find(wav, "data");
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(data + 4, size);

    AudioClip clip = decoder.decode(Sound.song(file("x.wav", wav)));

    assertThat(clip.getInfo().getDurationSeconds()).isEqualTo(12);
  }

  @Test
  void givenAHeaderOfTenHoursOverTwoSeconds_whenDecoded_thenTruncated() throws IOException {
    byte[] wav = encode(Encoding.wav(), 2);
    ByteBuffer.wrap(wav)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(find(wav, "data") + 4, 36_000 * RATE * 2);
    byte[] flac = encode(Encoding.flac(), 2);
    // The last 32 of STREAMINFO's 36 bits of samples.
    ByteBuffer.wrap(flac).putInt(8 + 14, 36_000 * RATE);

    assertThat(failure(file("x.wav", wav))).isEqualTo(FailureCode.TRUNCATED);
    assertThat(failure(file("x.flac", flac))).isEqualTo(FailureCode.TRUNCATED);
  }

  @Test
  void givenNoSamples_whenDecoded_thenNoSamples() throws IOException {
    for (Encoding encoding : new Encoding[] {Encoding.wav(), Encoding.aiff(16), Encoding.flac()}) {
      byte[] none = AudioEncoder.encode(encoding, new float[2][0], RATE, Map.of());

      assertThat(failure(file("x", none))).as(encoding.name()).isEqualTo(FailureCode.NO_SAMPLES);
    }
  }

  @Test
  void givenNothingButATag_whenDecoded_thenNoSamples() throws IOException {
    byte[] tag = new byte[1034];
    System.arraycopy(new byte[] {'I', 'D', '3', 3, 0, 0, 0, 0, 8, 0}, 0, tag, 0, 10);

    assertThat(failure(file("x.mp3", tag))).isEqualTo(FailureCode.NO_SAMPLES);
  }

  @ParameterizedTest
  @CsvSource({"22, 2, 10000", "24, 4, -294967296", "24, 4, 4000000", "22, 2, 0", "24, 4, 0"})
  void givenAWavOfImpossibleChannelsOrRate_whenDecoded_thenBadHeader(int at, int bytes, int value)
      throws IOException {
    byte[] wav = encode(Encoding.wav(), 12);
    ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes == 2) {
      header.putShort(at, (short) value);
    } else {
      header.putInt(at, value);
    }

    assertThat(failure(file("x.wav", wav))).isEqualTo(FailureCode.BAD_HEADER);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void givenSamplesThatAreNoNumbers_whenDecoded_thenNotFinite(float value) throws IOException {
    float[][] sound = Sound.glide(1, 12, RATE);
    sound[0][6 * RATE] = value;
    byte[] wav = AudioEncoder.encode(Encoding.wavFloat(32), sound, RATE, Map.of());

    assertThat(failure(file("x.wav", wav))).isEqualTo(FailureCode.NOT_FINITE);
  }

  @Test
  void givenAFilmWithoutSound_whenDecoded_thenNoAudioStream() throws IOException {
    assertThat(failure(file("x.mp4", SilentFilm.mp4()))).isEqualTo(FailureCode.NO_AUDIO_STREAM);
  }

  @ParameterizedTest
  @MethodSource("framedFormats")
  void givenTheMiddleOverwrittenByNoise_whenDecoded_thenCorrupt(Encoding encoding)
      throws IOException {
    byte[] bytes = encode(encoding, 12);
    byte[] noise = new byte[bytes.length / 2];
    new java.util.Random(5).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length / 4, noise.length);
    Path file = file("x", bytes);

    assertThat(failure(file)).as(encoding.name()).isEqualTo(FailureCode.CORRUPT);
  }

  /** Noise is good PCM; and MP3's frames are found again after it, so that the song is shorter. */
  static Stream<Encoding> framedFormats() {
    return Stream.of(
        Encoding.flac(),
        Encoding.aac(64_000),
        Encoding.alac(),
        Encoding.vorbis(4),
        Encoding.opus(64_000));
  }

  @Test
  void givenNoTime_whenDecoded_thenTimeout() throws IOException {
    WindowDecoder hurried = new WindowDecoder(DecodeOptions.of(30, 1, 1e-6));
    for (Encoding encoding : formats().toList()) {
      Path file = file("x", encode(encoding, 2));

      SongException thrown =
          assertThrows(SongException.class, () -> hurried.decode(Sound.song(file)));

      assertThat(thrown.code()).isEqualTo(FailureCode.TIMEOUT);
      assertThat(thrown).hasMessageContaining("decode.time_limit_seconds");
    }
  }

  @Test
  void givenAFileSystemThatDoesNotAnswer_whenDecoded_thenTimeout() throws IOException {
    Pipe silent = Pipe.open();
    Deadline deadline = new Deadline(0.05);
    try (SongBytes bytes =
        new SongBytes(FileSystems.matchNewResource("silent", false), silent.source(), 1_000_000)) {
      Watchdog watchdog = new Watchdog(deadline, bytes);
      ByteWindow window = new ByteWindow(bytes, deadline);

      SongException thrown = assertThrows(SongException.class, () -> window.has(0, 16));

      watchdog.stop();
      assertThat(thrown.code()).isEqualTo(FailureCode.TIMEOUT);
    }
  }

  private FailureCode failure(Path file) throws IOException {
    var song = Sound.song(file);
    SongException thrown = assertThrows(SongException.class, () -> decoder.decode(song));
    assertThat(thrown.getMessage()).isNotBlank().doesNotContain("\n");
    return thrown.code();
  }

  private Path file(String name, byte... content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] encode(Encoding encoding, double seconds) {
    return AudioEncoder.encode(encoding, Sound.glide(1, seconds, RATE), RATE, Map.of());
  }

  private static int find(byte[] bytes, String word) {
    byte[] wanted = word.getBytes(UTF_8);
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + 4, wanted, 0, 4)) {
        return i;
      }
    }
  }
}
