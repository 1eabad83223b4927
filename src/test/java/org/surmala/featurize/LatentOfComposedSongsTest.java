package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.demo.ComposedSong;
import org.surmala.demo.Composer;
import org.surmala.failure.SongException;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.FitListener;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.SegmentFeatures;

/** By default no model collapses on composed songs, whatever the seed. */
final class LatentOfComposedSongsTest {
  private static final int SONGS = 24;
  private static final int RATE = 22_050;
  private static final int SECONDS = 10;
  private static TrainingRows table = TrainingRows.of(1, new float[0]);
  private static List<String> groups = List.of();

  @BeforeAll
  static void compose() throws SongException {
    FeatureOptions options = FeatureOptions.defaults();
    FeatureExtractor extractor = new FeatureExtractor(options, RATE, "spec");
    Composer composer = new Composer(7);
    int columns = options.dimensions(RATE).size();
    float[] values = new float[SONGS * columns];
    for (int i = 0; i < SONGS; i++) {
      SegmentFeatures features = extractor.extract(Segments.of(middle(composer.compose(i))));
      ByteBuffer bytes = features.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().get(values, i * columns, columns);
    }
    table = TrainingRows.of(columns, values);
    groups = options.dimensions(RATE).stream().map(d -> d.group().label()).toList();
  }

  /** Each two samples of both channels to one: half of the rate. */
  private static float[] middle(ComposedSong song) {
    assertThat(song.sampleRate()).isEqualTo(2 * RATE);
    float[] left = song.channels()[0];
    float[] right = song.channels()[1];
    float[] mono = new float[SECONDS * RATE];
    int first = left.length / 2 - mono.length;
    for (int i = 0; i < mono.length; i++) {
      int at = first + 2 * i;
      mono[i] = (left[at] + left[at + 1] + right[at] + right[at + 1]) / 4;
    }
    return mono;
  }

  @ParameterizedTest
  @CsvSource({
    "vae, 1",
    "vae, 2",
    "vae, 3",
    "vae, 4",
    "vae, 5",
    "sigma_vae, 1",
    "sigma_vae, 2",
    "sigma_vae, 3",
    "sigma_vae, 4",
    "sigma_vae, 5",
    "neighbour_vae, 1",
    "neighbour_vae, 2",
    "neighbour_vae, 3",
    "neighbour_vae, 4",
    "neighbour_vae, 5",
    "vade, 1",
    "vade, 2",
    "vade, 3",
    "vade, 4",
    "vade, 5"
  })
  void givenComposedSongs_whenModelIsFittedByDefault_thenItDoesNotCollapse(String kind, long seed) {
    Representation representation = Representations.of(kind, Map.of());
    Model model =
        representation
            .fit(table, new Representation.Setting(seed, groups, 1, FitListener.SILENT))
            .toModel(
                kind,
                new Provenance(
                    "", SONGS, "", seed, new TreeMap<>(representation.options()), Map.of()));
    assertThat(model.getActiveDimensions()).isGreaterThanOrEqualTo(2);
    assertThat(model.getKlPerDimension().stream().filter(kl -> kl > 0.05).count())
        .isGreaterThanOrEqualTo(2);
    assertThat(model.getReconstructionR2()).isGreaterThan(0.2);
    assertThat(model.getGroupR2().keySet())
        .containsExactlyInAnyOrderElementsOf(groups.stream().distinct().toList());
  }
}
