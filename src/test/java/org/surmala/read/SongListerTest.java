package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.io.Shards;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

final class SongListerTest {
  @TempDir private Path folder;
  private Path songs;

  @BeforeEach
  void makeFolder() throws IOException {
    songs = Files.createDirectory(folder.resolve("songs"));
  }

  @Test
  void givenAFolder_whenListed_thenTheFirstLevelIsTheLabelAndOtherKindsAreSkipped()
      throws IOException {
    touch("loose.mp3");
    touch("bangla/গান.ogg");
    touch("bangla/album/deep.FLAC");
    touch("english/cover.jpg");
    touch("english/._shadow.mp3");
    touch("english/no extension");

    assertThat(list(songs.toString()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "songs/loose.mp3", "song null",
                "songs/bangla/গান.ogg", "song bangla",
                "songs/bangla/album/deep.FLAC", "song bangla",
                "songs/english/cover.jpg", "skipped OTHER_KIND",
                "songs/english/._shadow.mp3", "skipped OTHER_KIND",
                "songs/english/no extension", "skipped OTHER_KIND"));
  }

  @Test
  void givenIgnoreFiles_whenListed_thenWhatTheyNameIsSkipped() throws IOException {
    touch("a.mp3");
    touch("take.wav");
    touch("Audiobooks/1.mp3");
    touch("Audiobooks/deep/2.mp3");
    touch("Audiobooks/kept.mp3");
    touch("live/take.wav");
    touch("live/b.mp3");
    touch("live/demo/c.mp3");
    Files.writeString(
        songs.resolve(".surmalaignore"), "# spoken\nAudiobooks/\n!Audiobooks/kept.mp3\n*.wav\n");
    Files.writeString(songs.resolve("live/.surmalaignore"), "!take.wav\n/demo/\nb[\n");

    assertThat(list(songs.toString()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "songs/.surmalaignore", "skipped OTHER_KIND",
                "songs/a.mp3", "song null",
                "songs/take.wav", "skipped IGNORED",
                "songs/Audiobooks/1.mp3", "skipped IGNORED",
                "songs/Audiobooks/deep/2.mp3", "skipped IGNORED",
                // As git: a folder that is left out is not looked into.
                "songs/Audiobooks/kept.mp3", "skipped IGNORED",
                "songs/live/.surmalaignore", "skipped OTHER_KIND",
                "songs/live/take.wav", "song live",
                "songs/live/b.mp3", "song live",
                "songs/live/demo/c.mp3", "skipped IGNORED"));
  }

  @Test
  void givenAPatternOfTitles_whenListed_thenNamesThatMatchAreRead() throws IOException {
    touch("Cher~Believe.mp3");
    touch("Cher - Believe.mp3");
    Map<String, SongFile> rows = new TreeMap<>();

    list(songs.toString(), rows);

    assertThat(rows.get("songs/Cher~Believe.mp3"))
        .extracting(SongFile::getNameArtist, SongFile::getNameTitle)
        .containsExactly("Cher", "Believe");
    assertThat(rows.get("songs/Cher - Believe.mp3"))
        .extracting(SongFile::getNameArtist, SongFile::getNameTitle)
        .containsExactly(null, null);
  }

  @Test
  void givenAListOfPaths_whenListed_thenEachWholeLineIsAFile() throws IOException {
    touch("a.mp3");
    touch("deep/b.mp3");
    Path list = folder.resolve("list.txt");
    Files.writeString(
        list, "songs/a.mp3\n\n  " + songs.resolve("deep/b.mp3") + "\ngone.mp3\nsongs/a.m");

    assertThat(list(list.toString()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "songs/a.mp3", "song null",
                "songs/deep/b.mp3", "song null",
                "gone.mp3", "vanished"));
  }

  @Test
  void givenNamesThatShellsDislike_whenListed_thenEachIsASong() throws IOException {
    String[] names = {
      "-leading dash.wav",
      "it's \"quoted\".wav",
      "comma, semicolon;.wav",
      "line\nbreak.wav",
      "percent%20#?.wav",
      "সুরমালা.wav",
      "[bracket]{brace}*.wav"
    };
    for (String name : names) {
      touch(name);
    }

    Map<String, String> listed = list(songs.toString());

    assertThat(listed).hasSize(names.length);
    for (String name : names) {
      assertThat(listed).containsEntry("songs/" + name, "song null");
    }
  }

  @Test
  void givenAFolderWhoseNameHasWildcards_whenListedByItselfOrByAGlobBelow_thenItIsTakenByItsName()
      throws IOException {
    touch("Album [2020] {x}/one.wav");
    touch("Album [2020] {x}/deep/two.wav");
    touch("Album 2 x/three.wav");
    String album = songs.resolve("Album [2020] {x}").toString();

    assertThat(list(album).keySet())
        .containsExactlyInAnyOrder(
            "songs/Album [2020] {x}/one.wav", "songs/Album [2020] {x}/deep/two.wav");
    assertThat(list(album + "/*.wav").keySet()).containsExactly("songs/Album [2020] {x}/one.wav");
    assertThat(list(album + "/**.wav")).hasSize(2);
    assertThat(list(songs + "/Album [12] x/*").keySet())
        .containsExactly("songs/Album 2 x/three.wav");
    assertThatThrownBy(() -> list(album + "/*.mp3"))
        .hasMessageContaining("'" + album + "/*.mp3' matches no file");
  }

  @Test
  void givenNamesInLatin1_whenListed_thenEachFailsByACodeOfItsOwnAndTheRestIsFound()
      throws IOException {
    touch("good.wav");
    // "Gr\u00fc.wav" and "Gr\u00f6.wav" in Latin-1; a URI is how Java names them.
    for (String name : List.of("Gr%FC.wav", "Gr%F6.wav", "b%E4/%E0%A6%97.wav", "cover%FC.jpg")) {
      Path file = Path.of(URI.create(songs.toUri() + name));
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.createFile(file);
    }

    assertThat(list(songs.toString()))
        .isEqualTo(
            Map.of(
                "songs/good.wav",
                "song null",
                songs + "/Gr\\xFC.wav",
                "bad_name",
                songs + "/Gr\\xF6.wav",
                "bad_name",
                songs + "/b\\xE4/\u0997.wav",
                "bad_name",
                songs + "/cover\\xFC.jpg",
                "skipped OTHER_KIND"));
  }

  @Test
  void givenAURIWithoutItsFileSystem_whenRequired_thenTheErrorNamesTheProfile() {
    for (String scheme : List.of("gs", "hdfs")) {
      assertThatThrownBy(() -> SongsPath.require(scheme + "://bucket/songs/"))
          .hasMessageContaining("cannot read " + scheme + "://")
          .hasMessageContaining("-P" + scheme + " package");
    }
    assertThatThrownBy(() -> SongsPath.require("ftp://host/songs/"))
        .hasMessageContaining("no file system for ftp://");
  }

  @Test
  void givenAFolderNamedAsASong_whenListed_thenItFailsAndItsSongsAreStillFound()
      throws IOException {
    touch("x.mp3/inside.wav");

    assertThat(list(songs.toString()))
        .isEqualTo(Map.of("songs/x.mp3", "is_directory", "songs/x.mp3/inside.wav", "song x.mp3"));
  }

  @Test
  void givenALoopOfLinks_whenListed_thenItIsAFailureAndListingEnds() throws IOException {
    touch("a/one.wav");
    Files.createSymbolicLink(songs.resolve("a/loop"), songs);
    Files.createSymbolicLink(songs.resolve("a/nowhere.mp3"), songs.resolve("gone.mp3"));

    assertThat(list(songs.toString()))
        .isEqualTo(
            Map.of(
                "songs/a/one.wav", "song a",
                "songs/a/loop", "symlink_loop",
                "songs/a/nowhere.mp3", "vanished"));
  }

  @Test
  void givenAGlob_whenListed_thenOnlyMatchesAreOffered() throws IOException {
    touch("pop/one.wav");
    touch("pop/two.mp3");
    touch("folk/three.wav");

    assertThat(list(songs + "/*/*.wav"))
        .isEqualTo(Map.of("songs/pop/one.wav", "song pop", "songs/folk/three.wav", "song folk"));
  }

  @Test
  void givenASingleSong_whenListed_thenItIsTheOnlyOne() throws IOException {
    touch("pop/one.wav");

    assertThat(list(songs + "/pop/one.wav")).isEqualTo(Map.of("songs/pop/one.wav", "song null"));
  }

  @Test
  void givenAMetadataFile_whenListed_thenItsColumnsAndRelativePathsCount() throws IOException {
    touch("one.wav");
    touch("two, too.wav");
    Path csv = songs.resolve("metadata.csv");
    Files.writeString(
        csv,
        "\uFEFF"
            + """
            id,filepath,language,title,lyrics,mood
            7,one.wav,Bangla,"আমার ""সোনার"" বাংলা","line one
            line two",glad
            8,"two, too.wav",,,,
            9,missing.wav,English,Gone,,
            """,
        StandardCharsets.UTF_8);
    Map<String, SongFile> rows = new TreeMap<>();

    assertThat(list(csv.toString(), rows))
        .isEqualTo(
            Map.of(
                "songs/one.wav", "song Bangla",
                "songs/two, too.wav", "song null",
                "songs/missing.wav", "vanished"));
    SongFile one = Objects.requireNonNull(rows.get("songs/one.wav"));
    assertThat(one.getTitle()).isEqualTo("আমার \"সোনার\" বাংলা");
    assertThat(one.getLyrics()).isEqualTo("line one\nline two");
    assertThat(one.getSize()).isEqualTo(1);
    assertThat(one.getLabels()).isEqualTo(Map.of("mood", "glad"));
    assertThat(Objects.requireNonNull(rows.get("songs/two, too.wav")).getLabels()).isEmpty();
    assertThat(SongsPath.columns(csv.toString()))
        .containsExactly("id", "filepath", "language", "title", "lyrics", "mood");
    assertThat(SongsPath.columns(songs.toString())).isEmpty();
  }

  @Test
  void givenAMetadataFileWithoutFilepath_whenListed_thenTheErrorNamesTheColumnsFound()
      throws IOException {
    Path csv = songs.resolve("metadata.csv");
    Files.writeString(csv, "id,path\n1,one.wav\n");

    assertThatThrownBy(() -> list(csv.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no column 'filepath' among [id, path]");
  }

  @Test
  void givenRowsThatAreWrongInThemselves_whenListed_thenEachFailsAlone() throws IOException {
    touch("one.wav");
    touch("deep/two.wav");
    Path csv = songs.resolve("metadata.csv");
    Files.writeString(
        csv,
        """
        id,filepath,language
        1,one.wav, bn\s
        2,,bn
        3,a, b.wav,bn
        4,gone.wav
        5,deep\\two.wav,NaN
        ,,
        """);

    assertThat(list(csv.toString()))
        .isEqualTo(
            Map.of(
                "songs/one.wav",
                "song bn",
                csv + "#2",
                "bad_row",
                csv + "#3",
                "bad_row",
                csv + "#4",
                "bad_row",
                "songs/deep/two.wav",
                "song null"));
  }

  @Test
  void givenNearMissesInTheHeader_whenRead_thenTheMessageAsks() throws IOException {
    Path csv = songs.resolve("metadata.csv");
    Files.writeString(csv, ",filepath,Language,titel,mood\n0,one.wav,bn,One,glad\n");

    assertThat(SongsPath.notes(csv.toString()))
        .containsExactly(
            csv + ": left out because they have no name: columns [1]",
            csv + ": column 'Language' is not read; did you mean 'language'?",
            csv + ": column 'titel' is not read; did you mean 'title'?");
    Files.writeString(csv, "id,file_path\n1,one.wav\n");
    assertThatThrownBy(() -> SongsPath.notes(csv.toString()))
        .hasMessageContaining("no column 'filepath'")
        .hasMessageContaining("did you mean 'file_path'?");
  }

  @Test
  void givenNoSuchPlace_whenRequired_thenTheErrorNamesIt() {
    assertThatThrownBy(() -> SongsPath.require("/no/such/place"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'/no/such/place' is not there");
  }

  @Test
  void givenADriveTakenOutWhileItIsListed_whenListed_thenItIsNotThereAndNoSongOfItFails()
      throws IOException {
    touch("a/one.wav");
    touch("a/two.wav");
    touch("b/three.wav");
    Map<String, SongFile> takesTheDriveOut =
        new TreeMap<>() {
          @Override
          public SongFile put(String filepath, SongFile file) {
            if (isEmpty()) {
              move();
            }
            return super.put(filepath, file);
          }

          private void move() {
            try {
              Files.move(songs, folder.resolve("drive"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };

    assertThatThrownBy(() -> list(songs.toString(), takesTheDriveOut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + songs + "' is not there");
    assertThat(takesTheDriveOut).hasSize(1);
  }

  private void touch(String name) throws IOException {
    Path file = songs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {1});
  }

  private Map<String, String> list(String place) throws IOException {
    return list(place, new TreeMap<>());
  }

  private Map<String, String> list(String place, Map<String, SongFile> rows) throws IOException {
    Map<String, String> seen = new TreeMap<>();
    new SongLister(
            new ReadOptions(
                place,
                folder.toString(),
                ReadOptions.DEFAULT_EXTENSIONS,
                folder + "/catalog.avro",
                new Shards(1),
                List.of("mood", "tempo"),
                TitlePattern.of("(?<artist>.+)~(?<title>.+)")))
        .list(
            new Listing() {
              @Override
              public void song(SongFile file) {
                rows.put(file.getFilepath(), file);
                put(file.getFilepath(), "song " + file.getLanguage());
              }

              @Override
              public void skipped(SkippedFile file) {
                put(file.getFilepath(), "skipped " + file.getReason());
              }

              @Override
              public void failed(Failure failure) {
                put(failure.getFilepath(), failure.getCode());
              }

              private void put(String filepath, String what) {
                assertThat(seen.put(filepath, what)).as(filepath).isNull();
              }
            });
    return seen;
  }
}
