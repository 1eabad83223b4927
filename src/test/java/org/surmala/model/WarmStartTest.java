package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/** Fits that begin where another ended. */
final class WarmStartTest {
  private static final Map<String, String> STILL =
      Map.of("epochs", "1", "learning_rate", "1e-9", "hidden", "12", "latent", "3");
  private static final TrainingRows FIRST = table(1, 80, 0);
  private static final TrainingRows LATER = table(2, 120, 5);

  private static TrainingRows table(long seed, int rows, double shift) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * (1 + i % 6) + shift);
    }
    return TrainingRows.of(6, values);
  }

  private static Model model(Representation representation, FittedModel fitted) {
    return fitted.toModel(
        "m", new Provenance("", 0, "", 1L, new TreeMap<>(representation.options()), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ae", "vae", "sigma_vae", "neighbour_vae", "vade"})
  void givenAModelOfTheSameShape_whenFittedWithoutMoving_thenItIsThatModelOnOtherSongs(
      String kind) {
    Representation representation = Representations.of(kind, STILL);
    FittedModel first = representation.fit(FIRST, Representation.Setting.of(3));

    FittedModel later =
        representation.fit(LATER, Representation.Setting.of(4).from(loaded(representation, first)));

    List<Tensor> before = model(representation, first).getTensors();
    List<Tensor> after = model(representation, later).getTensors();
    assertThat(after).hasSameSizeAs(before);
    for (int t = 0; t < before.size(); t++) {
      assertThat(after.get(t).getName()).isEqualTo(before.get(t).getName());
      if (before.get(t).getName().startsWith("input.")) {
        assertThat(after.get(t)).isEqualTo(before.get(t));
      }
    }
    float[] row = {1, -2, 3, -4, 5, -6};
    assertThat(later.embed(row)).containsExactly(first.embed(row), within(1e-5f));
  }

  private static Offset<Float> within(float offset) {
    return Offset.offset(offset);
  }

  private static FittedModel loaded(Representation representation, FittedModel fitted) {
    return Representations.load(model(representation, fitted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv_vae", "audio_lyrics"})
  void givenAModelOfSeveralInputs_whenFittedWithoutMoving_thenItIsThatModelOnOtherSongs(
      String kind) {
    Map<String, String> still = Map.of("epochs", "1", "learning_rate", "1e-9", "latent", "3");
    Representation representation = Representations.of(kind, still);
    TrainingRows first =
        AnnotatedTable.of(FIRST, texts(FIRST.rows(), "slow rain", "a river", "the road"));
    TrainingRows later =
        AnnotatedTable.of(LATER, texts(LATER.rows(), "নদীর জলে", "আকাশ", "a river"));
    FittedModel begun = representation.fit(first, Representation.Setting.of(3));

    FittedModel on =
        representation.fit(later, Representation.Setting.of(4).from(loaded(representation, begun)));

    float[] row = {1, -2, 3, -4, 5, -6};
    ModelInput song = new ModelInput(List.of(row), "slow river");
    assertThat(on.embed(song)).containsExactly(begun.embed(song), within(1e-5f));
    assertThat(representation.fit(later, Representation.Setting.of(4)).embed(song))
        .isNotEqualTo(begun.embed(song));
  }

  private static List<String> texts(int count, String... texts) {
    return IntStream.range(0, count).mapToObj(i -> texts[i % texts.length]).toList();
  }

  @Test
  void givenAModelOfAnotherShape_whenFitted_thenItIsAsFromTheBeginning() {
    Representation wide = Representations.of("vae", Map.of("epochs", "2", "hidden", "16"));
    Representation narrow = Representations.of("vae", Map.of("epochs", "2", "hidden", "8"));
    FittedModel start = wide.fit(FIRST, Representation.Setting.of(1));

    FittedModel begun = narrow.fit(LATER, Representation.Setting.of(2).from(start));

    assertThat(model(narrow, begun))
        .isEqualTo(model(narrow, narrow.fit(LATER, Representation.Setting.of(2))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "pca"})
  void givenARepresentationInClosedForm_whenFittedFromAModel_thenTheModelIsPassedOver(String kind) {
    Representation representation = Representations.of(kind, Map.of());
    FittedModel start = representation.fit(FIRST, Representation.Setting.of(1));

    FittedModel begun = representation.fit(LATER, Representation.Setting.of(2).from(start));

    assertThat(model(representation, begun))
        .isEqualTo(model(representation, representation.fit(LATER, Representation.Setting.of(2))));
  }
}
