package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.io.SongTitle;
import org.surmala.model.FittedModel;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.HeatmapFigure;
import org.surmala.report.plot.Legend;
import org.surmala.report.plot.LinesFigure;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;
import org.surmala.words.Noun;

/** Figures that need a real model. */
final class FiguresTest {
  private static final int SONGS = 60;
  private static final int FEATURES = 12;

  @Test
  void givenAModel_whenTraversed_thenEachDimensionMovesTheFeaturesThatItStandsFor() {
    // Two hidden causes: one moves the first six features, the other, weaker one the rest.
    Random random = new Random(2);
    float[] values = new float[SONGS * FEATURES];
    for (int i = 0; i < SONGS; i++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      for (int f = 0; f < FEATURES; f++) {
        double cause = f < 7 ? first : second;
        values[i * FEATURES + f] = (float) (cause + 0.05 * random.nextGaussian());
      }
    }
    FittedModel fitted =
        Representations.of("pca", Map.of())
            .fit(TrainingRows.of(FEATURES, values), Representation.Setting.of(1));
    SyntheticRun run = new SyntheticRun(SONGS, 3, 2, 1);
    Model model = fitted.toModel("pca", run.model().getProvenance());
    model.getProvenance().setOptions(Map.of());
    List<Embedding> latent = new ArrayList<>();
    for (int i = 0; i < SONGS; i++) {
      float[] row = new float[FEATURES];
      System.arraycopy(values, i * FEATURES, row, 0, FEATURES);
      List<Float> vector = new ArrayList<>();
      for (float value : fitted.embed(row)) {
        vector.add(value);
      }
      latent.add(new Embedding(SyntheticRun.id(i), "pca", "v", vector, null));
    }
    Figure figure =
        Figures.of(
                new ReportOptions("r/", "d/", "pca", "kmeans", 1),
                AllSongs.data(
                    Noun.SONG,
                    SONGS,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    latent,
                    List.of(),
                    List.of(),
                    ClusterNames.of(new ReportOptions("r/", "d/", "pca", "kmeans", 1), List.of()),
                    new SongMap("none", null, List.of()),
                    null,
                    null,
                    model))
            .get("latent_traversals");

    assertThat(figure).isInstanceOf(HeatmapFigure.class);
    List<List<Double>> changes = ((HeatmapFigure) Objects.requireNonNull(figure)).values();
    assertThat(changes.get(0)).hasSize(FEATURES);
    for (int f = 0; f < FEATURES; f++) {
      assertThat(Math.abs(changes.get(0).get(f)) > Math.abs(changes.get(1).get(f)))
          .as("feature " + f + " belongs to the first dimension")
          .isEqualTo(f < 7);
    }
  }

  @Test
  void givenALossOfThreeTerms_whenDrawn_thenTheDrawnTermsSumToTheDrawnTotal() {
    Model model = new SyntheticRun(SONGS, 3, 2, 1).model();
    model.setKind("neighbour_vae");
    // Reconstruction, KL, total: half of the KL and 7 and 9 nats of the neighbour loss.
    model.setHistory(
        List.of(
            new EpochLoss(1, 100.0, 10.0, 112.0, null), new EpochLoss(2, 80.0, 20.0, 99.0, null)));
    LinesFigure drawn = (LinesFigure) Objects.requireNonNull(figures(model).get("loss_curves"));
    List<List<Double>> curves = drawn.plots().get(0).curves().stream().map(c -> c.y()).toList();

    assertThat(curves)
        .containsExactly(List.of(112.0, 99.0), List.of(100.0, 80.0), List.of(12.0, 19.0));
    assertThat(drawn.legend().entries())
        .extracting(Legend.Entry::text)
        .containsExactly("total", "reconstruction", "weighted KL and neighbour loss", "KL");
  }

  private static Map<String, Figure> figures(Model model) {
    ReportOptions options = new ReportOptions("r/", "d/", "pca", "kmeans", 1);
    return Figures.of(
        options,
        AllSongs.data(
            Noun.SONG,
            SONGS,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ClusterNames.of(options, List.of()),
            new SongMap("none", null, List.of()),
            null,
            null,
            model));
  }

  @Test
  void givenAModel_whenSongsAreReconstructed_thenTheTypicalOnesStandOverWhatIsDecoded() {
    Random random = new Random(3);
    float[] values = new float[SONGS * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    FittedModel fitted =
        Representations.of("pca", Map.of("latent", "2"))
            .fit(TrainingRows.of(FEATURES, values), Representation.Setting.of(1));
    Model model = fitted.toModel("pca", new SyntheticRun(SONGS, 3, 2, 1).model().getProvenance());
    model.getProvenance().setOptions(Map.of("latent", "2"));
    model.setGroupR2(Map.of("timbre", 0.5, "harmony", 0.25));
    model.setReconstructionR2(0.4);
    List<Embedding> latent = new ArrayList<>();
    List<Embedding> features = new ArrayList<>();
    List<ClusterAssignment> assignments = new ArrayList<>();
    for (int i = 0; i < SONGS; i++) {
      float[] row = row(values, i);
      latent.add(new Embedding(SyntheticRun.id(i), "pca", "v", boxed(fitted.embed(row)), null));
      features.add(
          new Embedding(SyntheticRun.id(i), "raw", "v", boxed(fitted.preprocess(row)), null));
      // Song 20 is the most typical of cluster A, song 41 of B; the last one is noise.
      int cluster = i == SONGS - 1 ? -1 : i < 40 ? 0 : 1;
      double distance = i == 20 || i == 41 ? 0.5 : 1;
      assignments.add(
          new ClusterAssignment(
              SyntheticRun.id(i),
              "pca",
              "v",
              "kmeans",
              2,
              cluster,
              distance,
              0.0,
              null,
              null,
              null));
    }
    Figure figure = reconstructions(model, assignments, latent, features);

    assertThat(figure).isInstanceOf(HeatmapFigure.class);
    HeatmapFigure drawn = (HeatmapFigure) Objects.requireNonNull(figure);
    assertThat(drawn.heading().note()).endsWith("R² 0.40 (harmony 0.25, timbre 0.50).");
    assertThat(drawn.rows())
        .containsExactly("A, features", "A, reconstruction", "B, features", "B, reconstruction");
    int row = 0;
    for (int song : List.of(20, 41)) {
      float[] from = row(values, song);
      assertThat(drawn.values().get(row++)).isEqualTo(doubles(fitted.preprocess(from)));
      assertThat(drawn.values().get(row++)).isEqualTo(doubles(fitted.decode(fitted.embed(from))));
    }
    assertThat(reconstructions(model, assignments, latent, List.of()))
        .as("without the raw features there is nothing to compare with")
        .isNull();
  }

  private static @Nullable Figure reconstructions(
      Model model,
      List<ClusterAssignment> assignments,
      List<Embedding> latent,
      List<Embedding> features) {
    List<ReportedSong> songs = new ArrayList<>();
    SyntheticRun run = new SyntheticRun(SONGS, 3, 2, 1);
    for (int i = 0; i < SONGS; i++) {
      songs.add(
          new ReportedSong(
              run.refs().get(i),
              run.audio().get(0).getInfo(),
              SongTitle.Source.TAGS,
              -20,
              null,
              null));
    }
    return Figures.of(
            new ReportOptions("r/", "d/", "pca", "kmeans", 1),
            AllSongs.data(
                Noun.SONG,
                SONGS,
                List.of(),
                songs,
                assignments,
                List.of(),
                List.of(),
                latent,
                features,
                List.of(),
                ClusterNames.of(new ReportOptions("r/", "d/", "pca", "kmeans", 1), List.of()),
                SongMap.of(latent, 1),
                null,
                null,
                model))
        .get("reconstructions");
  }

  private static float[] row(float[] values, int song) {
    return Arrays.copyOfRange(values, song * FEATURES, (song + 1) * FEATURES);
  }

  private static List<Float> boxed(float[] row) {
    List<Float> values = new ArrayList<>();
    for (float value : row) {
      values.add(value);
    }
    return values;
  }

  private static List<Double> doubles(float[] row) {
    return boxed(row).stream().map(Float::doubleValue).toList();
  }
}
