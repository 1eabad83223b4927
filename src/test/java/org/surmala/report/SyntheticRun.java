package org.surmala.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CheckpointFile;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Estimate;
import org.surmala.schema.Failure;
import org.surmala.schema.Merge;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.Provenance;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;
import org.surmala.schema.Stage;
import org.surmala.schema.SweepFigures;
import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.WardLinkage;

/**
 * The records of a synthetic run: songs in Gaussian groups, the groups their clusters, with labels
 * and titles in several scripts, and hostile ones.
 */
final class SyntheticRun {
  static final String[] LANGUAGES = {"bangla", "english", "হিন্দি ও উর্দু", "ไทย", "instrumental"};
  static final String[] TITLES = {
    "আমার সোনার বাংলা",
    "রবীন্দ্রসঙ্গীত: পুরানো সেই দিনের কথা",
    "Blue in the Morning",
    "</script><script>document.title='owned'</script>",
    "\"Quoted\" & <b>bold</b>",
    "ক্ষুদ্র শ্রাবণ",
    "Ночная песня",
    "A title so long that it cannot possibly fit into the legend or the leaf of a dendrogram",
    "夜の歌",
    "Line\nbreak\tand tab"
  };
  static final String[] NAMES = {"fast, bright", "dark, slow, quiet", "mixed", "noisy, sharp"};
  private static final int DIMENSIONS = 8;

  final int songs;
  final int clusters;
  final int languages;
  private final List<SongRef> refs = new ArrayList<>();
  private final List<SongAudioInfo> audio = new ArrayList<>();
  private final List<Embedding> embeddings = new ArrayList<>();
  private final List<ClusterAssignment> assignments = new ArrayList<>();
  private final List<Clustering> clusterings = new ArrayList<>();
  private final List<ClusteringMetrics> metrics = new ArrayList<>();
  private final double[][] latent;
  private final int[] labels;

  SyntheticRun(int songs, int clusters, int languages, long seed) {
    this.songs = songs;
    this.clusters = clusters;
    this.languages = languages;
    Random random = new Random(seed);
    double[][] centres = new double[clusters][DIMENSIONS];
    for (double[] centre : centres) {
      for (int d = 0; d < DIMENSIONS - 2; d++) {
        centre[d] = 3 * random.nextGaussian();
      }
    }
    latent = new double[songs][DIMENSIONS];
    labels = new int[songs];
    for (int i = 0; i < songs; i++) {
      double lot = random.nextDouble();
      labels[i] = Math.min(clusters - 1, (int) (clusters * lot * lot));
      for (int d = 0; d < DIMENSIONS; d++) {
        double noise = d < DIMENSIONS - 2 ? 1 : 0.02;
        latent[i][d] = centres[labels[i]][d] + noise * random.nextGaussian();
      }
    }
    numberBySize();
    for (int i = 0; i < songs; i++) {
      add(i, random);
    }
    sweep(random);
  }

  private void numberBySize() {
    int[] sizes = new int[clusters];
    IntStream.of(labels).forEach(label -> sizes[label]++);
    List<Integer> order =
        IntStream.range(0, clusters)
            .boxed()
            .sorted(Comparator.<Integer>comparingInt(c -> -sizes[c]))
            .toList();
    for (int i = 0; i < songs; i++) {
      labels[i] = order.indexOf(labels[i]);
    }
  }

  static String id(int song) {
    // The first digits differ, as those of hashes do.
    return String.format("%1$06x%2$052x%1$06x", 0xabc000 + song, 0);
  }

  private void add(int i, Random random) {
    String language = language(i, random);
    String title = TITLES[i % TITLES.length];
    refs.add(
        SongRef.newBuilder()
            .setId(id(i))
            .setUri("/music/" + i + ".mp3")
            .setFilepath("music/" + language + "/" + i + ".mp3")
            .setLanguage(language)
            .setTitle(i % 3 == 0 ? title : null)
            .setArtist("Artist " + i % 7)
            .setSize(1000 + i)
            .setModified(1_700_000_000_000L)
            .build());
    AudioInfo info =
        AudioInfo.newBuilder()
            .setDurationSeconds(100 + i % 90)
            .setSampleRate(44_100)
            .setChannels(2)
            .setCodec(i % 2 == 0 ? "mp3" : "vorbis")
            .setBitRate(128_000)
            .setTitle(i % 3 == 1 ? title : null)
            .build();
    audio.add(
        new SongAudioInfo(
            id(i),
            info,
            -14.5 + i % 5,
            i % 4 == 3 ? null : 90.5 + i,
            i % 5 == 4 ? null : "A minor"));
    for (String representation : List.of("raw", "vae")) {
      embeddings.add(new Embedding(id(i), representation, "v-" + representation, vector(i), null));
    }
    assignments.add(
        ClusterAssignment.newBuilder()
            .setId(id(i))
            .setRepresentation("vae")
            .setModelVersion("v-vae")
            .setClusterer("kmeans")
            .setK(clusters)
            .setCluster(labels[i])
            .setDistance(distance(i))
            .setNovelty(random.nextDouble())
            .setSilhouette(Math.tanh(0.45 + 0.4 * random.nextGaussian()))
            .setGroup(group(i))
            .setGroupDistance(1.0 + i % 5)
            .build());
  }

  private @Nullable String language(int i, Random random) {
    if (languages == 0) {
      return null;
    }
    int language = random.nextInt(4) == 0 ? random.nextInt(languages) : labels[i] % languages;
    return language < LANGUAGES.length ? LANGUAGES[language] : "label " + language;
  }

  private List<Float> vector(int i) {
    List<Float> vector = new ArrayList<>();
    for (double value : latent[i]) {
      vector.add((float) value);
    }
    return vector;
  }

  /** Every third song of the largest cluster is in its second group; other clusters have one. */
  private int group(int i) {
    return labels[i] == 0 && i % 3 == 0 ? 2 : 1;
  }

  private double distance(int i) {
    double sum = 0;
    for (double value : latent[i]) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private void sweep(Random random) {
    for (String representation : List.of("pca", "raw", "vae")) {
      for (String clusterer : List.of("kmeans", "ward")) {
        for (int k = 2; k <= 10; k++) {
          boolean chosen = k == Math.min(10, clusters);
          double silhouette = 0.4 - 0.03 * Math.abs(k - clusters) + 0.02 * random.nextDouble();
          metrics.add(metrics(representation, clusterer, k, chosen, silhouette));
        }
      }
    }
    for (int k = 2; k <= 10; k++) {
      if (k != clusters) {
        clusterings.add(swept(clustering("kmeans", List.of()), k, false));
      }
    }
    clusterings.add(swept(clustering("kmeans", List.of()), clusters, true));
    for (String baseline : List.of("pca", "raw")) {
      for (int k = 2; k <= 10; k++) {
        Clustering clustering = clustering("kmeans", List.of());
        clustering.setRepresentation(baseline);
        clusterings.add(swept(clustering, k, false));
      }
    }
    if (songs >= 3 && songs <= 1000) {
      clusterings.add(clustering("ward", merges()));
    }
  }

  private Clustering swept(Clustering clustering, int k, boolean chosen) {
    clustering.setK(k);
    clustering.setChosen(chosen);
    clustering.setReason(chosen ? "highest mean silhouette" : null);
    clustering.setStability(1.0 / k);
    clustering.setSweep(
        SweepFigures.newBuilder()
            .setSilhouette(0.4 - 0.03 * Math.abs(k - clusters))
            .setDaviesBouldin(1.0 + 0.125 * k)
            .setCalinskiHarabasz(100.0 * k)
            .setGap(0.25 * k)
            .setBic(5000.0 - k)
            .setLeastClusterStability(1.5 / k)
            .build());
    return clustering;
  }

  private List<Merge> merges() {
    HierarchicalClustering tree = HierarchicalClustering.fit(WardLinkage.of(latent));
    List<Merge> merges = new ArrayList<>();
    for (int i = 0; i < tree.tree().length; i++) {
      merges.add(new Merge(tree.tree()[i][0], tree.tree()[i][1], tree.height()[i]));
    }
    return merges;
  }

  private Clustering clustering(String clusterer, List<Merge> merges) {
    ByteBuffer own = ByteBuffer.allocate(4 * songs).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.of(labels).forEach(own::putInt);
    return Clustering.newBuilder()
        .setRepresentation("vae")
        .setModelVersion("v-vae")
        .setClusterer(clusterer)
        .setK(clusters)
        .setChosen(true)
        .setReason("highest mean silhouette")
        .setIds(refs.stream().map(SongRef::getId).toList())
        .setLabels(own.flip())
        .setDistances(ByteBuffer.allocate(8 * songs))
        .setNovelties(ByteBuffer.allocate(8 * songs))
        .setDimensions(DIMENSIONS)
        .setCentroids(ByteBuffer.allocate(8 * clusters * DIMENSIONS))
        .setMerges(merges)
        .build();
  }

  private ClusteringMetrics metrics(
      String representation, String clusterer, int k, boolean chosen, double silhouette) {
    Estimate none = Estimate.newBuilder().build();
    return ClusteringMetrics.newBuilder()
        .setRun("synthetic")
        .setRepresentation(representation)
        .setClusterer(clusterer)
        .setK(k)
        .setChosen(chosen)
        .setSongs(songs)
        .setSilhouette(silhouette)
        .setDaviesBouldin(1.25)
        .setCalinskiHarabasz(321.5)
        .setNmi(new Estimate(0.5, 0.25, 0.75))
        .setAri(new Estimate(0.125, -0.5, 0.5))
        .setAmi(none)
        .setPurity(new Estimate(0.75, 0.5, 1.0))
        .setMajorityRate(new Estimate(0.5, 0.5, 0.5))
        .setStability(clusterer.equals("ward") ? null : 0.875)
        .setLeastClusterStability(clusterer.equals("ward") ? null : 0.75)
        .setActiveDimensions(6)
        .setNoiseShare(0)
        .setLargestClusterShare(0.5)
        .setFlags("")
        .build();
  }

  List<Failure> failures() {
    return List.of(
        new Failure(
            id(900_001),
            "/music/b.mp3",
            "music/b, \"quoted\".mp3",
            Stage.DECODE,
            "not_audio",
            "no format that FFmpeg knows",
            false),
        new Failure(
            null,
            "/music/a.mp3",
            "music/a.mp3",
            Stage.READ,
            "unreadable",
            "Permission denied",
            true));
  }

  Model model() {
    List<EpochLoss> history = new ArrayList<>();
    for (int epoch = 1; epoch <= 80; epoch++) {
      double kl = 6 * (1 - Math.exp(-epoch / 15.0));
      double reconstruction = 40 * Math.exp(-epoch / 12.0) - 25 + 0.4 * Math.sin(epoch);
      history.add(
          new EpochLoss(epoch, reconstruction, kl, reconstruction + kl, reconstruction + kl + 2));
    }
    return Model.newBuilder()
        .setName("vae")
        .setKind("vae")
        .setInputDimensions(40)
        .setLatentDimensions(DIMENSIONS)
        .setTensors(List.of())
        .setProvenance(
            new Provenance("0".repeat(64), songs, "spec", 7L, Map.of("epochs", "80"), Map.of()))
        .setHistory(history)
        .setKlPerDimension(List.of(1.9, 1.4, 1.1, 0.8, 0.5, 0.3, 0.004, 0.002))
        .setActiveDimensions(6)
        .setReconstructionR2(0.625)
        .setGroupR2(Map.of("timbre", 0.75, "harmony", 0.25))
        .build();
  }

  List<SongRef> refs() {
    return refs;
  }

  List<SongAudioInfo> audio() {
    return audio;
  }

  List<Embedding> embeddings() {
    return embeddings;
  }

  List<ClusterAssignment> assignments() {
    return assignments;
  }

  List<Clustering> clusterings() {
    return clusterings;
  }

  List<ClusteringMetrics> metrics() {
    return metrics;
  }

  /** All of it, with the model written under the data folder. */
  RunRecords records(String data) throws IOException {
    ModelCheckpoint checkpoint = CheckpointFile.write(data + "models/", model());
    return RunRecords.of(
        refs,
        audio,
        failures(),
        embeddings,
        List.of(checkpoint),
        clusterings,
        metrics,
        assignments,
        List.of(SyntheticFindings.of(this)));
  }
}
