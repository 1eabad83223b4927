package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.LabelCount;
import org.surmala.schema.Trait;

final class ClusterProfilesTest {
  private static final List<String> NAMES =
      List.of("tempo", "mfcc_03_mean", "spectral_centroid_mean");

  @Test
  void describesAClusterByWhatSetsItApart() {
    List<String> ids = ClusteringEvaluatorTest.ids(6);
    double[][] points = {{0}, {1}, {3.9}, {10}, {11}, {12}};
    Clustering clustering =
        ClusteringEvaluatorTest.clustering(ids, new int[] {0, 0, 0, 1, 1, 1}, true);
    ByteBuffer centroids = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    centroids.putDouble(1).putDouble(11).flip();
    clustering.setDimensions(1);
    clustering.setCentroids(centroids);
    ByteBuffer stabilities = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    clustering.setClusterStabilities(stabilities.putDouble(0.875).putDouble(Double.NaN).flip());
    double[][] features = {
      {160, 5, 1000},
      {150, 5.5, 1010},
      {155, 4.5, 990},
      {90, 1, 1005},
      {95, 1.5, 995},
      {100, 0.5, 1000}
    };
    Map<String, String> labels =
        Map.of("00000", "Bangla", "00001", "English", "00002", "English", "00003", "Bangla");
    List<ClusterProfile> profiles =
        ClusterProfiles.of(clustering, points, NAMES, features, labels, Map.of(), Map.of());
    assertThat(profiles).hasSize(2);
    ClusterProfile first = profiles.get(0);
    assertThat(first.getSongs()).isEqualTo(3);
    assertThat(first.getDescription()).isEqualTo("fast");
    assertThat(profiles).extracting(ClusterProfile::getName).containsExactly("fast", "slow");
    assertThat(profiles.get(1).getDescription()).isEqualTo("slow");
    assertThat(profiles)
        .extracting(ClusterProfile::getStability)
        .containsExactly(0.875, (Double) null);
    // A name that was given before stays, whatever its cluster is like by now.
    assertThat(
            ClusterProfiles.of(
                clustering, points, NAMES, features, labels, Map.of(), Map.of(1, "fast")))
        .extracting(ClusterProfile::getName)
        .containsExactly("fast 2", "fast");
    assertThat(first.getTraits())
        .extracting(Trait::getFeature)
        .containsExactly("tempo", "mfcc_03_mean");
    // Means 155 and 95, each with a deviation of 5.
    assertThat(first.getTraits().get(0).getEffect()).isEqualTo(12, within(1e-9));
    assertThat(first.getTraits().get(1).getWord()).isNull();
    assertThat(first.getLabels())
        .containsExactly(new LabelCount("English", 2), new LabelCount("Bangla", 1));
    assertThat(first.getRepresentatives()).containsExactly("00001", "00000", "00002");
    assertThat(first.getBorderline()).containsExactly("00002", "00000", "00001");
    assertThatThrownBy(
            () ->
                ClusterProfiles.of(
                    clustering, points, NAMES, new double[2][3], labels, Map.of(), Map.of()))
        .hasMessageContaining("the features of 2");
  }

  @Test
  void namesAreUniqueAndTheLargestClusterHasTheShortest() {
    List<ClusterProfile> profiles =
        List.of(
            named("fast", "bright", "bright", "loud", "major"),
            named("fast", "bright", "loud", "minor"),
            named("loud", "bright", "fast"),
            named(),
            named());
    ClusterNaming.name(profiles, Map.of());
    assertThat(profiles)
        .extracting(ClusterProfile::getName)
        .containsExactly(
            "fast, loud, bright",
            "fast, loud, bright, minor",
            "fast, loud, bright 2",
            "mixed",
            "mixed 2");
    assertThat(profiles.get(1).getDescription()).isEqualTo("fast, loud, bright");
  }

  @Test
  void givenTypicalArtists_whenNamed_thenTheyFollowTheWordsAndPlainWordsComeFirst() {
    ClusterProfile metal = named("noisy", "fast", "loud", "percussive");
    metal.setArtists(List.of("Slayer", "Nexuiz"));
    ClusterProfile unworded = named();
    unworded.setArtists(List.of("An orchestra with a name that is too long", "Bach"));
    ClusterProfile again = named("fast", "loud", "percussive");
    again.setArtists(List.of("Slayer", "Nexuiz"));
    ClusterNaming.name(List.of(metal, unworded, again), Map.of());
    assertThat(metal.getName()).isEqualTo("fast, loud, percussive; like Slayer, Nexuiz");
    assertThat(unworded.getName()).isEqualTo("mixed; like Bach");
    assertThat(again.getName()).isEqualTo("fast, loud, percussive 2; like Slayer, Nexuiz");
  }

  /** Four features of brightness and two of tempo say one word each. */
  @Test
  void givenFeaturesOfOneAspect_whenDescribed_thenOneWordTellsOfIt() {
    List<String> names =
        List.of(
            "spectral_rolloff_mean",
            "spectral_centroid_mean",
            "zero_crossing_rate_mean",
            "tempo",
            "onset_rate");
    double[][] features = new double[6][names.size()];
    for (int i = 0; i < 6; i++) {
      Arrays.fill(features[i], (i < 3 ? 10 : 0) + i % 3);
    }
    Clustering clustering =
        ClusteringEvaluatorTest.clustering(
            ClusteringEvaluatorTest.ids(6), new int[] {0, 0, 0, 1, 1, 1}, true);
    clustering.setDimensions(1);
    clustering.setCentroids(ByteBuffer.allocate(16));
    assertThat(
            ClusterProfiles.of(
                clustering, new double[6][1], names, features, Map.of(), Map.of(), Map.of()))
        .extracting(ClusterProfile::getName)
        .containsExactly("fast, bright", "slow, dark");
  }

  /** An artist counts by the songs in the cluster and the share of them that is there. */
  @Test
  void givenArtists_whenDescribed_thenTheTypicalOnesAreNamed() {
    List<String> ids = ClusteringEvaluatorTest.ids(12);
    String[] artists = {
      "Both", "Both", "Most", "Most", "Most", "", "", "Once", "Own", "Own", "Both", "Both"
    };
    Map<String, String> byId = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      if (!artists[i].isEmpty()) {
        byId.put(ids.get(i), artists[i]);
      }
    }
    Clustering clustering =
        ClusteringEvaluatorTest.clustering(
            ids, new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1}, true);
    clustering.setDimensions(1);
    clustering.setCentroids(ByteBuffer.allocate(16));
    assertThat(
            ClusterProfiles.of(
                clustering, new double[12][1], NAMES, new double[12][0], Map.of(), byId, Map.of()))
        .extracting(ClusterProfile::getArtists)
        .containsExactly(List.of("Most", "Own"), List.of());
  }

  private static ClusterProfile named(String... words) {
    return ClusterProfile.newBuilder()
        .setRepresentation("vae")
        .setModelVersion("v1")
        .setClusterer("kmeans")
        .setK(5)
        .setCluster(0)
        .setSongs(1)
        .setLabels(List.of())
        .setTraits(Stream.of(words).map(word -> new Trait("f", 1.0, word)).toList())
        .setDescription("")
        .setRepresentatives(List.of())
        .setBorderline(List.of())
        .build();
  }

  @Test
  void wordsGoBothWays() {
    assertThat(FeatureWords.of("rms_mean", true)).extracting("text").isEqualTo("loud");
    assertThat(FeatureWords.of("rms_mean", false)).extracting("text").isEqualTo("quiet");
    assertThat(FeatureWords.of("rms_skewness", false)).isNull();
    assertThat(FeatureWords.of("spectral_flatness_mean", true))
        .extracting("text")
        .isEqualTo("noisy");
    assertThat(FeatureWords.of("mfcc_01_mean", true)).isNull();
  }
}
