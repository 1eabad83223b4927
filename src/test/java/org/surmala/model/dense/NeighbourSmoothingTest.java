package org.surmala.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.io.CheckpointFile;
import org.surmala.metric.DistanceRows;
import org.surmala.metric.MutualProximity;
import org.surmala.metric.PrincipalComponents;
import org.surmala.model.FittedModel;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

final class NeighbourSmoothingTest {
  private static final int SONGS = 120;
  private static final int NEIGHBOURS = 5;
  private static final int COLUMNS = 7;

  /** Two clusters: features, latent vectors and coordinates are noisy views of the same points. */
  private static float[][] rows(int columns, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[SONGS][columns];
    for (int i = 0; i < SONGS; i++) {
      for (int j = 0; j < columns; j++) {
        rows[i][j] = (float) (random.nextGaussian() + (i % 2 == 0 ? 2 : -2));
      }
    }
    return rows;
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }

  private static double[][] doubles(float[][] rows) {
    return Arrays.stream(rows)
        .map(row -> IntStream.range(0, row.length).mapToDouble(j -> row[j]).toArray())
        .toArray(double[][]::new);
  }

  private final float[][] features = rows(COLUMNS, 1);
  private final float[][] latent = rows(3, 2);
  private final float[][] directions = rows(4, 3);
  private final NeighbourSmoothing smoothing =
      NeighbourSmoothing.fit(NEIGHBOURS, 2, features, flat(latent), flat(directions));

  /** By the definition: a matrix of weights, three products with it, then principal components. */
  @Test
  void givenSongsOfTheFit_whenEmbedded_thenTheirFeaturesAreSmoothedThreeTimes() {
    DistanceRows distances = MutualProximity.rows(doubles(latent), doubles(directions));
    double[][] weights = new double[SONGS][SONGS];
    for (int i = 0; i < SONGS; i++) {
      int song = i;
      double[] row = distances.of(song);
      IntStream.range(0, SONGS)
          .filter(j -> j != song)
          .boxed()
          .sorted(Comparator.comparingDouble(j -> row[j]))
          .limit(NEIGHBOURS)
          .forEach(j -> weights[song][j] = 1 - row[j]);
      weights[song][song] = 1;
      double total = Arrays.stream(weights[song]).sum();
      Arrays.setAll(weights[song], j -> weights[song][j] / total);
    }
    double[][] smooth = doubles(features);
    for (int round = 0; round < 3; round++) {
      double[][] before = smooth;
      smooth = new double[SONGS][COLUMNS];
      for (int i = 0; i < SONGS; i++) {
        for (int j = 0; j < SONGS; j++) {
          for (int c = 0; c < COLUMNS; c++) {
            smooth[i][c] += weights[i][j] * before[j][c];
          }
        }
      }
    }
    double[][] expected = PrincipalComponents.of(smooth).scores(smooth, 2);

    for (int i = 0; i < SONGS; i++) {
      float[] embedding = smoothing.embed(features[i], latent[i], directions[i]);
      assertThat(embedding).hasSize(2);
      assertThat((double) embedding[0]).isCloseTo(expected[i][0], within(1e-4));
      assertThat((double) embedding[1]).isCloseTo(expected[i][1], within(1e-4));
    }
  }

  @Test
  void givenASongFarFromAll_whenEmbedded_thenItKeepsItsOwnFeatures() {
    float[] far = new float[COLUMNS];
    Arrays.fill(far, 60);

    float[] embedding =
        smoothing.embed(far, new float[] {60, 60, 60}, new float[] {60, 60, 60, 60});
    float[] decoded = smoothing.decode(embedding);

    // The first component is nearly the direction in which all features rise together.
    for (float value : decoded) {
      assertThat(value).isCloseTo(60, within(8f));
    }
  }

  @Test
  void givenACollapsedLatentSpace_whenANewSongIsEmbedded_thenItIsTakenForNoOther() {
    float[][] collapsed = new float[SONGS][3];
    NeighbourSmoothing flat =
        NeighbourSmoothing.fit(NEIGHBOURS, 2, features, flat(collapsed), flat(directions));
    float[] far = new float[COLUMNS];
    Arrays.fill(far, 60);

    float[] embedding = flat.embed(far, collapsed[0], new float[] {60, 60, 60, 60});

    for (float value : flat.decode(embedding)) {
      assertThat(value).isCloseTo(60, within(8f));
    }
  }

  @Test
  void givenANewSongWithinACluster_whenEmbedded_thenItIsDrawnToItsNeighbours() {
    float[] odd = features[0].clone();
    odd[0] += 3;

    double own = distance(smoothing.embed(odd, latent[0], directions[0]), cluster(0));
    double whole = distance(smoothing.embed(features[1], latent[1], directions[1]), cluster(0));

    assertThat(own).isLessThan(whole / 4);
  }

  private float[] cluster(int remainder) {
    float[] mean = new float[2];
    for (int i = remainder; i < SONGS; i += 2) {
      float[] embedding = smoothing.embed(features[i], latent[i], directions[i]);
      mean[0] += embedding[0] / (SONGS / 2);
      mean[1] += embedding[1] / (SONGS / 2);
    }
    return mean;
  }

  private static double distance(float[] a, float[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Test
  void givenFewerColumnsThanDimensions_whenFitted_thenThereIsOneDimensionPerColumn() {
    NeighbourSmoothing narrow =
        NeighbourSmoothing.fit(NEIGHBOURS, 12, features, flat(latent), flat(directions));

    assertThat(narrow.dimensions()).isEqualTo(COLUMNS);
    assertThat(narrow.decode(narrow.embed(features[3], latent[3], directions[3]))).hasSize(COLUMNS);
  }

  private static List<String> tensors(Model model) {
    return model.getTensors().stream().map(Tensor::getName).toList();
  }

  private static Model fitted(int songs, Map<String, String> options) {
    Random random = new Random(6);
    float[] values = new float[songs * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Representation model = Representations.of("neighbour_vae", options);
    return model
        .fit(TrainingRows.of(COLUMNS, values), Representation.Setting.of(1))
        .toModel(
            "neighbour_vae",
            new Provenance("", songs, "", 1L, new TreeMap<>(model.options()), Map.of()));
  }

  @Test
  void givenTwoHundredSongs_whenTheModelIsFitted_thenItSmoothsAndTheRecordKeepsIt() {
    Map<String, String> quick = Map.of("epochs", "1");
    Model model = fitted(200, quick);

    assertThat(tensors(model)).contains("smoothing_embeddings");
    assertThat(tensors(fitted(199, quick))).doesNotContain("smoothing_embeddings");
    assertThat(tensors(fitted(200, Map.of("epochs", "1", "smoothing", "false"))))
        .contains("song_directions")
        .doesNotContain("smoothing_embeddings");
    FittedModel loaded = Representations.load(model);
    assertThat(loaded.latentDimensions()).isEqualTo(COLUMNS);
    assertThat(loaded.toModel("neighbour_vae", model.getProvenance())).isEqualTo(model);
  }

  /** The file and the expected values are of commit 5de2900, which had no smoothing. */
  @Test
  void givenAModelFromBeforeSmoothing_whenLoaded_thenItEmbedsAndDecodesAsItDid()
      throws IOException, URISyntaxException {
    String file = "neighbour_vae-6ee45b5f80fa.avro";
    String path =
        Path.of(Objects.requireNonNull(getClass().getResource(file), file).toURI()).toString();
    String sha256 = "6ee45b5f80fa0678bb9cd9de7eafe6afcde4b90f5f73d8ca4ce167d0e9286a36";

    FittedModel model =
        Representations.load(
            CheckpointFile.read(
                new ModelCheckpoint("neighbour_vae", "6ee45b5f80fa", path, sha256, null)));
    float[] embedding = model.embed(new float[] {0, 0.5f, -1, 1.5f, 2, -0.25f, 1});

    assertThat(model.latentDimensions()).isEqualTo(3);
    assertThat(embedding)
        .containsExactly(new float[] {0.9862105f, -0.56008035f, -0.18380019f}, within(1e-6f));
    assertThat(model.decode(embedding))
        .containsExactly(
            new float[] {
              -0.18448603f,
              -0.33439067f,
              0.2046205f,
              -0.0068184137f,
              -0.40321103f,
              -0.10386189f,
              0.42287424f
            },
            within(1e-6f));
  }
}
