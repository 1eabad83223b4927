package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SongLot;
import org.surmala.metric.InternalIndices;
import org.surmala.metric.Silhouette;
import org.surmala.schema.Clustering;
import org.surmala.schema.KMeansState;
import org.surmala.schema.Model;
import org.surmala.schema.PointBlock;
import org.surmala.schema.Population;
import org.surmala.schema.SweepFigures;
import org.surmala.schema.SweepState;

/**
 * A {@link ClusterSweep} in which no worker holds more songs than a block or a sample.
 *
 * <ol>
 *   <li>{@link #fit}: the clusterers are fitted to the sample, except K-Means, whose centres are
 *       given. Stability and gap are computed on the sample.
 *   <li>{@link BlockSums#counts} and {@link BlockSums#counted}: the predictor of each clustering
 *       assigns all songs. Clusters are numbered by size, and their centroids are the means of all
 *       their songs.
 *   <li>{@link #withSilhouettes} and {@link #chosen}: silhouettes of some songs of the sample
 *       against all songs; Davies–Bouldin, Calinski–Harabasz and BIC of all songs; and the choice
 *       of k.
 * </ol>
 *
 * <p>Clusters are not split into groups, because there would be too many.
 */
record SampledSweep(ClusterOptions options) {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /** Fits every clusterer to the sampled songs; the model is for the clusterer {@code model}. */
  SweepState fit(PointBlock sample, KMeansState kMeans, @Nullable Model model) {
    double[][] points = ScalableKMeans.points(sample);
    List<Clustering> found = new ArrayList<>();
    if (points.length >= ClusterSweep.LEAST_SONGS) {
      ClusterSweep sweep = new ClusterSweep(options);
      for (ClusterAlgorithm algorithm : options.algorithms()) {
        Clusterer clusterer = sweep.clusterer(algorithm, model);
        if (clusterer != null) {
          found.addAll(fit(sweep, clusterer, points, DistributedKMeans.byK(kMeans)));
        }
      }
    }
    for (int number = 0; number < found.size(); number++) {
      Clustering clustering = found.get(number);
      clustering.setRepresentation(sample.getRepresentation());
      clustering.setModelVersion(sample.getModelVersion());
      clustering.setPopulation(new Population(number, kMeans.getSongs(), List.of(), NONE));
    }
    return new SweepState(sample, found, kMeans.getFirst());
  }

  private List<Clustering> fit(
      ClusterSweep sweep, Clusterer clusterer, double[][] points, Map<Integer, double[][]> kMeans) {
    boolean isKMeans = clusterer.algorithm() == ClusterAlgorithm.KMEANS;
    SweptClusterer fitting = isKMeans ? null : clusterer.on(points, options.seed());
    int[] ks =
        Arrays.stream(sweep.ks(clusterer, points.length))
            .filter(k -> !isKMeans || kMeans.containsKey(k))
            .toArray();
    int[] levels =
        fitting == null || fitting.merges().isEmpty()
            ? new int[0]
            : options.levels().stream()
                .mapToInt(Integer::intValue)
                .filter(level -> level < points.length)
                .filter(level -> Arrays.stream(ks).noneMatch(k -> k == level))
                .toArray();
    List<Partition> partitions =
        IntStream.concat(Arrays.stream(ks), Arrays.stream(levels))
            .mapToObj(
                k ->
                    fitting == null
                        ? assigned(points, Objects.requireNonNull(kMeans.get(k)))
                        : assigned(points, fitting.at(k)))
            .toList();
    List<int[]> labels = partitions.stream().limit(ks.length).map(Partition::labels).toList();
    List<SweepFigures> figures = partitions.stream().map(p -> new SweepFigures()).toList();
    sweep.addGaps(clusterer, points, ks, labels, figures);
    BootstrapStability refits = sweep.refits(clusterer, points, ks, labels);
    List<Clustering> found = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      Partition partition = partitions.get(i);
      boolean isLevel = i >= ks.length;
      double[] ofClusters = isLevel ? new double[0] : refits.ofClusters(i);
      int known = ofClusters.length;
      if (known > 0) {
        // Clusters without a song in the sample.
        ofClusters = Arrays.copyOf(ofClusters, partition.clusters());
        Arrays.fill(ofClusters, known, ofClusters.length, Double.NaN);
        figures.get(i).setLeastClusterStability(ClusterSweep.defined(refits.least(i)));
      }
      figures.get(i).setBic(partition.bic());
      found.add(
          Clustering.newBuilder()
              .setRepresentation("")
              .setModelVersion("")
              .setClusterer(clusterer.algorithm().label())
              .setK(partition.clusters())
              .setChosen(false)
              .setReason(isLevel ? ClusterSweep.LEVEL : null)
              .setIds(List.of())
              .setLabels(PackedDoubles.ints(partition.labels()))
              .setDistances(NONE)
              .setNovelties(NONE)
              .setDimensions(points[0].length)
              .setCentroids(NONE)
              .setStability(isLevel ? null : ClusterSweep.defined(refits.stability()[i]))
              .setClusterStabilities(PackedDoubles.doubles(ofClusters))
              .setMerges(i == 0 && fitting != null ? fitting.merges() : List.of())
              .setSweep(isLevel ? null : figures.get(i))
              .setFitted(sweep.fitted(partition))
              .build());
    }
    return found;
  }

  private static Partition assigned(double[][] points, double[][] centres) {
    ClusterPredictor rule = new NearestCentroidPredictor(centres);
    return new Partition(labels(points, rule), centres, rule, null, null, Map.of());
  }

  /** A partition with the clusters that its predictor assigns. */
  private static Partition assigned(double[][] points, Partition fitted) {
    return new Partition(
        labels(points, fitted.rule()),
        fitted.centroids(),
        fitted.rule(),
        null,
        fitted.bic(),
        fitted.found());
  }

  static int[] labels(double[][] points, ClusterPredictor rule) {
    return Arrays.stream(points).parallel().mapToInt(rule::assign).toArray();
  }

  /** Indices of the songs of the sample whose silhouettes are computed. */
  int[] queries(SweepState state) {
    List<String> ids = state.getSample().getIds();
    boolean isExact =
        state.getClusterings().stream()
            .allMatch(c -> population(c).getSongs() <= ClusterSweep.MOST_EXACT);
    return SongLot.first(ids, isExact ? ids.size() : options.silhouetteSample());
  }

  private static Population population(Clustering clustering) {
    return Objects.requireNonNull(clustering.getPopulation());
  }

  private static int[] sizes(Clustering clustering) {
    return population(clustering).getSizes().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The clusterings with their silhouettes, from the sums of distances over all blocks. */
  SweepState withSilhouettes(SweepState state, List<double[]> distances) {
    int[] queries = queries(state);
    List<Clustering> all = new ArrayList<>();
    int from = 0;
    for (Clustering clustering : state.getClusterings()) {
      int first = from;
      int last = from + clustering.getK();
      from = last;
      int[] labels = PackedDoubles.ints(clustering.getLabels());
      int[] sizes = sizes(clustering);
      int[] kept =
          IntStream.range(0, queries.length).filter(q -> labels[queries[q]] >= 0).toArray();
      Silhouette.Sample silhouette =
          Silhouette.ofSums(
              Arrays.stream(kept)
                  .mapToObj(q -> Arrays.copyOfRange(distances.get(q), first, last))
                  .toArray(double[][]::new),
              sizes,
              Arrays.stream(kept).map(q -> labels[queries[q]]).toArray());
      all.add(
          measured(clustering, figures -> SweepScores.setSilhouette(figures, silhouette, sizes)));
    }
    return new SweepState(state.getSample(), all, state.getFirst());
  }

  /** A clustering with further scores; unchanged if it has none. */
  private static Clustering measured(Clustering clustering, Consumer<SweepFigures> measure) {
    if (clustering.getSweep() == null) {
      return clustering;
    }
    SweepFigures figures = SweepFigures.newBuilder(clustering.getSweep()).build();
    measure.accept(figures);
    return Clustering.newBuilder(clustering).setSweep(figures).build();
  }

  /**
   * The clusterings with all scores and the choice of k, from the sums of spreads over all blocks.
   */
  SweepState chosen(SweepState state, double[] spreads) {
    double[][] points = ScalableKMeans.points(state.getSample());
    Map<String, List<Clustering>> byClusterer = new LinkedHashMap<>();
    int from = 0;
    for (Clustering clustering : state.getClusterings()) {
      int[] sizes = sizes(clustering);
      double[] distances = new double[sizes.length];
      double within = 0;
      for (int c = 0; c < sizes.length; c++) {
        distances[c] = spreads[from++];
        within += spreads[from++];
      }
      InternalIndices separation =
          InternalIndices.ofSums(sizes, BlockSums.centroids(clustering), distances, within);
      byClusterer
          .computeIfAbsent(clustering.getClusterer(), c -> new ArrayList<>())
          .add(
              measured(
                  clustering,
                  figures ->
                      SweepScores.setSeparation(
                          figures, separation, sizes, clustering.getDimensions())));
    }
    List<Clustering> all = new ArrayList<>();
    for (List<Clustering> swept : byClusterer.values()) {
      all.addAll(chosen(swept, state.getSample().getIds(), points));
    }
    return new SweepState(state.getSample(), all, state.getFirst());
  }

  private List<Clustering> chosen(List<Clustering> swept, List<String> ids, double[][] points) {
    List<Clustering> candidates = swept.stream().filter(c -> c.getSweep() != null).toList();
    Clustering first = candidates.get(0);
    int songs = population(first).getSongs();
    ClusterAlgorithm algorithm = ClusterAlgorithm.of(first.getClusterer());
    KChoice.Choice choice =
        new KChoice(options, songs)
            .choose(
                algorithm,
                algorithm.takesK(),
                candidates.stream().mapToInt(BlockSums::clusters).toArray(),
                candidates.stream().map(SampledSweep::sizesOf).toList(),
                candidates.stream().map(Clustering::getSweep).toList());
    List<Clustering> all = new ArrayList<>();
    for (int i = 0; i < swept.size(); i++) {
      Clustering clustering = swept.get(i);
      boolean isChosen = i == choice.index();
      int[] labels = PackedDoubles.ints(clustering.getLabels());
      double[][] centroids = BlockSums.centroids(clustering);
      double[] distances = new double[points.length];
      Arrays.setAll(distances, p -> Geometry.distance(points[p], centroids, labels[p]));
      all.add(
          Clustering.newBuilder(clustering)
              .setIds(ids)
              .setDistances(PackedDoubles.doubles(distances))
              .setNovelties(PackedDoubles.doubles(ClusterSweep.novelties(distances)))
              .setChosen(isChosen)
              .setReason(isChosen ? choice.reason() : clustering.getReason())
              .setMerges(isChosen ? first.getMerges() : List.of())
              .build());
    }
    return all;
  }

  private static KChoice.Sizes sizesOf(Clustering clustering) {
    int[] sizes = sizes(clustering);
    return new KChoice.Sizes(
        sizes.length,
        sizes.length == 0 ? 0 : sizes[0],
        population(clustering).getSongs() - Arrays.stream(sizes).sum(),
        Objects.requireNonNull(clustering.getFitted()).getOptions().get("epsilon"));
  }
}
