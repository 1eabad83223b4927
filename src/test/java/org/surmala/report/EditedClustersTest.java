package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.schema.ClusterAssignment;

/** Edits made by hand: kept in a file, applied to fitted clusters, also to those of a later fit. */
final class EditedClustersTest {
  private static final Instant TIME = Instant.parse("2026-11-30T12:00:00Z");
  private static final String CLUSTERING = "m kmeans 3";
  private static final ClusterNames NAMES =
      ClusterNames.of(new ReportOptions("r/", "d/", "vae", "kmeans", 1), List.of());

  @TempDir Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static String id(int song) {
    return String.format("%012x", song * 7919L) + "0".repeat(52);
  }

  private static List<String> ids(int... songs) {
    return IntStream.of(songs).mapToObj(EditedClustersTest::id).toList();
  }

  /** Song 0 is in the first cluster given, song 1 in the second, and so on. */
  private static List<ClusterAssignment> fitted(int... clusters) {
    List<ClusterAssignment> fitted = new ArrayList<>();
    for (int song = 0; song < clusters.length; song++) {
      fitted.add(
          ClusterAssignment.newBuilder()
              .setId(id(song))
              .setRepresentation("vae")
              .setModelVersion("m")
              .setClusterer("kmeans")
              .setK(3)
              .setCluster(clusters[song])
              .setDistance(song)
              .setNovelty(0.5)
              .build());
    }
    return fitted;
  }

  private static EditedClusters edited(List<ClusterAssignment> fitted, ClusterEdit... edits)
      throws IOException {
    return EditedClusters.of(
        fitted,
        NAMES,
        List.of(edits),
        () -> {
          throw new AssertionError("no edit needs embeddings");
        });
  }

  private static List<Integer> clusters(EditedClusters edited) {
    return edited.assignments().stream().map(ClusterAssignment::getCluster).toList();
  }

  @Test
  void givenARename_whenApplied_thenTheClusterHasTheNameAndOthersKeepTheirs() throws IOException {
    EditedClusters edited =
        edited(fitted(0, 0, 1), ClusterEdit.rename(TIME, 0, ids(0, 1), " Calm "));

    assertThat(edited.names().of(0)).isEqualTo("Calm");
    assertThat(edited.names().of(1)).isEqualTo("B");
    assertThat(edited.fittedNames().of(0)).isEqualTo("Calm");
    assertThat(edited.isEdited(0)).isTrue();
    assertThat(edited.isEdited(1)).isFalse();
    assertThat(edited.isRegrouped(0)).isFalse();
  }

  @Test
  void givenRowsWithIdsOfAnyText_whenRenamed_thenTheClusterHasTheName() throws IOException {
    List<ClusterAssignment> rows = new ArrayList<>();
    for (ClusterAssignment song : fitted(0, 1)) {
      rows.add(ClusterAssignment.newBuilder(song).setId("r " + song.getCluster()).build());
    }
    EditedClusters edited =
        edited(rows, ClusterEdit.rename(Instant.EPOCH, 0, List.of("r 1"), "Evening"));

    assertThat(edited.names().full(1)).contains("Evening");
    assertThat(edited.names().full(0)).doesNotContain("Evening");
  }

  @Test
  void givenALaterFitWithOtherNumbers_whenApplied_thenTheEditGoesWithTheSongs() throws IOException {
    EditedClusters edited =
        edited(fitted(2, 2, 2, 0, 1), ClusterEdit.rename(TIME, 0, ids(0, 1, 3), "Calm"));

    assertThat(edited.names().of(2)).isEqualTo("Calm");
    assertThat(edited.names().of(0)).isEqualTo("A");
  }

  @Test
  void givenSongsInEqualPartsOfTwoClusters_whenApplied_thenTheNumberDecides() throws IOException {
    EditedClusters edited = edited(fitted(0, 1, 2), ClusterEdit.rename(TIME, 1, ids(0, 1), "Calm"));

    assertThat(edited.names().of(1)).isEqualTo("Calm");
  }

  @Test
  void givenAnEditWhoseSongsAreGone_whenApplied_thenItIsLeftOutAndKept() throws IOException {
    ClusterEdit edit = ClusterEdit.rename(TIME, 0, ids(8, 9), "Calm");
    EditedClusters edited = edited(fitted(0, 1), edit);

    assertThat(edited.names().of(0)).isEqualTo("A");
    assertThat(edited.sentences()).isEmpty();
    assertThat(edited.without(1)).containsExactly(edit);
  }

  @Test
  void givenAMerge_whenApplied_thenBothAreOneWithTheFirstOnesNameAndWithoutScores()
      throws IOException {
    EditedClusters edited =
        edited(
            fitted(0, 1, 2, 1),
            ClusterEdit.rename(TIME, 0, ids(0), "Calm"),
            ClusterEdit.merge(TIME, 1, ids(1, 3), 0, ids(0)));

    assertThat(clusters(edited)).containsExactly(0, 0, 2, 0);
    assertThat(edited.names().of(0)).isEqualTo("Calm");
    assertThat(edited.isRegrouped(0)).isTrue();
    assertThat(edited.isRegrouped(2)).isFalse();
    assertThat(edited.fittedNames().of(1)).isEqualTo("B");
    assertThat(edited.sentences())
        .containsExactly(
            "Cluster A was renamed to \"Calm\" by hand on 2026-11-30.",
            "Cluster B was merged into A by hand on 2026-11-30.");
  }

  @Test
  void givenASplit_whenApplied_thenTheSongsNamedLeaveUnderANewNumber() throws IOException {
    EditedClusters edited =
        edited(fitted(0, 0, 0, 1), ClusterEdit.split(TIME, 0, ids(0, 1, 2), ids(1)));

    assertThat(clusters(edited)).containsExactly(0, 2, 0, 1);
    assertThat(edited.names().of(0)).isEqualTo("A");
    assertThat(edited.names().of(2)).isEqualTo("A 2");
    assertThat(edited.isRegrouped(0)).isTrue();
    assertThat(edited.isRegrouped(2)).isTrue();
  }

  @Test
  void givenASongThatCameAfterASplit_whenApplied_thenItIsWithTheNearerPart() throws IOException {
    Map<String, double[]> places =
        Map.of(
            id(0), new double[] {0, 0},
            id(1), new double[] {10, 0},
            id(2), new double[] {7, 0},
            id(3), new double[] {1, 1});
    EditedClusters edited =
        EditedClusters.of(
            fitted(0, 0, 0, 0),
            NAMES,
            List.of(ClusterEdit.split(TIME, 0, ids(0, 1), ids(1))),
            () -> places);

    assertThat(clusters(edited)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void givenGroups_whenClustersAreMergedAndSplit_thenSongsKeepTheirsUnderNewNumbers()
      throws IOException {
    List<ClusterAssignment> fitted = fitted(0, 0, 1, 1);
    fitted.get(0).setGroup(1);
    fitted.get(1).setGroup(2);
    fitted.get(2).setGroup(1);
    fitted.get(3).setGroup(2);
    ClusterEdit merge = ClusterEdit.merge(TIME, 1, ids(2, 3), 0, ids(0, 1));
    EditedClusters merged = edited(fitted, merge);

    assertThat(merged.assignments().stream().map(ClusterAssignment::getGroup))
        .containsExactly(1, 2, 3, 4);
    assertThat(merged.names().group(merged.assignments().get(3))).isEqualTo("B2");
    EditedClusters split =
        edited(fitted, merge, ClusterEdit.split(TIME, 0, ids(0, 1, 2, 3), ids(1, 3)));
    assertThat(clusters(split)).containsExactly(0, 2, 0, 2);
    assertThat(split.assignments().stream().map(ClusterAssignment::getGroup))
        .containsExactly(1, 1, 2, 2);
  }

  @Test
  void givenPinsAndHides_whenUndone_thenTheLastOneCounts() throws IOException {
    EditedClusters edited =
        edited(
            fitted(0, 1),
            ClusterEdit.pin(TIME, 0, ids(0), true),
            ClusterEdit.hide(TIME, 1, ids(1), true, CLUSTERING),
            ClusterEdit.hide(TIME, 1, ids(1), false, CLUSTERING));

    assertThat(edited.isPinned(0)).isTrue();
    assertThat(edited.isHidden(1)).isFalse();
  }

  /** Songs 0 to 2 were hidden as cluster 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // as it was; with fewer new songs than hidden ones; with one of the three elsewhere
        "1 1 1 0 0 0 | 1",
        "1 1 1 1 1 0 | 1",
        "1 1 0 0 0 2 | 1",
        // in a larger cluster; in pieces; half of it
        "1 1 1 1 1 1 | -1",
        "0 1 2 2 2 2 | -1",
        "0 0 1 0 0 1 | -1"
      })
  void givenAHiddenClusterAndAnotherClustering_whenApplied_thenOnlyWhatIsMostlyItIsHidden(
      String later, int hidden) throws IOException {
    int[] clusters = Arrays.stream(later.split(" ")).mapToInt(Integer::parseInt).toArray();
    EditedClusters edited =
        edited(fitted(clusters), ClusterEdit.hide(TIME, 0, ids(0, 1, 2), true, "m kmeans 4"));

    assertThat(IntStream.range(0, 3).filter(edited::isHidden).toArray())
        .isEqualTo(hidden < 0 ? new int[0] : new int[] {hidden});
    assertThat(edited.sentences())
        .containsExactly(
            hidden < 0
                ? "Cluster A was hidden by hand on 2026-11-30; nothing is hidden by this, because"
                    + " no cluster is now mostly its songs."
                : "Cluster A was hidden by hand on 2026-11-30.");
    assertThat(edited.without(1)).hasSize(hidden < 0 ? 1 : 0);
  }

  @Test
  void givenManyNewSongsOfTheSameClustering_whenApplied_thenTheirClusterStaysHidden()
      throws IOException {
    ClusterEdit edit = ClusterEdit.hide(TIME, 0, ids(0, 1), true, CLUSTERING);

    assertThat(edited(fitted(0, 0, 0, 0, 0, 1), edit).isHidden(0)).isTrue();
  }

  @Test
  void givenAMergeAndWhatWasDoneToItsParts_whenUndone_thenOnlyOtherEditsAreLeft()
      throws IOException {
    ClusterEdit other = ClusterEdit.rename(TIME, 2, ids(2), "Loud");
    EditedClusters edited =
        edited(
            fitted(0, 1, 2),
            ClusterEdit.rename(TIME, 1, ids(1), "Fast"),
            other,
            ClusterEdit.merge(TIME, 1, ids(1), 0, ids(0)),
            ClusterEdit.pin(TIME, 0, ids(0, 1), true));

    assertThat(edited.without(0)).containsExactly(other);
  }

  @Test
  void givenTwoClustersOfOneNameWithArtists_whenNamed_thenTheNumberIsBehindTheWords()
      throws IOException {
    EditedClusters edited =
        edited(
            fitted(0, 1, 2),
            ClusterEdit.rename(TIME, 0, ids(0), "dark, sparse; like Otis Vale"),
            ClusterEdit.rename(TIME, 1, ids(1), "dark, sparse; like Otis Vale"));

    assertThat(edited.names().of(0)).isEqualTo("dark, sparse; like Otis Vale");
    assertThat(edited.names().of(1)).isEqualTo("dark, sparse 2; like Otis Vale");
  }

  @Test
  void givenTwoClustersOfOneName_whenNamed_thenTheSecondHasANumber() throws IOException {
    EditedClusters edited =
        edited(
            fitted(0, 1, 2),
            ClusterEdit.rename(TIME, 0, ids(0), "C"),
            ClusterEdit.rename(TIME, 1, ids(1), "C"));

    assertThat(List.of(edited.names().of(0), edited.names().of(1), edited.names().of(2)))
        .containsExactly("C 2", "C 3", "C");
  }

  @Test
  void givenEdits_whenWrittenAndRead_thenTheyAreTheSame() throws IOException {
    List<ClusterEdit> edits =
        List.of(
            ClusterEdit.rename(TIME, 0, ids(0, 1), "=শান্ত, \"ধীর\""),
            ClusterEdit.merge(TIME, 1, ids(2), 0, ids(0, 1)),
            ClusterEdit.split(TIME, 0, ids(0, 1), ids(1)),
            ClusterEdit.hide(TIME, 2, ids(3), true, CLUSTERING),
            ClusterEdit.pin(TIME, 2, ids(3), false));
    ClusterEdits.write(folder + "/", edits);

    assertThat(ClusterEdits.read(folder + "/")).isEqualTo(edits);
    assertThat(Files.readAllLines(folder.resolve("edits.csv")).get(0))
        .isEqualTo("time,cluster,songs,action,value");
  }

  @Test
  void givenNoFile_whenRead_thenThereAreNoEdits() throws IOException {
    assertThat(ClusterEdits.read(folder + "/")).isEmpty();
    assertThat(ClusterEdits.stamp(folder + "/")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-30T12:00:00Z,x,a,pin,true | cluster is 'x'; give its number",
        "2026-11-30T12:00:00Z,0,a,paint,true | action is 'paint'; give rename, pin,",
        "2026-11-30T12:00:00Z,0,a,pin,yes | 'yes': give true or false",
        "2026-11-30T12:00:00Z,0,a,hide,true x | 'true x': give true or false, and model, clusterer"
            + " and k",
        "2026-11-30T12:00:00Z,-2,a,pin,true | '-2': give the number of a cluster",
        "2026-11-30T12:00:00Z,0,a,merge,b | 'b': give a number and songs",
        "2026-11-30T12:00:00Z,0,a,split,.. | '..': give songs",
        "2026-11-30T12:00:00Z,0,a,rename,../x | a name has no /",
        "noon,0,a,pin,true | Text 'noon' could not be parsed"
      })
  void givenAWrongRow_whenRead_thenTheErrorNamesFileRowAndRemedy(String row, String message)
      throws IOException {
    Files.writeString(
        folder.resolve("edits.csv"), "time,cluster,songs,action,value\r\n" + row + "\r\n");

    assertThatThrownBy(() -> ClusterEdits.read(folder + "/"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("edits.csv, row 2: ")
        .hasMessageContaining(message)
        .hasMessageEndingWith("; correct or delete the row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a\\b", ".hidden", "a\nb", "a\u0000b", "a\u2028b"})
  void givenANameThatNoFileCanHave_whenRenamed_thenItIsRefused(String name) {
    List<String> members = ids(0);
    assertThatThrownBy(() -> ClusterEdit.rename(TIME, 0, members, name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenEdits_whenResultsAreDrawnAgain_thenTablesPageAndPlaylistsShowThemAndTheReportSaysSo()
      throws IOException {
    SyntheticResults.write(folder, 40, 3);
    String results = folder + "/results/";
    String data = folder + "/data/";
    String metrics = Files.readString(folder.resolve("results/clustering_metrics.csv"));
    String profiles = Files.readString(folder.resolve("results/cluster_profiles.csv"));
    List<ClusterAssignment> fitted = StoredClusters.read(results).assignments();
    List<String> second = members(fitted, 1);
    List<String> third = members(fitted, 2);
    ClusterEdits.write(
        data,
        List.of(
            ClusterEdit.rename(TIME, 1, second, "Evening"),
            ClusterEdit.merge(TIME, 2, third, 1, second),
            ClusterEdit.hide(TIME, 0, members(fitted, 0), true, CLUSTERING)));

    Redraw.all(results, data, style -> style);

    assertThat(StoredClusters.read(results).assignments()).isEqualTo(fitted);
    EditedClusters shown = StoredClusters.edited(results, data);
    assertThat(members(shown.assignments(), 1)).hasSize(second.size() + third.size());
    List<String> rows = Files.readAllLines(folder.resolve("results/assignments.csv"));
    assertThat(rows.stream().filter(row -> row.contains(",1,Evening,")))
        .hasSize(second.size() + third.size());
    assertThat(folder.resolve("results/playlists"))
        .isDirectoryContaining("glob:**/Evening.m3u8")
        .isDirectoryNotContaining("glob:**/fast, bright.m3u8");
    assertThat(folder.resolve("results/index.html"))
        .content()
        .contains("\"name\":\"B: Evening\"")
        .contains("\"hidden\":true");
    assertThat(folder.resolve("results/REPORT.md"))
        .content()
        .contains("## Edits by hand")
        .contains("- Cluster C was merged into B by hand on 2026-11-30.");
    assertThat(folder.resolve("results/clustering_metrics.csv")).hasContent(metrics);
    assertThat(folder.resolve("results/cluster_profiles.csv")).hasContent(profiles);
  }

  @Test
  void givenNamesThatAreOneFile_whenResultsAreDrawnAgain_thenEachClusterHasItsPlaylist()
      throws IOException {
    SyntheticResults.write(folder, 40, 3);
    String results = folder + "/results/";
    List<ClusterAssignment> fitted = StoredClusters.read(results).assignments();
    ClusterEdits.write(
        folder + "/data/",
        List.of(
            ClusterEdit.rename(TIME, 0, members(fitted, 0), "Late: one"),
            ClusterEdit.rename(TIME, 1, members(fitted, 1), "late? ONE")));

    Redraw.all(results, folder + "/data/", style -> style);

    assertThat(folder.resolve("results/playlists/Late_ one.m3u8"))
        .content()
        .contains("#PLAYLIST:Late: one\n");
    assertThat(folder.resolve("results/playlists/late_ ONE 2.m3u8"))
        .content()
        .contains("#PLAYLIST:late? ONE\n");
  }

  private static List<String> members(List<ClusterAssignment> assignments, int cluster) {
    return assignments.stream()
        .filter(song -> song.getCluster() == cluster)
        .map(ClusterAssignment::getId)
        .toList();
  }
}
