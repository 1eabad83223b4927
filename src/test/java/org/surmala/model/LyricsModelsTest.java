package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.model.nn.FitListener;
import org.surmala.model.nn.SeededRandom;
import org.surmala.schema.Provenance;

/** Models of lyrics on songs of two languages, half of them without lyrics. */
final class LyricsModelsTest {
  private static final int SONGS = 80;
  private static final int COLUMNS = 8;

  /** The lyrics' 32 values count as much each as one of the 8 features. */
  private static final Map<String, String> QUICK =
      Map.of(
          "hidden", "16",
          "text_hidden", "8",
          "text_weight", "4",
          "latent", "4",
          "epochs", "200",
          "learning_rate", "0.01");

  private static final List<String> ENGLISH =
      List.of("slow", "rain", "river", "road", "light", "summer", "hand", "letter", "harbour");
  private static final List<String> BANGLA =
      List.of("নদী", "মেঘ", "আকাশ", "গান", "বৃষ্টি", "পাখি", "মাটি", "সন্ধ্যা", "জোনাকি");

  /** A song of an even number is English; of each language every second has lyrics. */
  private static List<String> lyrics() {
    SeededRandom noise = new SeededRandom(4, 0);
    List<String> lyrics = new ArrayList<>();
    for (int i = 0; i < SONGS; i++) {
      List<String> words = new ArrayList<>();
      for (int w = 0; w < 12; w++) {
        words.add((i % 2 == 0 ? ENGLISH : BANGLA).get(noise.below(ENGLISH.size())));
      }
      lyrics.add(i % 4 < 2 ? String.join(" ", words) : null);
    }
    return lyrics;
  }

  /** The sound has four groups; songs 0 and 1 of each four are of two languages and one group. */
  private static TrainingRows songs() {
    float[] values = new float[SONGS * COLUMNS];
    float[] planted = Planted.clusters(4, SONGS, 2, COLUMNS, 0.2, 6);
    for (int i = 0; i < SONGS; i++) {
      // The sound of a song does not tell its language.
      System.arraycopy(planted, i / 2 * COLUMNS, values, i * COLUMNS, COLUMNS);
    }
    return AnnotatedTable.of(TrainingRows.of(COLUMNS, values), lyrics());
  }

  private static ModelInput song(TrainingRows table, int row) {
    float[] values = new float[COLUMNS];
    table.read(row, values, 0);
    return new ModelInput(List.of(values), table.lyrics(row));
  }

  private static FittedModel fit(String kind) {
    return representation(kind).fit(songs(), Representation.Setting.of(3));
  }

  private static Representation representation(String kind) {
    return Representations.of(kind, kind.equals("audio_lyrics") ? QUICK : Map.of());
  }

  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int d = 0; d < a.length; d++) {
      square += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return Math.sqrt(square);
  }

  /** Mean distance between songs of two languages over that between songs of one. */
  private static double spread(FittedModel model, boolean withLyrics) {
    TrainingRows table = songs();
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < SONGS; i++) {
      for (int j = 0; j < i; j++) {
        ModelInput one = song(table, i);
        ModelInput other = song(table, j);
        if ((one.lyrics() != null) == withLyrics && (other.lyrics() != null) == withLyrics) {
          int apart = (i - j) % 2;
          sums[apart] += distance(model.embed(one), model.embed(other));
          counts[apart]++;
        }
      }
    }
    return sums[1] / counts[1] / (sums[0] / counts[0]);
  }

  @Test
  void givenLanguagesThatSoundAlike_whenFused_thenOnlyLyricsTellThemApart() {
    FittedModel model = fit("audio_lyrics");
    assertThat(spread(model, true)).isGreaterThan(1.3);
    assertThat(spread(model, false)).isCloseTo(1, within(0.1));
  }

  @Test
  void givenSongWithoutLyrics_whenFused_thenItsPlaceIsThatOfItsSound() {
    FittedModel model = fit("audio_lyrics");
    TrainingRows table = songs();
    float[] features = song(table, 2).rows().get(0);
    float[] place = model.embed(new ModelInput(List.of(features), null));
    assertThat(model.embed(features)).containsExactly(place);
    assertThat(model.embed(new ModelInput(List.of(features), "♪"))).containsExactly(place);
    assertThat(model.embed(new ModelInput(List.of(features), "river road"))).isNotEqualTo(place);
  }

  @Test
  void givenNewLyricsInOneLanguage_whenFused_thenTheyLieWithThatLanguage() {
    FittedModel model = fit("audio_lyrics");
    TrainingRows table = songs();
    int right = 0;
    for (int i = 0; i < SONGS; i++) {
      float[] features = song(table, i).rows().get(0);
      float[] bangla = model.embed(new ModelInput(List.of(features), String.join(" ", BANGLA)));
      double english = 0;
      double own = 0;
      for (int j = 0; j < SONGS; j += 4) {
        english += distance(bangla, model.embed(song(table, j)));
        own += distance(bangla, model.embed(song(table, j + 1)));
      }
      right += own < english ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(SONGS * 9 / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio_lyrics", "lyrics", "script"})
  void givenOneSeed_whenFittedOnOneThreadAndOnThree_thenModelsAreTheSameAndLoad(String kind) {
    Representation representation = representation(kind);
    Provenance provenance =
        new Provenance("", SONGS, "", 3L, new TreeMap<>(representation.options()), new TreeMap<>());
    FittedModel one = representation.fit(songs(), Representation.Setting.of(3));
    FittedModel three =
        representation.fit(
            songs(), new Representation.Setting(3, List.of(), 3, FitListener.SILENT));
    assertThat(three.toModel(kind, provenance)).isEqualTo(one.toModel(kind, provenance));
    FittedModel loaded = Representations.load(one.toModel(kind, provenance));
    TrainingRows table = songs();
    for (int i = 0; i < SONGS; i++) {
      assertThat(loaded.embed(song(table, i))).containsExactly(one.embed(song(table, i)));
    }
    assertThat(loaded.toModel(kind, provenance)).isEqualTo(one.toModel(kind, provenance));
  }

  @Test
  void givenLyricsAlone_whenFitted_thenLanguagesAreApartAndSilenceIsTheOrigin() {
    FittedModel model = fit("lyrics");
    assertThat(spread(model, true)).isGreaterThan(1.5);
    assertThat(model.embed(song(songs(), 2))).containsOnly(0);
  }

  @Test
  void givenScriptAlone_whenFitted_thenPlacesAreSharesOfLetters() {
    FittedModel model = fit("script");
    ModelInput song = song(songs(), 0);
    // Marks are no letters; bengali, then latin.
    assertThat(model.embed(new ModelInput(song.rows(), "river গ ন ম")))
        .containsExactly(0.375f, 0.625f);
    assertThat(model.embed(new ModelInput(song.rows(), "river река"))).containsExactly(0, 5f / 9);
    assertThat(model.embed(new ModelInput(song.rows(), null))).containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio_lyrics", "lyrics", "script"})
  void givenNoLyrics_whenFitted_thenItIsRefused(String kind) {
    TrainingRows silent =
        AnnotatedTable.of(TrainingRows.of(1, new float[] {1, 2, 3}), Collections.nCopies(3, null));
    assertThatThrownBy(() -> representation(kind).fit(silent, Representation.Setting.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the model " + kind + " needs")
        .hasMessageEndingWith("fill the column lyrics of metadata.csv, or leave the model out");
  }

  @Test
  void givenModelsOfLyrics_whenListed_thenWhatTheyOweStandsBehind() {
    assertThat(Representations.withCompanions(List.of("raw", "audio_lyrics", "pca")))
        .containsExactly("raw", "audio_lyrics", "pca", "lyrics", "script");
    assertThat(Representations.withCompanions(List.of("script", "lyrics")))
        .containsExactly("script", "lyrics");
    assertThat(Representations.withCompanions(List.of("raw", "vae"))).containsExactly("raw", "vae");
  }
}
