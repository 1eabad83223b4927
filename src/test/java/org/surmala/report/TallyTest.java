package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterCount;
import org.surmala.schema.FailureCount;
import org.surmala.schema.SongTotals;
import org.surmala.schema.Stage;

final class TallyTest {
  private static final SongTotals FIRST =
      new SongTotals(
          12L,
          3_000L,
          List.of(new ClusterCount(-1, null, 1L), new ClusterCount(0, "a", 7L)),
          List.of(new FailureCount(Stage.DECODE, "not_audio", false, 2L)));
  private static final SongTotals SECOND =
      new SongTotals(
          5L,
          500L,
          List.of(new ClusterCount(0, "a", 1L), new ClusterCount(0, "b", 2L)),
          List.of(
              new FailureCount(Stage.DECODE, "not_audio", false, 1L),
              new FailureCount(Stage.READ, "unreadable", true, 1L)));

  @Test
  void givenCountsOfParts_whenSummed_thenTheOrderDoesNotMatter() {
    Tally tally = Tally.of(List.of(FIRST, SECOND));

    assertThat(tally.toRecord()).isEqualTo(Tally.of(List.of(SECOND, FIRST)).toRecord());
    assertThat(tally.found()).isEqualTo(17);
    assertThat(tally.songs()).isEqualTo(11);
    assertThat(tally.seconds()).isEqualTo(3.5);
    assertThat(tally.sizes()).isEqualTo(Map.of(-1, 1L, 0, 10L));
    assertThat(tally.labels(0)).isEqualTo(Map.of("a", 8L, "b", 2L));
    assertThat(tally.labels()).containsEntry(null, 1L).hasSize(3);
    assertThat(tally.codes()).isEqualTo(Map.of("not_audio", 3L, "unreadable", 1L));
    assertThat(tally.failures())
        .containsExactly(
            new FailureCount(Stage.DECODE, "not_audio", false, 3L),
            new FailureCount(Stage.READ, "unreadable", true, 1L));
  }

  /** Two of three sampled songs of label a move from cluster 0 to cluster 5. */
  @Test
  void givenASampleWhoseClustersAreEdited_whenDisplayed_thenAllSongsAreDividedLikeIt() {
    SyntheticRun run = new SyntheticRun(3, 1, 1, 1);
    List<ReportedSong> songs =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  run.refs().get(i).setLanguage("a");
                  return ReportedSong.of(run.refs().get(i), run.audio().get(i));
                })
            .toList();
    List<ClusterAssignment> displayed =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    ClusterAssignment.newBuilder(run.assignments().get(i))
                        .setCluster(i == 1 ? 0 : 5)
                        .build())
            .toList();

    Tally tally = Tally.of(List.of(FIRST, SECOND)).displayed(songs, run.assignments(), displayed);

    assertThat(tally.labels(0)).isEqualTo(Map.of("a", 3L, "b", 2L));
    assertThat(tally.labels(5)).isEqualTo(Map.of("a", 5L));
    assertThat(tally.sizes()).isEqualTo(Map.of(-1, 1L, 0, 5L, 5, 5L));
  }
}
