package org.surmala.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.report.plot.Figure;

/** The figures of a run, by file name. */
final class Figures {
  /** All names of figures. */
  static final List<String> NAMES =
      List.of(
          "map_by_cluster",
          "map_by_language",
          "cluster_sizes",
          "silhouette",
          "k_sweep",
          "k_criteria",
          "dendrogram",
          "loss_curves",
          "kl_per_dimension",
          "latent_traversals",
          "reconstructions");

  private Figures() {}

  /** The figures for which there is enough data. */
  static Map<String, Figure> of(ReportOptions options, ReportData data) {
    ClusterFigures clusters = new ClusterFigures(options, data);
    ClusterCountFigures counts = new ClusterCountFigures(options, data);
    ModelFigures model = new ModelFigures(options, data);
    Map<String, Figure> result = new LinkedHashMap<>();
    put(result, "map_by_cluster", clusters.mapByCluster());
    put(result, "map_by_language", clusters.mapByLanguage());
    put(result, "cluster_sizes", clusters.clusterSizes());
    put(result, "silhouette", clusters.silhouette());
    put(result, "k_sweep", counts.sweep());
    put(result, "k_criteria", counts.criteria());
    put(result, "dendrogram", DendrogramTree.of(options, data));
    put(result, "loss_curves", model.lossCurves());
    put(result, "kl_per_dimension", model.klPerDimension());
    put(result, "latent_traversals", model.traversals());
    put(result, "reconstructions", model.reconstructions());
    return result;
  }

  private static void put(Map<String, Figure> figures, String name, @Nullable Figure figure) {
    if (figure != null) {
      figures.put(name, figure);
    }
  }
}
