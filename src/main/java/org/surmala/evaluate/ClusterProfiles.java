package org.surmala.evaluate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.LabelCount;
import org.surmala.schema.Trait;

/** Profiles of the clusters of a clustering: features, labels, typical and borderline songs. */
public final class ClusterProfiles {
  private static final int TRAITS = 12;
  private static final int TYPICAL_ARTISTS = 2;
  private static final int SONGS = 5;

  /** Smallest effect: a medium Cohen's d (Cohen 1988). */
  private static final double LEAST_EFFECT = 0.5;

  /** The name of a song's loudness among the features, if it is known. */
  public static final String LOUDNESS = "loudness_lufs";

  private ClusterProfiles() {}

  /**
   * Profiles of every cluster except noise, by number.
   *
   * @param points embedding of each song, in the clustering's order
   * @param features features of each song, in the same order; empty for a song that is excluded
   *     from effects
   * @param labels labels by song id; may lack songs
   * @param artists artists by song id; may lack songs
   * @param kept names to keep, by cluster
   * @throws IllegalArgumentException if a table does not match the clustering's songs
   */
  public static List<ClusterProfile> of(
      Clustering clustering,
      double[][] points,
      List<String> featureNames,
      double[][] features,
      Map<String, String> labels,
      Map<String, String> artists,
      Map<Integer, String> kept) {
    List<String> ids = clustering.getIds();
    if (points.length != ids.size() || features.length != ids.size()) {
      throw new IllegalArgumentException(
          ("the clustering is of %s songs, the embeddings of %s and the features of %s;"
                  + " they must be for the same songs")
              .formatted(ids.size(), points.length, features.length));
    }
    int[] clusters = new int[ids.size()];
    clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(clusters);
    double[][] centroids = centroids(clustering);
    Map<String, Integer> all = new HashMap<>();
    for (String id : ids) {
      String artist = artists.get(id);
      if (artist != null) {
        all.merge(artist, 1, Integer::sum);
      }
    }
    List<ClusterProfile> profiles = new ArrayList<>();
    for (int c = 0; c < centroids.length; c++) {
      int cluster = c;
      int[] members =
          IntStream.range(0, clusters.length).filter(i -> clusters[i] == cluster).toArray();
      if (members.length == 0) {
        // An unused number: no cluster continues the former one.
        continue;
      }
      List<Trait> traits = traits(clusters, cluster, featureNames, features);
      profiles.add(
          ClusterProfile.newBuilder()
              .setRepresentation(clustering.getRepresentation())
              .setModelVersion(clustering.getModelVersion())
              .setClusterer(clustering.getClusterer())
              .setK(clustering.getK())
              .setCluster(cluster)
              .setSongs(members.length)
              .setLabels(labelCounts(members, ids, labels))
              .setTraits(traits)
              .setDescription("")
              .setRepresentatives(first(members, ids, i -> distance(points[i], centroids[cluster])))
              .setBorderline(first(members, ids, i -> margin(points[i], centroids, cluster)))
              .setStability(stability(clustering, cluster))
              .setArtistShare(artistShare(labelCounts(members, ids, artists)))
              .setArtists(typical(labelCounts(members, ids, artists), all))
              .build());
    }
    ClusterNaming.name(profiles, kept);
    return profiles;
  }

  /** The share of the most frequent artist among the songs with a known artist. */
  private static @Nullable Double artistShare(List<LabelCount> artists) {
    int known = artists.stream().mapToInt(LabelCount::getSongs).sum();
    return known == 0 ? null : (double) artists.get(0).getSongs() / known;
  }

  /**
   * The artists with at least two songs in a cluster, and more than elsewhere, ranked by the number
   * of songs there times their share of the artist's songs.
   */
  private static List<String> typical(List<LabelCount> artists, Map<String, Integer> all) {
    return artists.stream()
        .filter(artist -> artist.getSongs() > 1)
        .filter(artist -> 2 * artist.getSongs() > all.getOrDefault(artist.getLabel(), 0))
        .sorted(
            Comparator.comparingDouble(
                artist ->
                    -(double) artist.getSongs()
                        * artist.getSongs()
                        / all.getOrDefault(artist.getLabel(), 1)))
        .limit(TYPICAL_ARTISTS)
        .map(LabelCount::getLabel)
        .toList();
  }

  private static @Nullable Double stability(Clustering clustering, int cluster) {
    ByteBuffer packed =
        clustering.getClusterStabilities().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int count = packed.remaining() / Double.BYTES;
    double value = cluster < count ? packed.asDoubleBuffer().get(cluster) : Double.NaN;
    return Double.isNaN(value) ? null : value;
  }

  private static List<String> first(int[] members, List<String> ids, IntToDoubleFunction rank) {
    return Arrays.stream(members)
        .boxed()
        .sorted(Comparator.comparingDouble(rank::applyAsDouble))
        .limit(SONGS)
        .map(ids::get)
        .toList();
  }

  /**
   * The margin of a point: how much nearer its own centroid is than the nearest other one, as a
   * share of the latter distance.
   */
  private static double margin(double[] point, double[][] centroids, int own) {
    double other = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centroids.length; c++) {
      double distance = distance(point, centroids[c]);
      other = c == own || Double.isNaN(distance) ? other : Math.min(other, distance);
    }
    return other == 0 || Double.isInfinite(other) ? 0 : 1 - distance(point, centroids[own]) / other;
  }

  private static List<Trait> traits(
      int[] clusters, int cluster, List<String> names, double[][] features) {
    List<Trait> traits = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      double effect = effect(clusters, cluster, features, f);
      if (Math.abs(effect) >= LEAST_EFFECT) {
        traits.add(new Trait(names.get(f), effect, null));
      }
    }
    traits.sort(Comparator.comparingDouble((Trait trait) -> -Math.abs(trait.getEffect())));
    // The strongest traits, and the strongest trait of each aspect with a word.
    List<Trait> kept = new ArrayList<>();
    Set<FeatureWords.Aspect> said = EnumSet.noneOf(FeatureWords.Aspect.class);
    for (Trait trait : traits) {
      FeatureWords.Word word = word(names, trait);
      boolean isSaid = false;
      if (word != null && said.add(word.aspect())) {
        trait.setWord(word.text());
        isSaid = true;
      }
      if (kept.size() < TRAITS || isSaid) {
        kept.add(trait);
      }
    }
    return kept;
  }

  /**
   * The word for a trait; none for the level of normalised segments if the loudness of the audio is
   * known.
   */
  private static FeatureWords.@Nullable Word word(List<String> names, Trait trait) {
    boolean isNormalised = trait.getFeature().equals("rms_mean") && names.contains(LOUDNESS);
    return isNormalised ? null : FeatureWords.of(trait.getFeature(), trait.getEffect() > 0);
  }

  /** Cohen's d of the cluster against all other songs; 0 if it is not defined. */
  private static double effect(int[] clusters, int cluster, double[][] features, int f) {
    double[] count = new double[2];
    double[] mean = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < clusters.length; i++) {
      if (features[i].length == 0) {
        continue;
      }
      int side = clusters[i] == cluster ? 0 : 1;
      double value = features[i][f];
      count[side]++;
      double difference = value - mean[side];
      mean[side] += difference / count[side];
      squares[side] += difference * (value - mean[side]);
    }
    double freedom = count[0] + count[1] - 2;
    double pooled = Math.sqrt((squares[0] + squares[1]) / freedom);
    return count[0] == 0 || count[1] == 0 || !(pooled > 0) ? 0 : (mean[0] - mean[1]) / pooled;
  }

  private static List<LabelCount> labelCounts(
      int[] members, List<String> ids, Map<String, String> labels) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (int member : members) {
      String label = labels.get(ids.get(member));
      if (label != null) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    return byCount(counts);
  }

  /** Labels by falling count, then by label. */
  static List<LabelCount> byCount(Map<String, Integer> sortedByLabel) {
    return sortedByLabel.entrySet().stream()
        .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt((LabelCount count) -> -count.getSongs()))
        .toList();
  }

  private static double[][] centroids(Clustering clustering) {
    ByteBuffer packed = clustering.getCentroids().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    double[][] centroids =
        new double[packed.remaining() / Double.BYTES / clustering.getDimensions()]
            [clustering.getDimensions()];
    for (double[] centroid : centroids) {
      for (int d = 0; d < centroid.length; d++) {
        centroid[d] = packed.getDouble();
      }
    }
    return centroids;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return Math.sqrt(sum);
  }
}
