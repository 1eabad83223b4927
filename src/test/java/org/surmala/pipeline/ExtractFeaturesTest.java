package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.io.Shards;

/** What a song goes through on its way from a file to its features. */
public final class ExtractFeaturesTest {
  private static final List<String> STEPS =
      List.of(
          "Identify",
          "Recall",
          "Decode",
          "Resample",
          "Segment",
          "WriteSegments",
          "Featurize",
          "StoreFeatures");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void givenFlink_whenBuilt_thenEveryStepHasItsName() {
    List<String> expected = new ArrayList<>(STEPS);
    expected.add(0, "Mix");
    expected.add("Outputs");
    assertThat(steps(FlinkRunner.class)).isEqualTo(expected);
  }

  @Test
  public void givenTheDirectRunner_whenBuilt_thenOneStepNamesAllItDoes() {
    assertThat(steps(DirectRunner.class)).containsExactly(String.join("+", STEPS));
  }

  /** Names of the steps of ExtractFeatures that take an element each, in their order. */
  private List<String> steps(Class<? extends PipelineRunner<?>> runner) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    Pipeline pipeline = Pipeline.create(options);
    Settings settings = new Settings();
    RunRequest request =
        new RunRequest(
            new SongSource.Sound(folder.getRoot().toString()),
            folder.getRoot() + "/out",
            folder.getRoot() + "/data",
            settings,
            List.of());
    pipeline.apply(
        "CollectFeatures",
        CollectFeatures.to(PipelineConfig.of(request, folder.getRoot() + "/data/", new Shards(2))));
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            String[] parts = node.getFullName().split("/", -1);
            if (parts.length > 3 && parts[1].equals("ExtractFeatures") && parts[3].equals("Each")) {
              names.add(parts[2]);
            }
          }
        });
    return names;
  }
}
