package org.surmala.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surmala.config.ModelKeys;
import org.surmala.config.Settings;
import org.surmala.model.FittedModel;
import org.surmala.model.LatentMixture;
import org.surmala.model.ModelInput;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.FitListener;

/** Fits a representation to all the songs, and embeds and probes them. */
record RepresentationFitter(ComparedSongs songs, Settings settings) {
  private static final int THREADS = 1;

  /** The fit; equal arguments give equal fits. */
  FittedSongs fit(String kind, long seed) throws IOException {
    Representation representation = Representations.of(kind, ModelKeys.options(kind, settings));
    return songs.with(representation.inputSpec(), table -> fit(representation, table, seed));
  }

  private FittedSongs fit(Representation representation, TrainingRows table, long seed) {
    LabelledSongs labelled = songs.labelled();
    List<String> groups = representation.inputSpec().groups(labelled.groups());
    FittedModel model =
        representation.fit(
            table, new Representation.Setting(seed, groups, THREADS, FitListener.SILENT));
    double[][] points = embed(model, table);
    LatentMixture mixture = model.mixture();
    int[] ownClusters =
        mixture == null ? new int[0] : Arrays.stream(points).mapToInt(mixture::component).toArray();
    return FittedSongs.of(points, ownClusters, labelled.labels(), songs.copies(), seed);
  }

  private static double[][] embed(FittedModel model, TrainingRows table) {
    double[][] points = new double[table.songs()][model.latentDimensions()];
    int row = 0;
    for (double[] point : points) {
      List<float[]> rows = new ArrayList<>();
      String lyrics = table.lyrics(row);
      String label = table.label(row);
      int song = table.songOf(row);
      for (; row < table.rows() && table.songOf(row) == song; row++) {
        float[] values = new float[table.columns()];
        table.read(row, values, 0);
        rows.add(values);
      }
      float[] embedding = model.embed(new ModelInput(rows, lyrics, label));
      for (int d = 0; d < embedding.length; d++) {
        point[d] = embedding[d];
      }
    }
    return points;
  }
}
