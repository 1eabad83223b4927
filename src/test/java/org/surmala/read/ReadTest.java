package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.Shards;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.step.Step;

public final class ReadTest {
  // echo -n abc | sha256sum; FIPS 180-2, appendix B.1
  private static final String SHA256_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void givenTheSameBytesTwice_whenRead_thenOneSongAndOneDuplicate() throws IOException {
    write("b/second.mp3", "abc");
    write("a/first.mp3", "abc");
    write("a/other.mp3", "abd");

    PCollectionTuple out = identified(pipeline, options());

    PAssert.that(names(out.get(Read.SONGS))).containsInAnyOrder("a/first.mp3", "a/other.mp3");
    PAssert.that(out.get(Read.DUPLICATES))
        .containsInAnyOrder(new DuplicateSong(SHA256_ABC, "b/second.mp3", "a/first.mp3"));
    PAssert.that(out.get(Step.FAILURES)).empty();
    pipeline.run();
  }

  /** What of the content tells files apart must not tell equal ones apart. */
  @Test
  public void givenFilesOfOneSize_whenListed_thenEqualOnesAreInOneGroup() throws IOException {
    String bytes = "0123456789".repeat(3_000);
    write("a/first.mp3", bytes);
    write("b/second.mp3", bytes);
    for (int i = 0; i < 20; i++) {
      write("c/other" + i + ".mp3", bytes.substring(0, 15_000) + i % 10 + bytes.substring(15_001));
    }
    write("a/lone.mp3", "abcd");

    PCollectionTuple out =
        pipeline.apply(
            Read.from(
                new ReadOptions(
                    root().toString(),
                    root().toString(),
                    ReadOptions.DEFAULT_EXTENSIONS,
                    root() + "/catalog.avro",
                    new Shards(1_000),
                    List.of(),
                    TitlePattern.NONE)));

    PAssert.that(out.get(Read.FILES))
        .satisfies(
            groups -> {
              List<Set<String>> paths = new ArrayList<>();
              for (KV<Integer, Iterable<SongFile>> group : groups) {
                Set<String> members = new HashSet<>();
                group.getValue().forEach(file -> members.add(file.getFilepath()));
                paths.add(members);
              }
              assertThat(paths)
                  .hasSizeGreaterThan(8)
                  .anyMatch(members -> members.containsAll(Set.of("a/first.mp3", "b/second.mp3")));
              return null;
            });
    PAssert.that(out.get(Read.LISTED)).containsInAnyOrder(23L);
    pipeline.run();
  }

  @Test
  public void givenAnIgnoreFile_whenRead_thenEveryFileIsCountedAndIgnoredSongsAreSkipped()
      throws IOException {
    write("a/song.mp3", "abc");
    write("Audiobooks/1.mp3", "abd");
    write(".surmalaignore", "Audiobooks/");

    PCollectionTuple out = pipeline.apply(Read.from(options()));

    PAssert.that(out.get(Read.SKIPPED))
        .containsInAnyOrder(
            new SkippedFile("Audiobooks/1.mp3", SkipReason.IGNORED),
            new SkippedFile(".surmalaignore", SkipReason.OTHER_KIND));
    PAssert.that(out.get(Read.LISTED)).containsInAnyOrder(3L);
    PAssert.that(out.get(Read.FAILURES)).empty();
    pipeline.run();
  }

  @Test
  public void givenLyricsBesideASong_whenRead_thenTheyAreTakenWithoutTimeStamps()
      throws IOException {
    write("a/song.mp3", "abc");
    write("a/song.lrc", "[ar:Someone]\n[00:01.00]first line\n[00:02.50]second line\n");

    PCollection<String> lyrics =
        identified(pipeline, options())
            .get(Read.SONGS)
            .apply(MapElements.into(TypeDescriptors.strings()).via(SongRef::getLyrics));

    PAssert.that(lyrics).containsInAnyOrder("first line\nsecond line");
    pipeline.run();
  }

  @Test
  public void givenAnUnchangedFileInTheCatalog_whenReadAgain_thenItsBytesAreNotRead()
      throws IOException {
    Path song = write("a/song.mp3", "abc");
    FileTime time = Files.getLastModifiedTime(song);
    identified(pipeline, options())
        .get(Read.IDENTIFIED)
        .apply(WriteCatalog.to(options().catalog()));
    pipeline.run().waitUntilFinish();
    // Same size and time, other bytes: only one who reads them can tell.
    Files.writeString(song, "xyz");
    Files.setLastModifiedTime(song, time);

    TestPipeline second = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollection<String> ids =
        identified(second, options())
            .get(Read.SONGS)
            .apply(MapElements.into(TypeDescriptors.strings()).via(SongRef::getId));
    PAssert.that(ids).containsInAnyOrder(SHA256_ABC);
    second.run().waitUntilFinish();

    assertThat(Files.readString(song)).isEqualTo("xyz");
  }

  @Test
  public void givenAFileThatVanishesAfterListing_whenIdentified_thenItIsVanished() {
    PCollection<String> codes =
        pipeline
            .apply(
                Read.from(
                    new ReadOptions(
                        metadataNaming("gone.mp3"),
                        root().toString(),
                        ReadOptions.DEFAULT_EXTENSIONS,
                        root() + "/catalog.avro",
                        new Shards(2),
                        List.of(),
                        TitlePattern.NONE)))
            .get(Read.FAILURES)
            .apply(MapElements.into(TypeDescriptors.strings()).via(Failure::getCode));

    PAssert.that(codes).containsInAnyOrder("vanished");
    pipeline.run();
  }

  private static PCollectionTuple identified(Pipeline pipeline, ReadOptions options) {
    return pipeline
        .apply("Read", Read.from(options))
        .get(Read.FILES)
        .apply("Identify", Identify.files());
  }

  private String metadataNaming(String song) {
    try {
      return write("metadata.csv", "filepath\n" + song + "\n").toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static PCollection<String> names(PCollection<SongRef> songs) {
    return songs.apply(MapElements.into(TypeDescriptors.strings()).via(SongRef::getFilepath));
  }

  private ReadOptions options() {
    return new ReadOptions(
        root().toString(),
        root().toString(),
        ReadOptions.DEFAULT_EXTENSIONS,
        temporary.getRoot() + "/catalog.avro",
        new Shards(2),
        List.of(),
        TitlePattern.NONE);
  }

  private Path root() {
    return temporary.getRoot().toPath().resolve("songs");
  }

  private Path write(String name, String content) throws IOException {
    Path file = root().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
