package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;

/** One run over every kind of bad file, among good ones: each ends in its own code. */
final class FailuresIT {
  private static final double SECONDS = 8;

  @TempDir private Path folder;

  @Test
  void givenEveryKindOfBadFile_whenRun_thenEachEndsInItsCodeAndTheRestIsUnharmed()
      throws IOException {
    Path songs = Files.createDirectories(folder.resolve("songs"));
    TestSongs.write(songs, 0, 8, SECONDS);
    Path bad = Files.createDirectories(songs.resolve("bad"));
    byte[] wav = encoded(Encoding.wav(), 50, SECONDS);
    byte[] flac = encoded(Encoding.flac(), 51, SECONDS);
    Map<String, String> expected = new TreeMap<>();

    Files.write(bad.resolve("empty.mp3"), new byte[0]);
    expected.put("empty.mp3", "empty_file");
    Files.writeString(bad.resolve("text.mp3"), "This is no song, only words.\n".repeat(500));
    expected.put("text.mp3", "not_audio");
    Files.write(bad.resolve("cut.flac"), Arrays.copyOf(flac, flac.length / 2));
    expected.put("cut.flac", "truncated");
    Files.write(bad.resolve("no samples.wav"), Arrays.copyOf(withDataSize(wav, 0), dataAt(wav)));
    expected.put("no samples.wav", "no_samples");
    TestSongs.write(bad.resolve("short.ogg"), Encoding.vorbis(5), 52, true, 1.5);
    expected.put("short.ogg", "too_short");
    AudioEncoder.write(
        bad.resolve("silence.flac"),
        Encoding.flac(),
        new float[][] {new float[(int) (SECONDS * TestSongs.SAMPLE_RATE)]},
        TestSongs.SAMPLE_RATE,
        Map.of());
    expected.put("silence.flac", "silent");
    float[] notFinite = TestSongs.samples(53, true, SECONDS);
    notFinite[notFinite.length / 2] = Float.NaN;
    AudioEncoder.write(
        bad.resolve("nan.wav"),
        Encoding.wavFloat(32),
        new float[][] {notFinite},
        TestSongs.SAMPLE_RATE,
        Map.of());
    expected.put("nan.wav", "not_finite");
    Files.createDirectory(bad.resolve("folder.mp3"));
    expected.put("folder.mp3", "is_directory");
    Files.createSymbolicLink(bad.resolve("loop"), songs);
    expected.put("loop", "symlink_loop");
    Files.createSymbolicLink(bad.resolve("gone.wav"), bad.resolve("nowhere.wav"));
    expected.put("gone.wav", "vanished");

    Map<String, String> well = new TreeMap<>();
    Files.write(bad.resolve("lying header.wav"), withDataSize(wav, Integer.MAX_VALUE));
    well.put("lying header.wav", "Song 50");
    for (String name :
        List.of("-dash.wav", "it's \"so\", new\nline.wav", "গান ও সুর.wav", "per%20cent #1?.wav")) {
      int number = 60 + well.size();
      TestSongs.write(bad.resolve(name), Encoding.wav(), number, false, SECONDS);
      well.put(name, "Song " + number);
    }

    RunOutcome first = run();

    assertThat(failures()).isEqualTo(expected);
    assertThat(first.coverage())
        .isEqualTo(
            new Coverage(
                8 + well.size() + expected.size(), 8 + well.size(), expected.size(), 0, 0));
    assertThat(first.manyFailed()).isTrue();
    Map<String, String> clustered = new TreeMap<>();
    for (CsvRow row : CsvFile.read(folder.resolve("out/assignments.csv").toString())) {
      if (row.get("language").equals("bad")) {
        clustered.put(name(row), row.get("title"));
      }
    }
    assertThat(clustered).isEqualTo(well);

    RunOutcome second = run();

    assertThat(failures()).as("remembered").isEqualTo(expected);
    assertThat(second.decoded()).isZero();
  }

  private RunOutcome run() throws IOException {
    return new SongRun(
            TestRuns.request(folder.resolve("songs"), folder, "out", "data", List.of()), p -> {})
        .execute();
  }

  private Map<String, String> failures() throws IOException {
    Map<String, String> codes = new TreeMap<>();
    for (CsvRow row : CsvFile.read(folder.resolve("out/failures.csv").toString())) {
      assertThat(row.get("message")).isNotBlank();
      codes.put(name(row), row.get("code"));
    }
    return codes;
  }

  private static String name(CsvRow row) {
    return row.get("filepath").replaceFirst("(?s).*songs/bad/", "");
  }

  private static byte[] encoded(Encoding encoding, int number, double seconds) {
    return AudioEncoder.encode(
        encoding,
        new float[][] {TestSongs.samples(number, true, seconds)},
        TestSongs.SAMPLE_RATE,
        Map.of("title", "Song " + number));
  }

  /** The file with another size in the header of its samples. */
  private static byte[] withDataSize(byte[] wav, int size) {
    byte[] changed = wav.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(dataAt(wav) - 4, size);
    return changed;
  }

  /** Where the samples begin. */
  private static int dataAt(byte[] wav) {
    return new String(wav, StandardCharsets.ISO_8859_1).indexOf("data") + 8;
  }
}
