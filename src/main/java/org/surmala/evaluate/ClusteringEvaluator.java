package org.surmala.evaluate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.InternalIndices;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.Silhouette;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Estimate;
import org.surmala.schema.LabelCell;
import org.surmala.schema.Population;
import org.surmala.schema.SweepFigures;

/**
 * Scores the clusterings of one model.
 *
 * <p>Silhouette, Davies–Bouldin and Calinski–Harabasz exclude noise, and are withheld if they would
 * mislead ({@link Flag}). Agreement with the labels is computed over songs with a label; noise
 * counts as a cluster. ARI, NMI, AMI, purity and the majority rate have 95 % confidence intervals
 * by bootstrap over these songs, given the clusters: they show the variation with other songs of
 * the same kind, not with another fit. The p-value of the permutation test is computed only for
 * chosen k, since it is slow and the others are not reported.
 */
public final class ClusteringEvaluator {
  private static final double ACTIVE_DEVIATION = 0.1;

  /** Largest share of the songs in one cluster with which internal scores are reported. */
  public static final double ONE_CLUSTER = 0.95;

  /** Largest share of noise with which internal scores are reported. */
  public static final double NOISE = 0.5;

  private static final double SIGNIFICANCE = 0.05;
  private static final double UNSTABLE = 0.6;

  private final EvaluateOptions options;
  private final List<String> ids;
  private final double[][] points;
  private final int activeDimensions;
  private final int[] labelled;
  private final LabelCodes truth;

  /**
   * The scores and, for a chosen k, the assignments.
   *
   * @param metrics one row
   * @param assignments one for each song, in id order; empty unless chosen
   */
  public record Evaluation(ClusteringMetrics metrics, List<ClusterAssignment> assignments) {}

  /**
   * An evaluator of one model's clusterings.
   *
   * @param ids song ids, ascending
   * @param points embedding of each song
   * @param labels labels by id; may lack songs
   */
  public ClusteringEvaluator(
      EvaluateOptions options, List<String> ids, double[][] points, Map<String, String> labels) {
    this.options = options;
    this.ids = List.copyOf(ids);
    this.points = points;
    activeDimensions = activeDimensions(points);
    labelled = IntStream.range(0, ids.size()).filter(i -> labels.containsKey(ids.get(i))).toArray();
    truth =
        LabelCodes.of(
            Arrays.stream(labelled)
                .mapToObj(i -> Objects.requireNonNull(labels.get(ids.get(i))))
                .toList());
  }

  /** Number of dimensions whose population standard deviation over the points is above 0.1. */
  public static int activeDimensions(double[][] points) {
    int active = 0;
    int dimensions = points.length == 0 ? 0 : points[0].length;
    for (int d = 0; d < dimensions; d++) {
      double mean = 0;
      for (double[] point : points) {
        mean += point[d];
      }
      mean /= points.length;
      double squares = 0;
      for (double[] point : points) {
        squares += (point[d] - mean) * (point[d] - mean);
      }
      if (Math.sqrt(squares / points.length) > ACTIVE_DEVIATION) {
        active++;
      }
    }
    return active;
  }

  /**
   * Scores a clustering.
   *
   * @throws IllegalArgumentException if its songs are not the evaluator's
   */
  public Evaluation evaluate(Clustering clustering) {
    return evaluate(clustering, List.of());
  }

  /**
   * As {@link #evaluate(Clustering)}; of a clustering that names a sample only, the figures are
   * those of its sweep, agreement is that of all songs, and how often chance agrees is of the
   * sample. Assignments are left to others there.
   *
   * @param cells songs of each label in each cluster, once or in parts; for other clusterings none
   */
  Evaluation evaluate(Clustering clustering, List<LabelCell> cells) {
    if (!clustering.getIds().equals(ids)) {
      throw new IllegalArgumentException(
          ("the clustering %s of %s is of %s songs, the embeddings are of %s; they must"
                  + " be for the same songs")
              .formatted(
                  clustering.getClusterer(),
                  clustering.getRepresentation(),
                  clustering.getIds().size(),
                  ids.size()));
    }
    int[] clusters = ints(clustering.getLabels(), ids.size());
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (clustering.getChosen()) {
      flags.add(Flag.CHOSEN);
    }
    FigureCaveat mark = options.marks().get(clustering.getRepresentation());
    if (mark != null) {
      flags.add(mark.flag());
    }
    Population population = clustering.getPopulation();
    int songs = population == null ? ids.size() : population.getSongs();
    int active = population == null ? activeDimensions : activeDimensions(population);
    int[] sizes = population == null ? sizes(clusters) : sizes(population);
    double noiseShare = (double) (songs - Arrays.stream(sizes).sum()) / songs;
    double largestShare = (double) Arrays.stream(sizes).max().orElse(0) / songs;
    flags.addAll(withheld(active, noiseShare, largestShare));
    SweepFigures sweep = clustering.getSweep();
    Double leastClusterStability = sweep == null ? null : sweep.getLeastClusterStability();
    if (leastClusterStability != null && leastClusterStability < UNSTABLE) {
      flags.add(Flag.UNSTABLE);
    }
    ClusteringMetrics.Builder row =
        ClusteringMetrics.newBuilder()
            .setRun(options.run())
            .setRepresentation(clustering.getRepresentation())
            .setClusterer(clustering.getClusterer())
            .setK(clustering.getK())
            .setChosen(clustering.getChosen())
            .setSongs(songs)
            .setStability(clustering.getStability())
            .setLeastClusterStability(leastClusterStability)
            .setGroupStability(
                clustering.getGroups() == null ? null : clustering.getGroups().getStability())
            .setActiveDimensions(active)
            .setNoiseShare(noiseShare)
            .setLargestClusterShare(largestShare);
    boolean isWithheld =
        flags.contains(Flag.COLLAPSED)
            || flags.contains(Flag.ONE_CLUSTER)
            || flags.contains(Flag.NOISE);
    @Nullable Double[] silhouettes = new @Nullable Double[ids.size()];
    if (!isWithheld) {
      scoreInside(clustering, clusters, silhouettes, row, flags);
    }
    ExternalIndices agreement = population == null ? agreement(clusters) : LabelTable.of(cells);
    scoreAgreement(clustering.getChosen(), agreement, clusters, row, flags);
    row.setFlags(
        flags.stream()
            .map(flag -> mark != null && flag == mark.flag() ? mark.code() : flag.code())
            .collect(Collectors.joining(";")));
    return new Evaluation(
        row.build(),
        clustering.getChosen() && population == null
            ? assignments(clustering, clusters, silhouettes)
            : List.of());
  }

  private Set<Flag> withheld(int active, double noiseShare, double largestShare) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    int dimensions = points.length == 0 ? 0 : points[0].length;
    if (active < Math.min(2, dimensions)) {
      flags.add(Flag.COLLAPSED);
    }
    if (largestShare > ONE_CLUSTER) {
      flags.add(Flag.ONE_CLUSTER);
    }
    if (noiseShare > NOISE) {
      flags.add(Flag.NOISE);
    }
    return flags;
  }

  private void scoreInside(
      Clustering clustering,
      int[] clusters,
      @Nullable Double[] silhouettes,
      ClusteringMetrics.Builder row,
      Set<Flag> flags) {
    int[] kept = IntStream.range(0, clusters.length).filter(i -> clusters[i] >= 0).toArray();
    SweepFigures known = clustering.getSweep();
    boolean isSample = clustering.getPopulation() != null;
    boolean exact =
        isSample
            ? known == null || known.getSilhouetteLow() == null
            : kept.length <= options.silhouetteExact();
    boolean isKnown =
        known != null
            && known.getSilhouette() != null
            && exact == (known.getSilhouetteLow() == null);
    if (isSample && known == null) {
      // A level that was asked for is not measured.
      return;
    }
    if (isSample || (isKnown && !clustering.getChosen())) {
      // The sweep measured the same songs in the same way; only chosen rows need every song.
      if (!exact) {
        flags.add(Flag.SAMPLED);
      }
      row.setSilhouette(known.getSilhouette())
          .setSilhouetteLow(known.getSilhouetteLow())
          .setSilhouetteHigh(known.getSilhouetteHigh())
          .setDaviesBouldin(known.getDaviesBouldin())
          .setCalinskiHarabasz(known.getCalinskiHarabasz());
      return;
    }
    double[][] rows = Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new);
    int[] labels = Arrays.stream(kept).map(i -> clusters[i]).toArray();
    Silhouette.Sample sample =
        Silhouette.sample(
            rows,
            labels,
            exact ? Math.max(2, kept.length) : options.silhouetteSample(),
            options.seed());
    row.setSilhouette(defined(sample.mean()));
    if (!exact) {
      flags.add(Flag.SAMPLED);
      row.setSilhouetteLow(defined(sample.low())).setSilhouetteHigh(defined(sample.high()));
    }
    for (int i = 0; i < sample.indices().length; i++) {
      silhouettes[kept[sample.indices()[i]]] = defined(sample.values()[i]);
    }
    InternalIndices separation = InternalIndices.of(rows, labels);
    row.setDaviesBouldin(defined(separation.daviesBouldin()))
        .setCalinskiHarabasz(defined(separation.calinskiHarabasz()));
  }

  /** Of songs that are all known; null with fewer than two labels. */
  private @Nullable ExternalIndices agreement(int[] clusters) {
    return truth.count() < 2 ? null : ExternalIndices.of(truth, found(clusters));
  }

  private LabelCodes found(int[] clusters) {
    return LabelCodes.of(Arrays.stream(labelled).map(i -> clusters[i]).toArray());
  }

  private void scoreAgreement(
      boolean chosen,
      @Nullable ExternalIndices agreement,
      int[] clusters,
      ClusteringMetrics.Builder row,
      Set<Flag> flags) {
    if (agreement == null) {
      flags.add(Flag.NO_LABELS);
      Estimate none = Estimate.newBuilder().build();
      row.setNmi(none).setAri(none).setAmi(none).setPurity(none).setMajorityRate(none);
      return;
    }
    ExternalIndices[] replicates =
        IntStream.range(0, options.bootstraps())
            .parallel()
            .mapToObj(draw -> agreement.resampled(Bootstrap.generator(options.seed(), draw)))
            .toArray(ExternalIndices[]::new);
    row.setNmi(estimate(agreement, replicates, ExternalIndices::normalizedMutualInformation, 0))
        .setAri(estimate(agreement, replicates, ExternalIndices::adjustedRand, -1))
        .setAmi(estimate(agreement, replicates, ExternalIndices::adjustedMutualInformation, -1))
        .setPurity(estimate(agreement, replicates, ExternalIndices::purity, 0))
        .setMajorityRate(estimate(agreement, replicates, ExternalIndices::majorityRate, 0));
    if (chosen && options.permutations() > 0) {
      LabelCodes found = found(clusters);
      double byAri = chance(found, ExternalIndices::adjustedRand);
      double byNmi = chance(found, ExternalIndices::normalizedMutualInformation);
      row.setAriChance(byAri).setNmiChance(byNmi);
      if (byAri > SIGNIFICANCE) {
        flags.add(Flag.CHANCE);
      }
    }
  }

  private double chance(LabelCodes found, ToDoubleFunction<ExternalIndices> statistic) {
    return Bootstrap.permutationP(truth, found, statistic, options.permutations(), options.seed());
  }

  private static Estimate estimate(
      ExternalIndices agreement,
      ExternalIndices[] replicates,
      ToDoubleFunction<ExternalIndices> statistic,
      double least) {
    double value = statistic.applyAsDouble(agreement);
    double[] values = Arrays.stream(replicates).parallel().mapToDouble(statistic).toArray();
    Bootstrap.Interval interval = Bootstrap.interval(value, values, least, 1);
    return Estimate.newBuilder()
        .setValue(defined(value))
        .setLow(defined(interval.low()))
        .setHigh(defined(interval.high()))
        .build();
  }

  private List<ClusterAssignment> assignments(
      Clustering clustering, int[] clusters, @Nullable Double[] silhouettes) {
    ByteBuffer distances = clustering.getDistances().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer novelties = clustering.getNovelties().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    ClusterGroups level = clustering.getGroups();
    int[] groups =
        level == null ? new int[clusters.length] : ints(level.getNumbers(), clusters.length);
    ByteBuffer groupDistances =
        level == null ? null : level.getDistances().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<ClusterAssignment> assignments = new ArrayList<>(clusters.length);
    for (int i = 0; i < clusters.length; i++) {
      assignments.add(
          ClusterAssignment.newBuilder()
              .setId(ids.get(i))
              .setRepresentation(clustering.getRepresentation())
              .setModelVersion(clustering.getModelVersion())
              .setClusterer(clustering.getClusterer())
              .setK(clustering.getK())
              .setCluster(clusters[i])
              .setDistance(distances.getDouble())
              .setNovelty(novelties.getDouble())
              .setSilhouette(silhouettes[i])
              .setGroup(groups[i] == 0 ? null : (Integer) groups[i])
              .setGroupDistance(groupDistances == null ? null : defined(groupDistances.getDouble()))
              .build());
    }
    return assignments;
  }

  /** Songs of each cluster. */
  private static int[] sizes(int[] clusters) {
    int[] sizes = new int[Arrays.stream(clusters).max().orElse(-1) + 1];
    for (int cluster : clusters) {
      if (cluster >= 0) {
        sizes[cluster]++;
      }
    }
    return sizes;
  }

  private static int[] sizes(Population population) {
    return population.getSizes().stream().mapToInt(Integer::intValue).toArray();
  }

  private static int activeDimensions(Population population) {
    DoubleBuffer deviations =
        population.getDeviations().duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    int active = 0;
    while (deviations.hasRemaining()) {
      active += deviations.get() > ACTIVE_DEVIATION ? 1 : 0;
    }
    return active;
  }

  private static @Nullable Double defined(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static int[] ints(ByteBuffer packed, int count) {
    int[] values = new int[count];
    packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }
}
