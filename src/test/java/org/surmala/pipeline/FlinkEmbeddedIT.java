package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flink inside the program. */
final class FlinkEmbeddedIT {
  /** More than the 10,000 members of a group that a join keeps in memory. */
  private static final int SONGS = 10_500;

  @Test
  void givenMoreSongsThanAJoinKeepsInMemory_whenRunEmbedded_thenAllAreEmbedded()
      throws IOException {
    LearningBench.Outcome outcome =
        new LearningBench(
                SONGS,
                settings(),
                List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2"),
                progress -> {})
            .execute();

    assertThat(outcome.stageSeconds().get("evaluate")).isPositive();
  }

  @Test
  void givenAnAddressWhereNoClusterIs_whenRun_thenTheErrorNamesTheRemedy() {
    assertThatThrownBy(
            () -> BeamRun.under(List.of("--runner=FlinkRunner", "--flinkMaster=127.0.0.1:1")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no Flink cluster answers there; surmala flink start starts one");
  }

  private static Settings settings() {
    Settings settings = new Settings();
    Map.of(
            "models.list", "pca",
            "primary.representation", "pca",
            "cluster.algorithms", "kmeans",
            "cluster.k", "8",
            "cluster.restarts", "1",
            "cluster.stability_refits", "0",
            "evaluate.bootstrap", "0",
            "evaluate.permutations", "0")
        .forEach(settings::set);
    return settings;
  }
}
