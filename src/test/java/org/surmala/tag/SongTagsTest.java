package org.surmala.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.decode.DecodeOptions;
import org.surmala.decode.WindowDecoder;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;

/** Tags in each format, with FFmpeg as a second reader. */
final class SongTagsTest {
  private static final String TEXT = "Surmala: A; like: শিল্পী - গান; Ann - \"Blue\"";

  private static final Map<TagField, String> TEXTS =
      Map.of(
          TagField.GROUPING,
          "1" + TEXT,
          TagField.MOOD,
          "2" + TEXT,
          TagField.COMMENT,
          "3" + TEXT,
          TagField.BPM,
          "98",
          TagField.KEY,
          "F#m");

  @TempDir private Path folder;

  static Stream<Encoding> taggable() {
    return Stream.of(
        Encoding.wav(),
        Encoding.aiff(16),
        Encoding.flac(),
        Encoding.mp3(96_000),
        Encoding.mp3Variable(4, true),
        Encoding.mp3Variable(4, false),
        Encoding.mp3Bare(96_000),
        Encoding.vorbis(4),
        Encoding.aac(96_000),
        Encoding.alac(),
        Encoding.wma(96_000));
  }

  private Path song(Encoding encoding) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    float[] samples = new float[22_050 * 12];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(i * 0.05) + 0.1 * (random.nextDouble() - 0.5));
    }
    Path file = folder.resolve("song." + encoding.extension());
    AudioEncoder.write(
        file,
        encoding,
        new float[][] {samples},
        22_050,
        Map.of("title", "A title", "artist", "An artist"));
    return file;
  }

  private static AudioClip decoded(Path file) throws SongException, IOException {
    SongRef song =
        SongRef.newBuilder()
            .setId("0".repeat(64))
            .setUri(file.toString())
            .setFilepath("song")
            .setSize(Files.size(file))
            .setModified(0)
            .build();
    return new WindowDecoder(DecodeOptions.of(8, 1, 60)).decode(song);
  }

  @ParameterizedTest
  @MethodSource("taggable")
  void givenAFormat_whenEveryFieldIsWritten_thenEachIsReadBackAndSoundAndOtherTagsStay(
      Encoding encoding) throws Exception {
    Path file = song(encoding);
    AudioClip before = decoded(file);
    // The file's own name may end otherwise, as that of a copy does.
    Path copy = Files.copy(file, folder.resolve(".song.unfinished"));

    assertThat(SongTags.read(copy, encoding.extension()))
        .containsOnlyKeys(TagField.values())
        .allSatisfy((field, text) -> assertThat(text).isEmpty());
    SongTags.write(copy, encoding.extension(), TEXTS);

    assertThat(SongTags.read(copy, encoding.extension())).isEqualTo(TEXTS);
    AudioClip after = decoded(copy);
    assertThat(after.getSamples()).isEqualTo(before.getSamples());
    assertThat(after.getStartSeconds()).isEqualTo(before.getStartSeconds());
    assertThat(after.getInfo().getTitle()).isEqualTo(before.getInfo().getTitle());
    assertThat(after.getInfo().getArtist()).isEqualTo(before.getInfo().getArtist());
  }

  @ParameterizedTest
  @MethodSource("taggable")
  void givenATag_whenTheSameIsWrittenAgain_thenItIsThereOnce(Encoding encoding) throws Exception {
    Path file = song(encoding);

    SongTags.write(file, encoding.extension(), Map.of(TagField.COMMENT, "first"));
    SongTags.write(file, encoding.extension(), Map.of(TagField.COMMENT, "second"));

    assertThat(SongTags.read(file, encoding.extension())).containsEntry(TagField.COMMENT, "second");
  }

  @Test
  void givenFormatsWithoutAKnownTag_whenReadOrWritten_thenTheyAreRefused() throws IOException {
    for (Encoding encoding : new Encoding[] {Encoding.opus(64_000), Encoding.aacBare(96_000)}) {
      Path file = song(encoding);
      byte[] before = Files.readAllBytes(file);

      assertThatThrownBy(() -> SongTags.read(file, encoding.extension()))
          .isInstanceOf(UntaggableException.class)
          .hasMessage("Surmala writes no tags to ." + encoding.extension() + " files");
      assertThatThrownBy(() -> SongTags.write(file, encoding.extension(), TEXTS))
          .isInstanceOf(UntaggableException.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void givenNoSoundAtAll_whenRead_thenItIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("x.mp3"), "no sound");

    assertThatThrownBy(() -> SongTags.read(file, "mp3")).isInstanceOf(UntaggableException.class);
    assertThatThrownBy(() -> SongTags.read(folder.resolve("none.flac"), "flac"))
        .isInstanceOf(UntaggableException.class);
  }
}
