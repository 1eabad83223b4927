package org.surmala.model.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.model.AnnotatedTable;
import org.surmala.model.FittedModel;
import org.surmala.model.GroupedValidationSplit;
import org.surmala.model.InputSpec;
import org.surmala.model.ModelInput;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.FitListener;
import org.surmala.model.nn.SeededRandom;
import org.surmala.schema.Provenance;

/** A convolutional VAE on patches of songs of two kinds. */
final class ConvRepresentationTest {
  private static final int BANDS = 12;
  private static final int FRAMES = 13;
  private static final int SONGS = 40;
  private static final int PATCHES = 3;
  private static final Map<String, String> QUICK =
      Map.of(
          "channels",
          "8,8",
          "latent",
          "3",
          "patches",
          "2",
          "epochs",
          "30",
          "learning_rate",
          "0.005");

  /**
   * Songs of three patches: a song of an even number has a beat every third frame, one of an odd
   * number every fourth, from some frame on, in the same bands and as loud on the whole.
   */
  private static TrainingRows songs() {
    SeededRandom noise = new SeededRandom(9, 0);
    float[] values = new float[SONGS * PATCHES * BANDS * FRAMES];
    int at = 0;
    for (int patch = 0; patch < SONGS * PATCHES; patch++) {
      int period = 3 + patch / PATCHES % 2;
      int first = noise.below(period);
      for (int band = 0; band < BANDS; band++) {
        for (int frame = 0; frame < FRAMES; frame++) {
          double beat = frame % period == first ? 4.0 * period / 3 : 0;
          values[at++] = (float) (band - 40 + beat + 0.3 * noise.gaussian());
        }
      }
    }
    TrainingRows rows = TrainingRows.of(BANDS * FRAMES, values, row -> row / PATCHES);
    return AnnotatedTable.images(rows, BANDS);
  }

  private static ModelInput song(TrainingRows table, int number) {
    List<float[]> rows = new ArrayList<>();
    for (int patch = 0; patch < PATCHES; patch++) {
      float[] row = new float[table.columns()];
      table.read(number * PATCHES + patch, row, 0);
      rows.add(row);
    }
    return new ModelInput(rows, null);
  }

  @Test
  void givenSongsOfTwoBeats_whenFitted_thenTheNearestOtherSongIsOfTheSameBeat() {
    TrainingRows table = songs();
    Representation conv = Representations.of("conv_vae", QUICK);
    FittedModel model = conv.fit(table, Representation.Setting.of(4));
    int right = 0;
    for (int i = 0; i < SONGS; i++) {
      float[] place = model.embed(song(table, i));
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < SONGS; j++) {
        float[] other = model.embed(song(table, j));
        double distance = 0;
        for (int d = 0; d < place.length; d++) {
          distance += (place[d] - other[d]) * (place[d] - other[d]);
        }
        if (j != i && distance < least) {
          least = distance;
          nearest = j;
        }
      }
      right += nearest % 2 == i % 2 ? 1 : 0;
    }
    // Chance is 20 of 40.
    assertThat(right).isGreaterThanOrEqualTo(34);
  }

  @Test
  void givenASong_whenEmbedded_thenItsPlaceIsTheMeanOfItsPatches() {
    TrainingRows table = songs();
    FittedModel model =
        Representations.of("conv_vae", QUICK).fit(table, Representation.Setting.of(4));
    ModelInput song = song(table, 5);
    float[] place = model.embed(song);
    for (int d = 0; d < place.length; d++) {
      double sum = 0;
      for (float[] row : song.rows()) {
        sum += model.embed(row)[d];
      }
      assertThat(place[d]).isEqualTo((float) (sum / PATCHES));
    }
  }

  @Test
  void givenFitOnOneAndThreeThreads_whenSaved_thenModelsAreTheSameAndLoad() {
    TrainingRows table = songs();
    Representation conv = Representations.of("conv_vae", QUICK);
    Provenance provenance =
        new Provenance("", SONGS, "", 4L, new TreeMap<>(conv.options()), new TreeMap<>());
    FittedModel one = conv.fit(table, Representation.Setting.of(4));
    FittedModel three =
        conv.fit(table, new Representation.Setting(4, List.of(), 3, FitListener.SILENT));
    assertThat(three.toModel("conv", provenance)).isEqualTo(one.toModel("conv", provenance));
    FittedModel loaded = Representations.load(one.toModel("conv", provenance));
    assertThat(loaded.inputSpec()).isEqualTo(new InputSpec(InputSpec.Source.PATCHES, 2));
    assertThat(loaded.embed(song(table, 0))).containsExactly(one.embed(song(table, 0)));
  }

  @Test
  void givenPatchesOfSongs_whenSplit_thenNoSongIsOnBothSides() {
    TrainingRows thinned = songs().thinned(2);
    EpochShuffler epochs =
        new EpochShuffler(
            thinned, GroupedValidationSplit.of(thinned, List.of(), 0.25, 1), 1, 1 << 20);
    assertThat(epochs.validationRows()).isEqualTo(20);
    List<Float> held = new ArrayList<>();
    TrainingRows table = songs().thinned(2);
    float[] row = new float[table.columns()];
    for (int i = 0; i < 20; i++) {
      epochs.validationRow(i, row);
      held.add(row[0]);
    }
    for (int r = 0; r < table.rows(); r += 2) {
      table.read(r, row, 0);
      boolean first = held.contains(row[0]);
      table.read(r + 1, row, 0);
      assertThat(held.contains(row[0])).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          channels=        | conv_vae.channels: '[]' is not allowed; give from 1 to 8 layers
          channels=4,0     | conv_vae.channels: '4,0' is not allowed; give whole numbers from 1
          kernel=16        | conv_vae.kernel: '16' is not allowed; give a whole number from 1 to 15
          stride=4         | conv_vae.stride: '4' is not allowed; give no more than kernel, which is 3
          latent=0         | conv_vae.latent: '0' is not allowed; give a whole number from 1 to 1024
          transform=rank   | a conv_vae model has no option 'transform'
          """)
  void givenWrongOption_whenRead_thenNameRangeAndValueAreSaid(String option, String message) {
    String[] parts = option.split("=", 2);
    assertThatThrownBy(() -> Representations.of("conv_vae", Map.of(parts[0], parts[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void givenPatchOfAnotherSize_whenEmbedded_thenItIsRefused() {
    FittedModel model =
        Representations.of("conv_vae", QUICK).fit(songs(), Representation.Setting.of(4));
    assertThatThrownBy(() -> model.embed(new float[5]))
        .hasMessage("a patch has 5 values; the model was fitted on 12 bands × 13 frames");
  }
}
