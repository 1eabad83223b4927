package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Estimate;

/** Sentences that say no more than the figures do. */
final class VerdictTest {
  private static final ReportOptions OPTIONS = new ReportOptions("r/", "d/", "vae", "kmeans", 1);

  private static ReportData data(Estimate vae, Estimate pca) {
    MadeUpRun run = new MadeUpRun(20, 3, 2, 1);
    List<ClusteringMetrics> metrics = new ArrayList<>();
    for (ClusteringMetrics row : run.metrics()) {
      if (row.getRepresentation().equals("vae") && row.getChosen()) {
        metrics.add(ClusteringMetrics.newBuilder(row).setAri(vae).build());
      } else if (row.getRepresentation().equals("pca") && row.getChosen()) {
        metrics.add(ClusteringMetrics.newBuilder(row).setAri(pca).build());
      }
    }
    return new ReportData(
        20,
        List.of(),
        List.of(),
        run.assignments(),
        metrics,
        List.of(),
        List.of(),
        List.of(),
        List.of(run.findings()),
        ClusterNames.of(OPTIONS, List.of(run.findings())),
        new SongMap("none", null, List.of()),
        null,
        null);
  }

  @Test
  void givenIntervals_whenTheyPartOrOverlap_thenTheVerdictFollowsThem() {
    Estimate low = new Estimate(0.10, 0.05, 0.15);
    Estimate high = new Estimate(0.40, 0.30, 0.50);
    Estimate wide = new Estimate(0.35, 0.12, 0.60);
    assertThat(Verdict.of(OPTIONS, data(high, low)))
        .isEqualTo(
            "20 songs in 3 clusters by VAE with K-Means. Agreement with the labels: ARI 0.40 [0.30,"
                + " 0.50]. The best baseline with the same clusterer and k, PCA, reaches 0.10"
                + " [0.05, 0.15]: the intervals do not overlap, in favour of the model.");
    assertThat(Verdict.of(OPTIONS, data(low, high))).endsWith("in favour of the baseline.");
    assertThat(Verdict.of(OPTIONS, data(wide, low))).endsWith("so no difference is shown.");
    assertThat(Verdict.of(OPTIONS, data(new Estimate(0.4, null, null), low)))
        .endsWith("no difference can be claimed.");
    assertThat(Verdict.of(OPTIONS, data(Estimate.newBuilder().build(), low)))
        .endsWith("There are no labels to compare them with.");
  }

  /**
   * Agreement grows with k: a baseline that chose another is measured at this one's all the same.
   */
  @Test
  void givenABaselineThatChoseAnotherK_thenItIsComparedAtTheSame() {
    ReportData data = data(new Estimate(0.4, 0.3, 0.5), new Estimate(0.1, 0.0, 0.2));
    ClusteringMetrics pca =
        data.metrics().stream()
            .filter(m -> m.getRepresentation().equals("pca") && m.getClusterer().equals("kmeans"))
            .findFirst()
            .orElseThrow();
    ClusteringMetrics chosenElsewhere =
        ClusteringMetrics.newBuilder(pca)
            .setK(pca.getK() + 4)
            .setAri(new Estimate(0.3, 0.2, 0.4))
            .build();
    List<ClusteringMetrics> metrics = new ArrayList<>(data.metrics());
    metrics.remove(pca);
    metrics.add(chosenElsewhere);
    assertThat(Verdict.of(OPTIONS, with(data, metrics)))
        .contains("The best baseline with the same clusterer, PCA, reaches 0.30 [0.20, 0.40]");
    metrics.add(ClusteringMetrics.newBuilder(pca).setChosen(false).build());
    assertThat(Verdict.of(OPTIONS, with(data, metrics)))
        .contains(
            "The best baseline with the same clusterer and k, PCA, reaches 0.10 [0.00, 0.20]");
  }

  private static ReportData with(ReportData data, List<ClusteringMetrics> metrics) {
    return new ReportData(
        20,
        List.of(),
        List.of(),
        data.assignments(),
        metrics,
        List.of(),
        List.of(),
        List.of(),
        data.findings(),
        data.names(),
        data.map(),
        null,
        null);
  }

  @Test
  void givenAnIntervalThatHoldsZero_whenCautioned_thenChanceIsNamed() {
    assertThat(
            Verdict.cautions(
                OPTIONS, data(new Estimate(0.1, -0.1, 0.3), new Estimate(0.1, 0.0, 0.2))))
        .containsExactly(
            "The interval of the ARI holds 0: the clusters may agree with the labels no better"
                + " than chance.");
  }

  @Test
  void givenFilesThatTellTheLabels_whenAlarmed_thenEachIsNamedOnce() {
    ReportData data = data(new Estimate(0.1, -0.1, 0.3), new Estimate(0.1, 0.0, 0.2));
    assertThat(Verdict.alarm(OPTIONS, data))
        .contains(
            "The labels may be separable by source rather than by music: balanced accuracy from"
                + " bit_rate alone 0.88, where guessing gives 0.50.");
    List<Confound> twice = new ArrayList<>(Verdict.confounds(OPTIONS, data));
    twice.addAll(Verdict.confounds(OPTIONS, data));
    assertThat(SourceAlarm.of(twice)).isEqualTo(Verdict.alarm(OPTIONS, data));
    twice.removeIf(Confound::getAlarming);
    assertThat(SourceAlarm.of(twice)).isEmpty();
    assertThat(Verdict.confounds(new ReportOptions("r/", "d/", "vae", "ward", 1), data)).isEmpty();
  }

  @Test
  void givenFlags_whenCautioned_thenEachIsASentenceAndNoneIsSaidTwice() {
    ReportData data = data(new Estimate(0.1, -0.1, 0.3), new Estimate(0.1, 0.0, 0.2));
    List<ClusteringMetrics> flagged = new ArrayList<>();
    for (ClusteringMetrics row : data.metrics()) {
      flagged.add(
          ClusteringMetrics.newBuilder(row)
              .setFlags("chosen;collapsed;chance;future_flag")
              .setAriChance(0.25)
              .build());
    }
    ReportData with = with(data, flagged);
    assertThat(Verdict.cautions(OPTIONS, with)).hasSize(4);
    assertThat(Verdict.cautions(OPTIONS, with).get(0)).contains("dimensions of the latent space");
    assertThat(Verdict.cautions(OPTIONS, with).get(1)).startsWith("No evidence");
    assertThat(Verdict.cautions(OPTIONS, with).get(2)).contains("future_flag");
    assertThat(Verdict.cautions(OPTIONS, with).get(3))
        .startsWith("The latent space of PCA has collapsed");
    assertThat(Verdict.of(OPTIONS, with)).contains("(by chance at least as high: p = 0.250)");
    assertThat(Verdict.flags("chosen;one_cluster;noise")).isEqualTo("one cluster, noise");
    assertThat(Verdict.flags("chosen;conditioned_on=language"))
        .isEqualTo("conditioned on language");
  }

  @Test
  void givenAConditionalModel_whenCautioned_thenWhatItIsToldIsSaidWhetherOrNotItIsTheRuns() {
    ReportData data = data(new Estimate(0.9, 0.8, 1.0), new Estimate(0.1, 0.0, 0.2));
    List<ClusteringMetrics> told = new ArrayList<>();
    for (ClusteringMetrics row : data.metrics()) {
      told.add(
          ClusteringMetrics.newBuilder(row)
              .setRepresentation(row.getRepresentation().equals("vae") ? "vae" : "cvae")
              .setFlags("chosen;conditioned_on=source")
              .build());
    }
    String source =
        " is told source of each song, when it encodes it and when it decodes it: whether its"
            + " clusters follow source, or what goes with it, says nothing of the sound.";
    assertThat(Verdict.cautions(OPTIONS, with(data, told)))
        .containsExactly("The model" + source, "CVAE" + source);
  }

  @Test
  void givenAModelOfLyrics_whenCautioned_thenWhatTheScriptAloneReachesIsSaid() {
    ReportData data = data(new Estimate(0.9, 0.8, 1.0), new Estimate(0.1, 0.0, 0.2));
    List<ClusteringMetrics> flagged = new ArrayList<>();
    for (ClusteringMetrics row : data.metrics()) {
      boolean own = row.getRepresentation().equals("vae");
      flagged.add(
          ClusteringMetrics.newBuilder(row)
              .setRepresentation(own ? "vae" : "script")
              .setFlags("chosen;script")
              .build());
    }
    ReportData with = with(data, flagged);
    assertThat(Verdict.cautions(OPTIONS, with))
        .containsExactly(
            "The model reads lyrics, and their script alone may tell the label: its agreement says"
                + " nothing of the sound beyond what the script alone reaches. ARI of script of the"
                + " lyrics alone: 0.10 [0.00, 0.20].");
  }

  @Test
  void givenTextThatEndsScripts_whenEmbedded_thenNoTagIsLeftAndItReadsBack() throws IOException {
    String hostile = "</script><!--<script>\u2028&amp;\u2029]]>";
    ObjectNode node = new ObjectMapper().createObjectNode().put("title", hostile);
    String json = IndexPage.embeddable(node);
    assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(new ObjectMapper().readTree(json).get("title").asText()).isEqualTo(hostile);
  }

  @Test
  void givenFoldersWithAnyName_whenThePageLooksForSongs_thenItsUrlIsEscaped() {
    assertThat(
            PageData.audioFolder(
                new ReportOptions("/a/results/", "/a/data #1/", "vae", "kmeans", 1)))
        .isEqualTo("../data%20%231/processed/");
    assertThat(PageData.audioFolder(new ReportOptions("results/", "data/", "vae", "kmeans", 1)))
        .isEqualTo("../data/processed/");
    assertThat(
            PageData.audioFolder(
                new ReportOptions("s3://b/results/", "s3://b/data/", "vae", "kmeans", 1)))
        .isEqualTo("s3://b/data/processed/");
  }
}
