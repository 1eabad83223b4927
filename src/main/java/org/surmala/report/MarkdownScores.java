package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Findings;
import org.surmala.schema.NeighbourFigures;
import org.surmala.schema.Probe;

/** The report's scores: of clusterings, of each k, of probes and of confounds. */
record MarkdownScores(ReportOptions options, ReportData data, Markdown text) {
  void figures() {
    text.append("## Scores\n\n");
    List<ClusteringMetrics> compared = ComparedRows.of(options, data.metrics());
    if (compared.isEmpty()) {
      text.append("No scores were computed.\n\n");
      return;
    }
    text.append(
        "In brackets: 95 % bootstrap confidence intervals over "
            + data.noun().plural()
            + "; of a silhouette, if it is the mean of a sample. Silhouettes of different"
            + " representations are not comparable. A dash: undefined, or withheld; see"
            + " flags.\n\n");
    text.row(
        "representation",
        "clusterer",
        "k",
        "silhouette",
        "NMI",
        "ARI",
        "AMI",
        "purity",
        "majority rate",
        "stability",
        "active dims",
        "flags");
    text.row(
        "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:",
        "---");
    for (ClusteringMetrics m : compared) {
      text.row(
          Terms.of(m.getRepresentation()),
          Terms.of(m.getClusterer()),
          Integer.toString(m.getK()),
          Markdown.estimate(m.getSilhouette(), m.getSilhouetteLow(), m.getSilhouetteHigh()),
          Markdown.estimate(m.getNmi()),
          Markdown.estimate(m.getAri()),
          Markdown.estimate(m.getAmi()),
          Markdown.estimate(m.getPurity()),
          Markdown.number(m.getMajorityRate().getValue()),
          Markdown.number(m.getStability()),
          Integer.toString(m.getActiveDimensions()),
          Markdown.escape(Verdict.flags(m.getFlags())));
    }
    text.append(
        "\nPlots are in `latent_visualization/`, all rows in `clustering_metrics.csv`.\n\n");
  }

  void sweep() {
    List<Clustering> swept =
        Sweep.clusterings(options, data).stream()
            .filter(c -> c.getClusterer().equals(options.clusterer()))
            .sorted(Comparator.comparing(Clustering::getK))
            .toList();
    if (swept.size() < 2) {
      return;
    }
    text.append("## Number of clusters\n\n")
        .append(Terms.of(options.representation()))
        .append(" with ")
        .append(Terms.of(options.clusterer()))
        .append("; the chosen k is in bold, and Method gives the reason.\n\n");
    List<String> head = new ArrayList<>(List.of("k"));
    for (Sweep criterion : Sweep.values()) {
      head.add(criterion.title() + " (" + criterion.direction() + ")");
    }
    text.row(head.toArray(String[]::new));
    text.row(head.stream().map(h -> "---:").toArray(String[]::new));
    for (Clustering clustering : swept) {
      List<String> cells = new ArrayList<>();
      cells.add(clustering.getChosen() ? "**" + clustering.getK() + "**" : "" + clustering.getK());
      for (Sweep criterion : Sweep.values()) {
        cells.add(Markdown.number(criterion.of(clustering)));
      }
      text.row(cells.toArray(String[]::new));
    }
    text.append('\n');
  }

  void probes() {
    List<Probe> probes =
        data.findings().stream()
            .map(Findings::getProbe)
            .filter(probe -> probe.getLogistic() != null)
            .toList();
    if (probes.isEmpty()) {
      return;
    }
    text.append("## Probes\n\n")
        .append(
            "Balanced accuracy of logistic regression and of the 5 nearest neighbours in predicting"
                + " the label, cross-validated, with near-duplicates on the same side of each"
                + " split. A label can be predictable even if the clusters do not follow it.\n\n");
    text.row("representation", data.noun().plural(), "labels", "logistic", "5 nearest", "guessing");
    text.row("---", "---:", "---:", "---:", "---:", "---:");
    for (Probe probe : probes) {
      text.row(
          Terms.of(probe.getRepresentation()),
          Integer.toString(probe.getSongs()),
          Integer.toString(probe.getLabels()),
          Markdown.number(probe.getLogistic()),
          Markdown.number(probe.getNearestNeighbours()),
          Markdown.number(probe.getChance()));
    }
    text.append('\n');
  }

  void neighbours() {
    List<NeighbourFigures> figures =
        data.findings().stream().flatMap(found -> found.getNeighbours().stream()).toList();
    if (figures.isEmpty()) {
      return;
    }
    String songs = data.noun().plural();
    text.append("## Neighbours\n\n")
        .append(
            "How many of the nearest "
                + songs
                + " have the query's label (precision at 1 and 10, mean average precision), and "
                + "whether a few are neighbours of very many: hubness near 0 is good, "
                + "anti-hubs are the share that is in no list of the 10 nearest. "
                + "Near-duplicates are never answers; trust the rows that leave out "
                + "the artist if an artist's "
                + songs
                + " share a label.\n\n");
    text.row(
        "representation",
        "distance",
        "leaves out",
        "precision at 1",
        "precision at 10",
        "MAP",
        "guessing",
        "hubness",
        "anti-hubs");
    text.row("---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:");
    for (NeighbourFigures n : figures) {
      text.row(
          Terms.of(n.getRepresentation()),
          Terms.of(n.getDistance()),
          Markdown.escape(Terms.of(n.getLeavesOut())),
          Markdown.estimate(n.getPrecisionAt1()),
          Markdown.estimate(n.getPrecisionAt10()),
          Markdown.estimate(n.getMeanAveragePrecision()),
          Markdown.number(n.getChance()),
          Markdown.estimate(n.getHubness()),
          Markdown.number(n.getAntiHubs().getValue()));
    }
    text.append("\nAll figures are in `neighbour_scores.csv`.\n\n");
  }

  void confounds() {
    List<Confound> confounds = Verdict.confounds(options, data);
    if (confounds.isEmpty()) {
      return;
    }
    text.append("## Confounds\n\n")
        .append(
            "How well each file property alone predicts the label (balanced accuracy,"
                + " cross-validated), and how much of the clusters it explains (AMI: 0 is nothing,"
                + " 1 everything). A property is alarming if it reaches more than 30 % of the way"
                + " from guessing to certainty.\n\n");
    text.row(
        "property",
        data.noun().plural(),
        "predicts the label",
        "guessing",
        "AMI with the clusters",
        "");
    text.row("---", "---:", "---:", "---:", "---:", "---");
    for (Confound c : confounds) {
      text.row(
          Markdown.escape(c.getProperty()),
          Integer.toString(c.getSongs()),
          Markdown.number(c.getBalancedAccuracy()),
          Markdown.number(c.getChance()),
          Markdown.number(c.getClusterAmi()),
          c.getAlarming() ? "alarming" : "");
    }
    text.append('\n');
  }
}
