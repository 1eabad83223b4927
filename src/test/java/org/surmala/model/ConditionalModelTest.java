package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.model.nn.FitListener;
import org.surmala.model.nn.SeededRandom;
import org.surmala.schema.Condition;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import smile.clustering.KMeans;
import smile.math.MathEx;
import smile.validation.metric.AdjustedRandIndex;

/** A conditional VAE. */
final class ConditionalModelTest {
  private static final int COLUMNS = 40;
  private static final int ROWS = 600;
  private static final int MUSIC = 4;
  private static final List<String> SOURCES = List.of("cassette", "radio", "vinyl");
  private static final Map<String, String> QUICK =
      Map.of("epochs", "3", "hidden", "12", "latent", "3", "condition", "source");
  private static final TrainingRows SMALL = recordings(1, 90);

  /**
   * Four kinds of music behind a nonlinear map, each song recorded from one of three sources that
   * shifts every feature, some of them by more than the music does.
   */
  private static TrainingRows recordings(long seed, int rows) {
    return recordings(seed, rows, 2);
  }

  private static TrainingRows recordings(long seed, int rows, double strength) {
    float[] values = Planted.clusters(MUSIC, rows, 4, COLUMNS, 0.3, seed);
    SeededRandom random = new SeededRandom(seed, 99);
    double[][] shifts = new double[SOURCES.size()][COLUMNS];
    for (double[] shift : shifts) {
      for (int j = 0; j < COLUMNS; j++) {
        shift[j] = strength * random.gaussian();
      }
    }
    List<@Nullable String> sources = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      // Of every kind of music as many songs from each source.
      int source = r / MUSIC % SOURCES.size();
      sources.add(SOURCES.get(source));
      for (int j = 0; j < COLUMNS; j++) {
        values[r * COLUMNS + j] += (float) shifts[source][j];
      }
    }
    return AnnotatedTable.labelled(TrainingRows.of(COLUMNS, values), sources);
  }

  private static FittedModel fit(Map<String, String> options, TrainingRows table, long seed) {
    return Representations.of("cvae", options).fit(table, Representation.Setting.of(seed));
  }

  private static Model model(FittedModel fitted) {
    TreeMap<String, String> options = new TreeMap<>(Representations.of("cvae", QUICK).options());
    return fitted.toModel("cvae", new Provenance("", 0, "", 1L, options, Map.of()));
  }

  private static ModelInput song(TrainingRows table, int row, @Nullable String label) {
    float[] values = new float[table.columns()];
    table.read(row, values, 0);
    return new ModelInput(List.of(values), null, label);
  }

  private static double[][] places(FittedModel model, TrainingRows table) {
    double[][] places = new double[table.rows()][];
    for (int r = 0; r < places.length; r++) {
      float[] place = model.embed(song(table, r, table.label(r)));
      places[r] = IntStream.range(0, place.length).mapToDouble(j -> place[j]).toArray();
    }
    return places;
  }

  private static int[] clusters(double[][] places, int k, long seed) {
    MathEx.setSeed(seed);
    KMeans best = null;
    for (int restart = 0; restart < 20; restart++) {
      KMeans found = KMeans.fit(places, k);
      best = best == null || found.distortion < best.distortion ? found : best;
    }
    return Objects.requireNonNull(best).y;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenSourcesThatShiftEveryFeature_whenTold_thenClustersAreTheMusicAndNotTheSource(
      long seed) {
    TrainingRows table = recordings(seed, ROWS);
    int[] music = IntStream.range(0, ROWS).map(r -> r % MUSIC).toArray();
    int[] source = IntStream.range(0, ROWS).map(r -> r / MUSIC % SOURCES.size()).toArray();
    FittedModel plain =
        Representations.of("sigma_vae", Map.of()).fit(table, Representation.Setting.of(seed));
    FittedModel told = fit(Map.of("condition", "source"), table, seed);

    TrainingRows unshifted = recordings(seed, ROWS, 0);
    FittedModel undisturbed =
        Representations.of("sigma_vae", Map.of()).fit(unshifted, Representation.Setting.of(seed));

    double best =
        AdjustedRandIndex.of(music, clusters(places(undisturbed, unshifted), MUSIC, seed));
    double[][] audio = places(plain, table);
    double[][] conditioned = places(told, table);

    assertThat(AdjustedRandIndex.of(source, clusters(audio, SOURCES.size(), seed)))
        .as("VAE, source")
        .isGreaterThan(0.9);
    assertThat(AdjustedRandIndex.of(music, clusters(audio, MUSIC, seed)))
        .as("VAE, music")
        .isLessThan(0.4);
    assertThat(AdjustedRandIndex.of(source, clusters(conditioned, SOURCES.size(), seed)))
        .as("CVAE, source")
        .isLessThan(0.05);
    assertThat(AdjustedRandIndex.of(music, clusters(conditioned, MUSIC, seed)))
        .as("CVAE, music")
        .isGreaterThan(best - 0.02);
    assertThat(best).as("without sources, music").isGreaterThan(0.9);
  }

  @Test
  void givenOneSeed_whenFittedOnOneThreadAndOnThree_thenModelsAreTheSame() {
    Representation cvae = Representations.of("cvae", QUICK);
    Model one = model(cvae.fit(SMALL, Representation.Setting.of(5)));
    Model three =
        model(cvae.fit(SMALL, new Representation.Setting(5, List.of(), 3, FitListener.SILENT)));
    assertThat(three).isEqualTo(one);
  }

  @Test
  void givenAModel_whenLoaded_thenItSaysWhatItIsToldAndPlacesAreTheSame() {
    FittedModel fitted = fit(QUICK, SMALL, 5);
    Model model = model(fitted);
    assertThat(model.getCondition()).isEqualTo(new Condition("source", SOURCES));
    FittedModel loaded = Representations.load(model);
    assertThat(loaded.inputSpec()).isEqualTo(InputSpec.vectorAndLabel("source"));
    for (String label : SOURCES) {
      ModelInput song = song(SMALL, 7, label);
      assertThat(loaded.embed(song)).containsExactly(fitted.embed(song));
      float[] place = fitted.embed(song);
      assertThat(loaded.decode(place, label)).containsExactly(fitted.decode(place, label));
    }
    assertThat(model(loaded)).isEqualTo(model);
  }

  @Test
  void givenOtherLabels_whenEmbeddedAndDecoded_thenBothChange() {
    FittedModel fitted = fit(QUICK, SMALL, 5);
    float[] vinyl = fitted.embed(song(SMALL, 7, "vinyl"));
    assertThat(fitted.embed(song(SMALL, 7, "radio"))).isNotEqualTo(vinyl);
    assertThat(fitted.decode(vinyl, "radio")).isNotEqualTo(fitted.decode(vinyl, "vinyl"));
  }

  @Test
  void givenASongWithoutLabelOrWithAnUnknownOne_whenEmbedded_thenItIsToldWhatSongsAreOnAverage() {
    FittedModel fitted = fit(QUICK, SMALL, 5);
    ModelInput none = song(SMALL, 7, null);
    float[] place = fitted.embed(none);
    assertThat(fitted.embed(none.rows().get(0))).containsExactly(place);
    assertThat(fitted.embed(song(SMALL, 7, "wax cylinder"))).containsExactly(place);
    assertThat(fitted.decode(place)).containsExactly(fitted.decode(place, null));
  }

  /** 2 of 3 songs are of the first label; codes are what the encoder takes behind the features. */
  @Test
  void givenShares_whenALabelIsCoded_thenItIsOneHotLessThemAndZerosWhenUnknown() {
    TrainingRows table =
        AnnotatedTable.labelled(
            TrainingRows.of(1, new float[4]), Arrays.asList("a", "b", "a", null));
    LabelEncoding code = LabelEncoding.fit("cvae", "source", table);
    assertThat(code.append(new float[] {7}, "a"))
        .containsExactly(new float[] {7, 1 / 3f, -1 / 3f}, within(1e-6f));
    assertThat(code.append(new float[] {7}, "b"))
        .containsExactly(new float[] {7, -2 / 3f, 2 / 3f}, within(1e-6f));
    assertThat(code.append(new float[] {7}, null)).containsExactly(7, 0, 0);
    assertThat(code.append(new float[] {7}, "c")).containsExactly(7, 0, 0);
  }

  @Test
  void givenAModelToldTheSameLabels_whenFittedWithoutMoving_thenItIsThatModel() {
    Map<String, String> still = new TreeMap<>(QUICK);
    still.putAll(Map.of("epochs", "1", "learning_rate", "1e-9"));
    FittedModel first = fit(still, SMALL, 3);
    TrainingRows later = recordings(2, 120);
    FittedModel on =
        Representations.of("cvae", still)
            .fit(later, Representation.Setting.of(4).from(Representations.load(model(first))));
    ModelInput song = song(later, 11, "radio");
    assertThat(on.embed(song)).containsExactly(first.embed(song), within(1e-5f));
  }

  @Test
  void givenALabelThatTheStartHasNot_whenFitted_thenItIsAsFromTheBeginning() {
    List<@Nullable String> labels =
        IntStream.range(0, SMALL.rows()).mapToObj(r -> r == 0 ? "tape" : SMALL.label(r)).toList();
    TrainingRows later = AnnotatedTable.labelled(SMALL, labels);
    Representation cvae = Representations.of("cvae", QUICK);
    FittedModel start = fit(QUICK, SMALL, 3);
    assertThat(model(cvae.fit(later, Representation.Setting.of(4).from(start))))
        .isEqualTo(model(cvae.fit(later, Representation.Setting.of(4))));
  }

  @Test
  void givenNoSongWithALabel_whenFitted_thenTheOptionAndARemedyAreNamed() {
    TrainingRows table =
        AnnotatedTable.labelled(SMALL, Collections.nCopies(SMALL.rows(), (@Nullable String) null));
    assertThatThrownBy(() -> fit(QUICK, table, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cvae.condition is 'source', in which none of 90 has a"
                + " value; name a column that has 1 to 256, or leave the model out");
  }

  @Test
  void givenALabelForEachSong_whenFitted_thenTheirNumberIsNamed() {
    List<@Nullable String> names =
        IntStream.range(0, 300).<@Nullable String>mapToObj(r -> "title " + r).toList();
    TrainingRows table = AnnotatedTable.labelled(recordings(1, 300), names);
    assertThatThrownBy(() -> fit(QUICK, table, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'source', in which there are 300 different values, more than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a;b", "a=b", "\"a\""})
  void givenAColumnThatNoFlagCouldName_whenRead_thenItIsRefused(String column) {
    assertThatThrownBy(() -> Representations.of("cvae", Map.of("condition", column)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cvae.condition: '" + column + "' is not allowed");
  }
}
