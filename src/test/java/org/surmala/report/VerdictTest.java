package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Estimate;
import org.surmala.words.Noun;

/** Sentences that say no more than the figures do. */
final class VerdictTest {
  private static final ReportOptions OPTIONS = new ReportOptions("r/", "d/", "vae", "kmeans", 1);

  private static ReportData data(Estimate vae, Estimate pca) {
    SyntheticRun run = new SyntheticRun(20, 3, 2, 1);
    List<ClusteringMetrics> metrics = new ArrayList<>();
    for (ClusteringMetrics row : run.metrics()) {
      if (row.getRepresentation().equals("vae") && row.getChosen()) {
        metrics.add(ClusteringMetrics.newBuilder(row).setAri(vae).build());
      } else if (row.getRepresentation().equals("pca") && row.getChosen()) {
        metrics.add(ClusteringMetrics.newBuilder(row).setAri(pca).build());
      }
    }
    return AllSongs.data(
        Noun.SONG,
        20,
        List.of(),
        songs(run),
        run.assignments(),
        metrics,
        run.clusterings(),
        List.of(),
        List.of(),
        List.of(SyntheticFindings.of(run)),
        ClusterNames.of(OPTIONS, List.of(SyntheticFindings.of(run))),
        new SongMap("none", null, List.of()),
        null,
        null,
        null);
  }

  private static List<ReportedSong> songs(SyntheticRun run) {
    Map<String, ReportedSong> songs = ReportedSongs.join(run.refs(), run.audio());
    return run.refs().stream().map(song -> songs.get(song.getId())).toList();
  }

  /** Each song's cluster is its label, but for as many songs as are given. */
  private static void cluster(ReportData data, String representation, int wrong) {
    for (Clustering clustering : data.clusterings()) {
      if (clustering.getRepresentation().equals(representation)) {
        ByteBuffer labels =
            ByteBuffer.allocate(4 * data.songs().size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < data.songs().size(); i++) {
          int label = data.songs().get(i).song().getLanguage().equals("bangla") ? 0 : 1;
          labels.putInt(i < wrong ? 1 - label : label);
        }
        clustering.setLabels(labels.flip());
      }
    }
  }

  /** The intervals of the two figures say nothing of their difference over the same songs. */
  @Test
  void givenIntervalsThatOverlap_whenTheSongsAreTheSame_thenTheirDifferenceDecides() {
    Estimate own = new Estimate(0.40, 0.20, 0.60);
    Estimate other = new Estimate(0.35, 0.15, 0.55);
    ReportData data = data(own, other);
    cluster(data, "vae", 0);
    cluster(data, "pca", 8);
    assertThat(Verdict.of(OPTIONS, data))
        .startsWith(
            "20 songs in 3 clusters by VAE with K-Means. Agreement with the labels: ARI 0.40 [0.20,"
                + " 0.60]. The best baseline with the same clusterer and k, PCA, reaches 0.35"
                + " [0.15, 0.55]. The difference over the same songs is ΔARI ")
        .endsWith(": the model is better.");
    cluster(data, "vae", 8);
    cluster(data, "pca", 0);
    assertThat(Verdict.of(OPTIONS, data)).endsWith(": the baseline is better.");
    cluster(data, "vae", 0);
    assertThat(Verdict.of(OPTIONS, data))
        .endsWith("ΔARI 0.00 [0.00, 0.00]: no significant difference.");
    assertThat(Verdict.of(OPTIONS, data(new Estimate(0.4, null, null), other)))
        .endsWith("there is no confidence interval of the difference.");
    assertThat(Verdict.of(OPTIONS, data(Estimate.newBuilder().build(), other)))
        .endsWith("There are no labels to compare them with.");
  }

  @Test
  void givenBaselinesThatTie_thenNoneIsCalledTheBest() {
    ReportData data = data(new Estimate(0.4, 0.3, 0.5), new Estimate(0.1, 0.0, 0.2));
    List<ClusteringMetrics> metrics = new ArrayList<>(data.metrics());
    metrics.stream()
        .filter(m -> m.getRepresentation().equals("pca"))
        .map(m -> ClusteringMetrics.newBuilder(m).setRepresentation("raw").build())
        .toList()
        .forEach(metrics::add);
    assertThat(Verdict.of(OPTIONS, with(data, metrics)))
        .contains(
            "The best baselines with the same clusterer and k, PCA and raw features, tie at 0.10");
  }

  /** Agreement grows with k, so a row at the baseline's own k is not compared. */
  @Test
  void givenABaselineThatChoseAnotherK_thenTheTableHasItsRowAtTheRunsK() {
    List<ClusteringMetrics> metrics = new SyntheticRun(20, 3, 2, 1).metrics();
    metrics.replaceAll(
        m ->
            m.getRepresentation().equals("pca")
                ? ClusteringMetrics.newBuilder(m).setChosen(m.getK() == 2).build()
                : m);
    assertThat(ComparedRows.of(OPTIONS, metrics))
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.getK()).isEqualTo(3));
  }

  /** Features without variance are no fault of a model's options, and raw features have none. */
  @Test
  void givenSongsThatAreAlike_thenNoOptionIsAdvised() {
    assertThat(CollapseAdvice.of("raw", List.of("raw"), Noun.SONG))
        .startsWith("The songs are alike");
    assertThat(CollapseAdvice.of("vae", List.of("raw", "vae"), Noun.SONG))
        .startsWith("The songs are alike");
    assertThat(CollapseAdvice.of("vae", List.of("vae"), Noun.SONG))
        .startsWith("Lower vae.beta, or set vae.free_bits=0.1, or increase vae.warm_up.");
    assertThat(CollapseAdvice.of("ae", List.of("ae"), Noun.SONG)).doesNotContain("ae.");
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
    return AllSongs.data(
        Noun.SONG,
        20,
        List.of(),
        data.songs(),
        data.assignments(),
        metrics,
        data.clusterings(),
        List.of(),
        List.of(),
        data.findings(),
        data.names(),
        data.map(),
        null,
        null,
        null);
  }

  @Test
  void givenAnIntervalThatHoldsZero_whenCautioned_thenChanceIsNamed() {
    assertThat(
            Verdict.cautions(
                OPTIONS, data(new Estimate(0.1, -0.1, 0.3), new Estimate(0.1, 0.0, 0.2))))
        .containsExactly(
            "The confidence interval of the ARI includes 0: the clusters may match the labels no"
                + " better than chance.");
  }

  @Test
  void givenFilesThatTellTheLabels_whenAlarmed_thenEachIsNamedOnce() {
    ReportData data = data(new Estimate(0.1, -0.1, 0.3), new Estimate(0.1, 0.0, 0.2));
    assertThat(Verdict.alarm(OPTIONS, data))
        .contains(
            "Caution: bit_rate (balanced accuracy 0.88) alone predicts your labels (guessing:"
                + " 0.50), so scores may reflect where the files came from rather than how they"
                + " sound.");
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
    assertThat(Verdict.cautions(OPTIONS, with).get(0)).contains("latent space has collapsed");
    assertThat(Verdict.cautions(OPTIONS, with).get(1))
        .startsWith("The clusters match the labels no better");
    assertThat(Verdict.cautions(OPTIONS, with).get(2)).contains("future_flag");
    assertThat(Verdict.cautions(OPTIONS, with).get(3))
        .startsWith("The latent space of PCA has collapsed");
    assertThat(Verdict.of(OPTIONS, with)).contains("(p = 0.250 against shuffled labels)");
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
        " is conditioned on the column source of each song: agreement of its clusters with source,"
            + " or with anything related to it, is no evidence about the audio.";
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
            "The model reads lyrics, and their script alone may predict the label: agreement with"
                + " labels up to that of the script is no evidence about the audio. ARI of script"
                + " of the lyrics: 0.10 [0.00, 0.20].");
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
