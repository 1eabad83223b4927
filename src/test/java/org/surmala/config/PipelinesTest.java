package org.surmala.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.io.Shards;
import org.surmala.pipeline.CollectFeatures;
import org.surmala.pipeline.SongPipeline;

/** Every file in pipelines/ is a pipeline that can be built. */
final class PipelinesTest {
  @TempDir private Path folder;

  static Stream<Path> yamlFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("pipelines"))) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertThat(yaml).isNotEmpty();
      return yaml.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("yamlFiles")
  void givenAPipelineFile_whenBuilt_thenEveryStageIsInItsGraphAndNamed(Path yaml) {
    Settings settings = new Settings();
    settings.setAll(yaml);
    RunRequest request =
        new RunRequest(
            new SongSource.Sound(folder.toString()),
            folder.resolve("results").toString(),
            folder.resolve("data").toString(),
            settings,
            List.of());
    Pipeline pipeline = Pipeline.create();

    PipelineConfig config = PipelineConfig.of(request, folder + "/data/", new Shards(4));
    SongPipeline.build(pipeline, CollectFeatures.to(config), config);

    List<String> stages = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(Node node) {
            if (node.getFullName().isEmpty()) {
              return CompositeBehavior.ENTER_TRANSFORM;
            }
            stages.add(node.getFullName());
            return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
          }
        });
    assertThat(stages)
        .contains("Songs", "Train", "Embed", "Cluster", "Evaluate", "Report", "Coverage");
  }
}
