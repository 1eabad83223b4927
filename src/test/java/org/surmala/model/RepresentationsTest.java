package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.FitListener;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/** Laws that hold for every kind, and the options' refusals. */
final class RepresentationsTest {
  private static final int COLUMNS = 12;
  private static final TrainingRows TABLE =
      TrainingRows.of(COLUMNS, Planted.clusters(4, 200, 3, COLUMNS, 0.3, 11));

  static List<Representation> all() {
    Map<String, String> quick =
        Map.of("epochs", "100", "hidden", "20", "latent", "4", "learning_rate", "0.01");
    Map<String, String> rich = new HashMap<>(quick);
    rich.putAll(
        Map.of(
            "activation", "elu",
            "layer_norm", "true",
            "dropout", "0.1",
            "weight_decay", "0.01",
            "clip_gradient", "10",
            "batch", "130",
            "transform", "rank"));
    Map<String, String> perFeature = new HashMap<>(quick);
    perFeature.putAll(
        Map.of("variance", "per_feature", "activation", "tanh", "free_bits", "0.1", "cycles", "2"));
    return List.of(
        Representations.of("raw", Map.of()),
        Representations.of("pca", Map.of("latent", "4")),
        Representations.of("ae", quick),
        Representations.of("vae", quick),
        Representations.of("vae", rich),
        Representations.of("sigma_vae", quick),
        Representations.of("sigma_vae", perFeature),
        Representations.of(
            "conv_vae",
            Map.of("channels", "8", "epochs", "100", "latent", "4", "learning_rate", "0.01")),
        Representations.of("neighbour_vae", quick),
        Representations.of("vade", quick));
  }

  private static Model model(Representation representation, FittedModel fitted) {
    return fitted.toModel(
        representation.kind(),
        new Provenance(
            "", TABLE.rows(), "", 1L, new TreeMap<>(representation.options()), new TreeMap<>()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void givenOneSeed_whenFittedOnOneThreadAndOnThree_thenModelsAreTheSame(Representation kind) {
    Model one = model(kind, kind.fit(TABLE, Representation.Setting.of(5)));
    Model three =
        model(
            kind, kind.fit(TABLE, new Representation.Setting(5, List.of(), 3, FitListener.SILENT)));
    assertThat(three).isEqualTo(one);
  }

  @Test
  void givenLayersWorthSharing_whenFittedOnThreeThreads_thenModelIsTheSame() {
    Representation wide =
        Representations.of("vae", Map.of("epochs", "3", "hidden", "512,256", "batch", "160"));
    Model one = model(wide, wide.fit(TABLE, Representation.Setting.of(5)));
    Model three =
        model(
            wide, wide.fit(TABLE, new Representation.Setting(5, List.of(), 3, FitListener.SILENT)));
    assertThat(three).isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("all")
  void givenModel_whenItIsLoaded_thenPlacesAndTensorsAreTheSame(Representation kind) {
    FittedModel fitted = kind.fit(TABLE, Representation.Setting.of(5));
    Model model = model(kind, fitted);
    FittedModel loaded = Representations.load(model);
    float[] row = new float[COLUMNS];
    for (int r = 0; r < TABLE.rows(); r++) {
      TABLE.read(r, row, 0);
      assertThat(loaded.embed(row)).containsExactly(fitted.embed(row));
    }
    assertThat(model(kind, loaded)).isEqualTo(model);
    assertThat(model.getTensors().stream().map(Tensor::getValues).mapToInt(ByteBuffer::remaining))
        .allMatch(length -> length > 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void givenModel_whenTrainingRowsAreDecoded_thenMuchOfThemIsThere(Representation kind) {
    FittedModel fitted = kind.fit(TABLE, Representation.Setting.of(5));
    double error = 0;
    double all = 0;
    float[] row = new float[COLUMNS];
    for (int r = 0; r < TABLE.rows(); r++) {
      TABLE.read(r, row, 0);
      float[] seen = fitted.preprocess(row);
      float[] decoded = fitted.decode(fitted.embed(row));
      assertThat(decoded).hasSize(COLUMNS);
      for (int j = 0; j < COLUMNS; j++) {
        error += (seen[j] - decoded[j]) * (seen[j] - decoded[j]);
        all += seen[j] * seen[j];
      }
    }
    assertThat(1 - error / all).isGreaterThan(0.3);
  }

  @Test
  void givenPca_whenPlacesAreComputed_thenTheyAreUncorrelatedAndDescendInVariance() {
    Representation pca = Representations.of("pca", Map.of("latent", "12", "clip", "0"));
    FittedModel fitted = pca.fit(TABLE, Representation.Setting.of(1));
    double[][] product = new double[COLUMNS][COLUMNS];
    double trace = 0;
    float[] row = new float[COLUMNS];
    for (int r = 0; r < TABLE.rows(); r++) {
      TABLE.read(r, row, 0);
      float[] place = fitted.embed(row);
      for (int i = 0; i < COLUMNS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
          product[i][j] += (double) place[i] * place[j] / TABLE.rows();
        }
      }
    }
    for (int i = 0; i < COLUMNS; i++) {
      trace += product[i][i];
      for (int j = 0; j < COLUMNS; j++) {
        if (i != j) {
          assertThat(product[i][j]).isCloseTo(0, within(1e-4));
        }
      }
      if (i > 0) {
        assertThat(product[i][i]).isLessThanOrEqualTo(product[i - 1][i - 1] + 1e-6);
      }
    }
    // Standardised columns have variance 1 each, and a rotation keeps the sum.
    assertThat(trace).isCloseTo(COLUMNS, within(1e-3));
  }

  @Test
  void givenTwoSongs_whenFitted_thenEachKindHasAPlaceForThem() {
    TrainingRows two =
        AnnotatedTable.labelled(
            AnnotatedTable.of(
                TrainingRows.of(3, new float[] {1, 2, 3, 2, 1, 0}),
                List.of("slow rain", "নদীর জলে")),
            List.of("English", "Bangla"));
    for (String kind : Representations.kinds()) {
      FittedModel fitted =
          Representations.of(kind, Map.of()).fit(two, Representation.Setting.of(1));
      for (float value : fitted.embed(new float[] {1, 2, 3})) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void givenOneSong_whenFitted_thenItIsRefused() {
    TrainingRows one = TrainingRows.of(3, new float[] {1, 2, 3});
    for (String kind : Representations.kinds()) {
      Representation representation = Representations.of(kind, Map.of());
      assertThatThrownBy(() -> representation.fit(one, Representation.Setting.of(1)))
          .hasMessage("a model needs at least 2 songs to be fitted on; there are 1");
    }
  }

  @Test
  void givenSmallBuffer_whenFitted_thenEveryTrainingRowIsSeenInEachPass() {
    TrainingRows wide = TrainingRows.of(1, numbers(3_000));
    EpochShuffler epochs =
        new EpochShuffler(wide, GroupedValidationSplit.of(wide, List.of(), 0.1, 3), 3, 1_000);
    assertThat(epochs.validationRows()).isEqualTo(300);
    float[] row = new float[1];
    double[] first = new double[2_700];
    double[] second = new double[2_700];
    for (double[] pass : List.of(first, second)) {
      epochs.begin();
      for (int i = 0; i < 2_700; i++) {
        epochs.next(row);
        pass[i] = row[0];
      }
    }
    assertThat(first).isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrder(first);
    assertThat(first).doesNotHaveDuplicates();
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vae | betta=2     | a vae model has no option 'betta'; its options are activation, batch
          vae | beta=-1     | vae.beta: '-1' is not allowed; give a number from 0 to
          vae | beta=much   | vae.beta: 'much' is not allowed; give a number from 0 to
          vae | latent=0    | vae.latent: '0' is not allowed; give a whole number from 1 to 4096
          vae | latent=2.5  | vae.latent: '2.5' is not allowed; give a whole number from 1
          vae | hidden=64,x | vae.hidden: '64,x' is not allowed; give whole numbers from 1
          vae | activation=gelu | vae.activation: 'gelu' is not allowed; give one of relu, elu, tanh
          vae | layer_norm=yes  | vae.layer_norm: 'yes' is not allowed; give true or false
          pca | beta=1      | a pca model has no option 'beta'; its options are clip, input, latent
          ae  | beta=1      | a ae model has no option 'beta'
          raw | weights=a:1 | raw.weights: 'a:1' is not allowed; give name=weight pairs
          umap | latent=2   | there is no model kind 'umap'; give one of raw, pca, onnx, song_lda, ae, vae, sigma_vae, neighbour_vae, vade
          """)
  void givenWrongOption_whenRead_thenNameRangeAndValueAreSaid(
      String kind, String option, String message) {
    String[] parts = option.split("=", 2);
    assertThatThrownBy(() -> Representations.of(kind, Map.of(parts[0], parts[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
