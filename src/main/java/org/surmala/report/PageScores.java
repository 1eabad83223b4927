package org.surmala.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Estimate;
import org.surmala.schema.Findings;
import org.surmala.schema.NearDuplicate;
import org.surmala.schema.NeighbourFigures;
import org.surmala.schema.Probe;

/** The scores on the page: of clusterings, of each k, and of labels. */
record PageScores(ReportOptions options, ReportData data, PageSongs shown, ObjectNode page) {
  private static final int MOST_COPIES = 200;

  void write() {
    metrics();
    sweep();
    findings();
  }

  private void metrics() {
    ArrayNode metrics = page.putArray("metrics");
    List<ClusteringMetrics> compared = ComparedRows.of(options, data.metrics());
    for (ClusteringMetrics m : data.metrics()) {
      ObjectNode row = metrics.addObject();
      row.put("representation", Terms.of(m.getRepresentation()));
      row.put("clusterer", Terms.of(m.getClusterer()));
      row.put("k", m.getK());
      row.put("chosen", m.getChosen());
      row.put("compared", compared.contains(m));
      row.put("primary", Verdict.isPrimary(options, m));
      row.put("silhouette", PageData.round(m.getSilhouette(), 4));
      row.put("daviesBouldin", PageData.round(m.getDaviesBouldin(), 4));
      estimate(row, "nmi", m.getNmi());
      estimate(row, "ari", m.getAri());
      estimate(row, "ami", m.getAmi());
      estimate(row, "purity", m.getPurity());
      row.put("majority", PageData.round(m.getMajorityRate().getValue(), 4));
      row.put("stability", PageData.round(m.getStability(), 4));
      row.put("active", m.getActiveDimensions());
      row.put("flags", Verdict.flags(m.getFlags()));
    }
  }

  private static void estimate(ObjectNode row, String key, Estimate estimate) {
    row.putObject(key)
        .put("value", PageData.round(estimate.getValue(), 4))
        .put("low", PageData.round(estimate.getLow(), 4))
        .put("high", PageData.round(estimate.getHigh(), 4));
  }

  /** The criteria for k, for the primary representation. */
  private void sweep() {
    ArrayNode criteria = page.putArray("criteria");
    for (Sweep criterion : Sweep.values()) {
      criteria
          .addObject()
          .put("key", criterion.key())
          .put("title", criterion.title())
          .put("direction", criterion.direction());
    }
    ArrayNode sweep = page.putArray("sweep");
    for (Clustering clustering : Sweep.clusterings(options, data)) {
      ObjectNode row =
          sweep
              .addObject()
              .put("clusterer", Terms.of(clustering.getClusterer()))
              .put("k", clustering.getK())
              .put("chosen", clustering.getChosen())
              .put("reason", clustering.getReason());
      for (Sweep criterion : Sweep.values()) {
        row.put(criterion.key(), PageData.round(criterion.of(clustering), 4));
      }
    }
  }

  private void findings() {
    ArrayNode confounds = page.putArray("confounds");
    for (Confound c : Verdict.confounds(options, data)) {
      confounds
          .addObject()
          .put("property", c.getProperty())
          .put("songs", c.getSongs())
          .put("accuracy", PageData.round(c.getBalancedAccuracy(), 4))
          .put("chance", PageData.round(c.getChance(), 4))
          .put("ami", PageData.round(c.getClusterAmi(), 4))
          .put("alarming", c.getAlarming());
    }
    ArrayNode probes = page.putArray("probes");
    for (Findings found : data.findings()) {
      Probe probe = found.getProbe();
      probes
          .addObject()
          .put("representation", Terms.of(found.getRepresentation()))
          .put("songs", probe.getSongs())
          .put("labels", probe.getLabels())
          .put("logistic", PageData.round(probe.getLogistic(), 4))
          .put("neighbours", PageData.round(probe.getNearestNeighbours(), 4))
          .put("chance", PageData.round(probe.getChance(), 4));
    }
    ArrayNode neighbours = page.putArray("neighbourScores");
    for (Findings found : data.findings()) {
      for (NeighbourFigures n : found.getNeighbours()) {
        neighbours
            .addObject()
            .put("representation", Terms.of(n.getRepresentation()))
            .put("distance", Terms.of(n.getDistance()))
            .put("out", Terms.of(n.getLeavesOut()))
            .put("first", PageData.round(n.getPrecisionAt1().getValue(), 4))
            .put("ten", PageData.round(n.getPrecisionAt10().getValue(), 4))
            .put("map", PageData.round(n.getMeanAveragePrecision().getValue(), 4))
            .put("chance", PageData.round(n.getChance(), 4))
            .put("hubness", PageData.round(n.getHubness().getValue(), 4))
            .put("antiHubs", PageData.round(n.getAntiHubs().getValue(), 4));
      }
    }
    List<NearDuplicate> pairs = FindingTables.nearDuplicates(data.findings());
    page.put("copiesNote", FindingTables.pairs(pairs.size(), data.noun()));
    ArrayNode copies = page.putArray("copies");
    for (NearDuplicate pair : pairs) {
      Integer first = shown.place(pair.getFirst());
      Integer second = shown.place(pair.getSecond());
      if (first != null && second != null && copies.size() < MOST_COPIES) {
        copies.addArray().add(first).add(second).add(PageData.round(pair.getRelativeDistance(), 3));
      }
    }
  }
}
