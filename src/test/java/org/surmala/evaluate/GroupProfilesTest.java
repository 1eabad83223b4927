package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.SongGroup;

final class GroupProfilesTest {
  private static final List<String> NAMES = List.of("tempo", "loudness_lufs");
  private static final double[][] POINTS = {{0}, {1}, {2}, {10}, {11}, {12}, {50}, {51}};
  private static final Map<String, String> ARTISTS =
      Map.of("00000", "Slayer", "00001", "Slayer", "00004", "", "00005", "");

  /** Every song of the first cluster is faster than those of the second. */
  private static final double[][] FEATURES = {
    {160, -9}, {161, -8}, {162, -10}, {150, -9}, {151, -8}, {152, -10}, {70, -9}, {71, -9}
  };

  private static ByteBuffer doubles(double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.flip();
  }

  private static Clustering clustering() {
    Clustering clustering =
        ClusteringEvaluatorTest.clustering(
            ClusteringEvaluatorTest.ids(8), new int[] {0, 0, 0, 0, 0, 0, 1, 1}, true);
    clustering.setDimensions(1);
    clustering.setCentroids(doubles(6, 50.5));
    ByteBuffer numbers = ByteBuffer.allocate(8 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    // Number 2 was a group once.
    for (int number : new int[] {1, 1, 1, 3, 3, 3, 1, 1}) {
      numbers.putInt(number);
    }
    clustering.setGroups(
        new ClusterGroups(
            numbers.flip(),
            doubles(1, 0, 1, 1, 0, 1, 0.5, 0.5),
            List.of(
                new SongGroup(0, 1, doubles(1), 0.75),
                new SongGroup(0, 2, doubles(), null),
                new SongGroup(0, 3, doubles(11), 0.5),
                new SongGroup(1, 1, doubles(50.5), null)),
            0.625));
    return clustering;
  }

  private static List<ClusterProfile> profiles(Clustering clustering, ClusterProfile... former) {
    List<ClusterProfile> clusters =
        ClusterProfiles.of(clustering, POINTS, NAMES, FEATURES, Map.of(), ARTISTS, Map.of());
    return new GroupProfiles(clustering, POINTS, NAMES, FEATURES, Map.of(), ARTISTS)
        .of(clusters, List.of(former));
  }

  @Test
  void givenGroups_whenDescribed_thenEachIsComparedWithTheRestOfItsCluster() {
    List<ClusterProfile> profiles = profiles(clustering());
    assertThat(profiles).extracting(ClusterProfile::getCluster).containsExactly(0, 0, 1);
    assertThat(profiles).extracting(ClusterProfile::getGroup).containsExactly(1, 3, 1);
    assertThat(profiles).extracting(ClusterProfile::getSongs).containsExactly(3, 3, 2);
    // Both are fast beside the other cluster; the second is slow beside the first. The third is its
    // whole cluster.
    assertThat(profiles)
        .extracting(ClusterProfile::getName)
        .containsExactly("fast; like Slayer", "slow", "slow");
    assertThat(profiles)
        .extracting(ClusterProfile::getStability)
        .containsExactly(0.75, 0.5, (Double) null);
    assertThat(profiles.get(1).getRepresentatives()).containsExactly("00004", "00003", "00005");
  }

  @Test
  void givenFormerNames_whenDescribed_thenGroupsKeepThemAndClustersDoNotTakeThem() {
    ClusterProfile former = ClusterProfile.newBuilder(profiles(clustering()).get(1)).build();
    former.setName("what it was");
    assertThat(profiles(clustering(), former))
        .extracting(ClusterProfile::getName)
        .containsExactly("fast; like Slayer", "what it was", "slow");
  }

  @Test
  void givenNoGroups_whenDescribed_thenThereAreNoProfiles() {
    Clustering clustering = clustering();
    clustering.setGroups(null);
    assertThat(profiles(clustering)).isEmpty();
  }
}
