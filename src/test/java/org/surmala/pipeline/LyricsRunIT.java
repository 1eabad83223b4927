package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.io.AvroFile;
import org.surmala.io.CheckpointFile;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.schema.Condition;
import org.surmala.schema.Embedding;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

/** A run over songs that their owner describes: words, languages, and where they come from. */
final class LyricsRunIT {
  private static final int SONGS = 18;
  private static final double SECONDS = 6;
  private static final List<String> BANGLA =
      List.of("নদীর জলে আলো", "আকাশ ভরা তারা", "ফুলের বনে বাতাস");
  private static final List<String> ENGLISH =
      List.of("a river of light", "stars above the road", "wind in the garden");

  @TempDir private static Path folder;

  /** Song 1 has its words in its own tags, song 3 other ones there than its owner gives. */
  @BeforeAll
  static void composeAndRun() throws IOException {
    StringBuilder csv = new StringBuilder("id,filepath,language,title,lyrics,source\r\n");
    for (int i = 0; i < SONGS; i++) {
      Path song = folder.resolve("songs/%02d.flac".formatted(i));
      Files.createDirectories(song.getParent());
      AudioEncoder.write(
          song,
          Encoding.flac(),
          new float[][] {TestSongs.samples(i, isBangla(i), SECONDS)},
          TestSongs.SAMPLE_RATE,
          i == 1 || i == 3 ? Map.of("lyrics", "tagged words") : Map.of());
      csv.append(i).append(",songs/%02d.flac,".formatted(i));
      csv.append(isBangla(i) ? "Bangla" : "English").append(",Song ").append(i).append(',');
      csv.append(ownersWords(i)).append(',').append(source(i)).append("\r\n");
    }
    Files.writeString(folder.resolve("metadata.csv"), csv);
    new SongRun(request("source"), progress -> {}).execute();
  }

  private static boolean isBangla(int song) {
    return song % 2 == 0;
  }

  private static String ownersWords(int song) {
    return song == 1 || song % 6 > 3
        ? ""
        : (isBangla(song) ? BANGLA : ENGLISH).get(song % BANGLA.size());
  }

  private static String source(int song) {
    return song % 4 < 2 ? "vinyl" : "radio";
  }

  private static RunRequest request(String condition) {
    Settings settings = new Settings();
    TestRuns.QUICK.forEach(settings::set);
    Map.of(
            "models.list", "raw,audio_lyrics,cvae",
            "primary.representation", "audio_lyrics",
            "cluster.algorithms", "kmeans",
            "cluster.k", "2",
            "audio_lyrics.epochs", "20",
            "audio_lyrics.latent", "4",
            "cvae.epochs", "20",
            "cvae.latent", "4",
            "cvae.condition", condition)
        .forEach(settings::set);
    return new RunRequest(
        new SongSource.Sound(folder.resolve("metadata.csv").toString()),
        folder.resolve("results").toString(),
        folder.resolve("data").toString(),
        settings,
        List.of());
  }

  private static List<CsvRow> rows(String name) throws IOException {
    return CsvFile.read(folder.resolve("results").resolve(name).toString());
  }

  private static CsvRow song(int number) throws IOException {
    String name = "songs/%02d.flac".formatted(number);
    return rows("assignments.csv").stream()
        .filter(row -> row.get("filepath").endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, float[]> places(String representation) throws IOException {
    Map<String, float[]> places = new HashMap<>();
    AvroFile.read(
        folder.resolve("results/embeddings.avro").toString(),
        Embedding.class,
        embedding -> {
          if (embedding.getRepresentation().equals(representation)) {
            float[] place = new float[embedding.getVector().size()];
            for (int d = 0; d < place.length; d++) {
              place[d] = embedding.getVector().get(d);
            }
            places.put(embedding.getId(), place);
          }
        });
    return places;
  }

  private static Model model(String name) throws IOException {
    List<ModelCheckpoint> checkpoints =
        AvroFile.read(
            folder.resolve("results/records/checkpoints.avro").toString(), ModelCheckpoint.class);
    return CheckpointFile.read(
        checkpoints.stream().filter(c -> c.getName().equals(name)).findFirst().orElseThrow());
  }

  @Test
  void givenModelsOfWords_whenRun_thenTheirScriptStandsBesideThemAndRowsAreMarked()
      throws IOException {
    Map<String, List<String>> flags = new HashMap<>();
    for (CsvRow row : rows("clustering_metrics.csv")) {
      flags.put(row.get("representation"), List.of(row.get("flags").split(";", -1)));
      assertThat(row.get("n_songs")).isEqualTo(Integer.toString(SONGS));
    }
    assertThat(flags).containsOnlyKeys("raw", "audio_lyrics", "cvae", "lyrics", "script");
    for (String reads : List.of("audio_lyrics", "lyrics", "script")) {
      assertThat(flags.get(reads)).as(reads).contains("chosen", "script");
    }
    assertThat(flags.get("cvae")).contains("chosen", "conditioned_on=source");
    assertThat(flags.get("raw"))
        .noneMatch(flag -> flag.equals("script") || flag.startsWith("conditioned"));
  }

  /** Shares of letters: Bengali, then Latin; all zeros where there is nothing to read. */
  @Test
  void givenWordsOfTheOwnerAndOfTags_whenRead_thenTheOwnersCountAndTagsWhereThereAreNoOthers()
      throws IOException {
    Map<String, float[]> script = places("script");
    assertThat(script).hasSize(SONGS);
    for (int i = 0; i < SONGS; i++) {
      float[] expected =
          i == 1
              ? new float[] {0, 1}
              : ownersWords(i).isEmpty()
                  ? new float[2]
                  : isBangla(i) ? new float[] {1, 0} : new float[] {0, 1};
      assertThat(script.get(song(i).get("id"))).as("song %d", i).containsExactly(expected);
    }
    Map<String, float[]> lyrics = places("lyrics");
    // The owner gave songs 3 and 9 the same words; what song 3 has in its tags is not read.
    assertThat(lyrics.get(song(3).get("id"))).containsExactly(lyrics.get(song(9).get("id")));
    assertThat(lyrics.get(song(1).get("id"))).isNotEqualTo(lyrics.get(song(3).get("id")));
    assertThat(lyrics.get(song(5).get("id"))).containsOnly(0);
    Map<String, float[]> both = places("audio_lyrics");
    assertThat(both).hasSize(SONGS);
    assertThat(both.values()).allSatisfy(place -> assertThat(place).hasSize(4));
  }

  @Test
  void givenAConditionalModel_whenRun_thenItSaysWhatItIsToldAndTheSourceIsAConfound()
      throws IOException {
    Model cvae = model("cvae");
    assertThat(cvae.getCondition()).isEqualTo(new Condition("source", List.of("radio", "vinyl")));
    assertThat(cvae.getProvenance().getOptions()).containsEntry("condition", "source");
    assertThat(model("audio_lyrics").getCondition()).isNull();
    List<CsvRow> confounds = new ArrayList<>(rows("confounds.csv"));
    confounds.removeIf(row -> !row.get("property").equals("source"));
    assertThat(confounds)
        .extracting(row -> row.get("representation"))
        .containsExactlyInAnyOrder("raw", "audio_lyrics", "cvae", "lyrics", "script");
    assertThat(confounds).extracting(row -> row.get("songs")).containsOnly("18");
    // Of each language as many songs from each source, give or take one: it tells nothing.
    assertThat(confounds).extracting(row -> row.get("alarming")).containsOnly("false");
  }

  @Test
  void givenMarks_whenReported_thenEachIsASentence() throws IOException {
    String report = Files.readString(folder.resolve("results/REPORT.md"));
    assertThat(report)
        .contains("The model reads lyrics, and their script alone may predict the label")
        .contains("ARI of lyrics alone: ")
        .contains("of script of the lyrics: ")
        .contains(
            "CVAE is conditioned on the column source of each song: agreement of its clusters");
    assertThat(Files.readString(folder.resolve("results/index.html")))
        .contains("CVAE is conditioned on the column source of each song")
        .contains("conditioned on source");
  }

  @Test
  void givenTheSameSongs_whenRunAgain_thenNothingIsDecodedAndTheBytesAreTheSame()
      throws IOException {
    byte[] first = Files.readAllBytes(folder.resolve("results/embeddings.avro"));
    assertThat(new SongRun(request("source"), progress -> {}).execute().decoded()).isZero();
    assertThat(folder.resolve("results/embeddings.avro")).hasBinaryContent(first);
  }

  @Test
  void givenAColumnThatNoSongHas_whenRun_thenTheOptionTheColumnsAndARemedyAreNamed() {
    assertThatThrownBy(() -> new SongRun(request("mood"), progress -> {}).execute())
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("cvae.condition is 'mood', and --songs ")
        .hasMessageContaining(
            "has only the columns language, artist, codec, sample_rate, channels, id,"
                + " filepath, title, lyrics, source; name one of them");
  }
}
