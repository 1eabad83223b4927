package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.Clustering;
import org.surmala.schema.SongGroup;

/** The second level of a clustering: made, continued, and what new songs are assigned to. */
final class GroupLevelTest {
  private static final GroupOptions GROUPS = new GroupOptions("vae", "kmeans", 4, 8);
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULTS
          .withAlgorithms(ClusterAlgorithm.KMEANS)
          .withKRange(2, 2)
          .withStabilityRefits(4)
          .withGroups(GROUPS);

  /** Songs around places: those around 0, 10, … 90 are one cluster, those from 1,000 another. */
  private static Clustering clustering(ClusterOptions options, int[] places, int[] counts) {
    List<String> ids = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    for (int p = 0; p < places.length; p++) {
      for (int i = 0; i < counts[p]; i++) {
        ids.add("%04d-%04d".formatted(places[p], i));
        points.add(new double[] {places[p] + 0.01 * i, 0});
      }
    }
    return new ClusterSweep(options).run("vae", "v", ids, points.toArray(double[][]::new)).get(0);
  }

  private static ClusterGroups groups(Clustering clustering) {
    return Objects.requireNonNull(clustering.getGroups());
  }

  private static int group(Clustering clustering, String id) {
    return PackedDoubles.ints(groups(clustering).getNumbers())[clustering.getIds().indexOf(id)];
  }

  @Test
  void givenTwoLevels_whenClustered_thenGroupsAreNumberedBySizeWithinTheirCluster() {
    Clustering found = clustering(OPTIONS, new int[] {0, 50, 90, 1000}, new int[] {4, 5, 6, 3});
    assertThat(groups(found).getGroups())
        .extracting(SongGroup::getCluster, SongGroup::getNumber)
        .containsExactly(tuple(0, 1), tuple(0, 2), tuple(0, 3), tuple(1, 1));
    assertThat(group(found, "0090-0000")).isEqualTo(1);
    assertThat(group(found, "0050-0004")).isEqualTo(2);
    assertThat(group(found, "0000-0003")).isEqualTo(3);
    assertThat(group(found, "1000-0001")).isEqualTo(1);
    assertThat(PackedDoubles.doubles(groups(found).getGroups().get(1).getCentre()))
        .containsExactly(new double[] {50.02, 0}, within(1e-9));
    assertThat(PackedDoubles.doubles(groups(found).getDistances())[4])
        .isCloseTo(0.02, within(1e-9));
  }

  @Test
  void givenGroupsFarApart_whenRefitted_thenTheyAreStableAndWhatIsWholeIsNotMeasured() {
    Clustering found = clustering(OPTIONS, new int[] {0, 90, 1000}, new int[] {6, 6, 3});
    assertThat(groups(found).getStability()).isBetween(0.5, 1.0);
    assertThat(groups(found).getGroups().get(0).getStability()).isBetween(0.5, 1.0);
    assertThat(groups(found).getGroups().get(2).getStability()).isNull();
    Clustering unmeasured =
        clustering(OPTIONS.withStabilityRefits(0), new int[] {0, 90, 1000}, new int[] {6, 6, 3});
    assertThat(groups(unmeasured).getStability()).isNull();
  }

  /** 2,100 songs are split into parts first; the groups of one part are split again. */
  @Test
  void givenALargeCluster_whenRefitted_thenTheGroupsOfOnePartAreMeasured() {
    Clustering found =
        clustering(
            OPTIONS.withStabilityRefits(1).withGroups(new GroupOptions("vae", "kmeans", 100, 400)),
            new int[] {0, 100, 5_000},
            new int[] {1_050, 1_050, 50});
    List<SongGroup> groups = groups(found).getGroups();
    int[] numbers = PackedDoubles.ints(groups(found).getNumbers());
    Map<Integer, Set<String>> places = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      String id = found.getIds().get(i);
      if (!id.startsWith("5000")) {
        places.computeIfAbsent(numbers[i], n -> new HashSet<>()).add(id.substring(0, 4));
      }
    }
    Map<String, Set<Boolean>> measured = new HashMap<>();
    for (SongGroup group : groups) {
      if (group.getCluster() == 0) {
        String place = Objects.requireNonNull(places.get(group.getNumber())).iterator().next();
        measured.computeIfAbsent(place, p -> new HashSet<>()).add(group.getStability() != null);
      }
    }

    assertThat(places.values()).allMatch(of -> of.size() == 1);
    assertThat(measured.values()).containsExactlyInAnyOrder(Set.of(true), Set.of(false));
    assertThat(groups(found).getStability()).isBetween(0.0, 1.0);
  }

  @Test
  void givenAnotherClusteringThanThatOfTheOptions_whenClustered_thenItHasNoGroups() {
    int[] places = {0, 90, 1000};
    int[] counts = {6, 6, 3};
    assertThat(clustering(OPTIONS.withGroups(null), places, counts).getGroups()).isNull();
    GroupOptions ofRaw = new GroupOptions("raw", "kmeans", 4, 8);
    assertThat(clustering(OPTIONS.withGroups(ofRaw), places, counts).getGroups()).isNull();
    assertThat(
            clustering(OPTIONS.withAlgorithms(ClusterAlgorithm.WARD), places, counts).getGroups())
        .isNull();
  }

  @Test
  void givenANewSong_whenAssigned_thenItsGroupIsTheNearestOfItsCluster() {
    Clustering found = clustering(OPTIONS, new int[] {0, 50, 90, 1000}, new int[] {4, 5, 6, 3});
    Assigner assigner = Assigner.of(found);
    ClusterAssignment near = assigner.assign("new", new double[] {57.02, 0});
    assertThat(near.getGroup()).isEqualTo(2);
    assertThat(near.getGroupDistance()).isCloseTo(7, within(1e-9));
    assertThat(assigner.assign("new", new double[] {300, 0}).getGroup()).isEqualTo(1);
    assertThat(assigner.assign("new", new double[] {900, 0}).getGroup()).isEqualTo(1);
    Clustering whole = clustering(OPTIONS.withGroups(null), new int[] {0, 1000}, new int[] {6, 6});
    assertThat(Assigner.of(whole).assign("new", new double[] {1, 0}).getGroup()).isNull();
  }

  @Test
  void givenGroupsWhoseSizesChange_whenContinued_thenTheyKeepTheirNumbers() {
    Clustering before = clustering(OPTIONS, new int[] {0, 50, 90, 1000}, new int[] {4, 5, 6, 3});
    Clustering after =
        clustering(OPTIONS, new int[] {0, 50, 90, 1000, 1050}, new int[] {6, 5, 4, 6, 6});
    assertThat(group(after, "0000-0000")).isEqualTo(1);

    Clustering continued = ClusterCorrespondence.continued(before, after);

    assertThat(group(continued, "0090-0000")).isEqualTo(1);
    assertThat(group(continued, "0050-0000")).isEqualTo(2);
    assertThat(group(continued, "0000-0005")).isEqualTo(3);
    assertThat(group(continued, "1000-0005")).isEqualTo(1);
    // New within its cluster.
    assertThat(group(continued, "1050-0000")).isEqualTo(2);
    assertThat(Assigner.of(continued).assign("new", new double[] {1, 0}).getGroup()).isEqualTo(3);
  }

  @Test
  void givenAGroupThatIsGone_whenContinuedTwice_thenNoOtherGetsItsNumber() {
    Clustering first = clustering(OPTIONS, new int[] {0, 50, 90, 1000}, new int[] {4, 5, 6, 3});
    Clustering second =
        ClusterCorrespondence.continued(
            first, clustering(OPTIONS, new int[] {50, 90, 1000}, new int[] {5, 6, 3}));
    Clustering third =
        ClusterCorrespondence.continued(
            second, clustering(OPTIONS, new int[] {10, 50, 90, 1000}, new int[] {4, 5, 6, 3}));
    assertThat(group(third, "0090-0000")).isEqualTo(1);
    assertThat(group(third, "0050-0000")).isEqualTo(2);
    assertThat(group(third, "0010-0000")).isEqualTo(4);
    assertThat(
            groups(third).getGroups().stream()
                .filter(group -> !group.getCentre().hasRemaining())
                .map(SongGroup::getNumber))
        .containsExactly(3);
    assertThat(Assigner.of(third).assign("new", new double[] {1, 0}).getGroup()).isEqualTo(4);
  }

  @Test
  void givenAClusteringWithoutGroups_whenContinued_thenGroupsKeepTheNumbersOfTheirSizes() {
    Clustering before = clustering(OPTIONS.withGroups(null), new int[] {0, 1000}, new int[] {6, 3});
    Clustering after = clustering(OPTIONS, new int[] {0, 50, 1000}, new int[] {4, 5, 3});
    Clustering continued = ClusterCorrespondence.continued(before, after);
    assertThat(group(continued, "0050-0000")).isEqualTo(1);
    assertThat(group(continued, "0000-0000")).isEqualTo(2);
  }

  @Test
  void givenSongsInAnyOrderOfThreads_whenClusteredAgain_thenTheBytesAreTheSame() {
    int[] places = IntStream.range(0, 20).map(i -> 7 * i * i).toArray();
    int[] counts = IntStream.range(0, 20).map(i -> 3 + i % 4).toArray();
    assertThat(clustering(OPTIONS, places, counts)).isEqualTo(clustering(OPTIONS, places, counts));
  }

  @ParameterizedTest
  @CsvSource({"1,10", "15,29", "15,10"})
  void givenSizesThatCannotBeKept_whenMade_thenTheOptionIsNamed(int least, int most) {
    assertThatThrownBy(() -> new GroupOptions("vae", "kmeans", least, most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cluster.group_songs is " + least + ".." + most);
  }
}
