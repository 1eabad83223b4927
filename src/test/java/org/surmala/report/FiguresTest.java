package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.surmala.nn.FittedModel;
import org.surmala.nn.Representation;
import org.surmala.nn.Representations;
import org.surmala.nn.Table;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.HeatmapFigure;
import org.surmala.schema.Embedding;
import org.surmala.schema.Model;

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
            .fit(Table.of(FEATURES, values), Representation.Setting.of(1));
    MadeUpRun run = new MadeUpRun(SONGS, 3, 2, 1);
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
      latent.add(new Embedding(MadeUpRun.id(i), "pca", "v", vector));
    }
    Figure figure =
        Figures.of(
                new ReportOptions("r/", "d/", "pca", "kmeans", 1),
                new ReportData(
                    SONGS,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    latent,
                    List.of(),
                    ClusterNames.of(new ReportOptions("r/", "d/", "pca", "kmeans", 1), List.of()),
                    new SongMap("none", null, List.of()),
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
}
