package org.surmala.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.io.CheckpointFile;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

final class FitCacheTest {
  private static final int EPOCHS = 3;

  @TempDir private Path folder;
  private final AtomicInteger epochs = new AtomicInteger();

  private static List<FeatureBatch> songs(float last) {
    ByteBuffer values = ByteBuffer.allocate(6 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(new float[] {0, 1, 2, 3, 4, last});
    return List.of(
        FeatureBatch.newBuilder()
            .setSpec("spec")
            .setIds(List.of("a", "b", "c"))
            .setDimensions(2)
            .setValues(values)
            .build());
  }

  private Model fit(String build, long seed, float last) throws IOException {
    String models = folder + "/";
    TrainOptions options =
        new TrainOptions(
            List.of(new ModelSpec("vae", "vae", Map.of("epochs", Integer.toString(EPOCHS)))),
            models,
            seed,
            List.of(),
            2);
    try (TrainingSet songs = TrainingSet.of(songs(last), TrainingSet.MOST_IN_MEMORY)) {
      return FitCache.in(models, build.isEmpty() ? Optional.empty() : Optional.of(build))
          .fit(
              new ModelFitter(options.model("vae"), options, epoch -> epochs.incrementAndGet()),
              songs);
    }
  }

  @Test
  void givenAFitThatEnded_whenFittedAgain_thenItsModelIsReadAndNothingIsFitted()
      throws IOException {
    Model first = fit("build", 1, 5);
    int fitted = epochs.get();

    assertThat(fit("build", 1, 5)).isEqualTo(first);

    assertThat(fitted).isPositive();
    assertThat(epochs).hasValue(fitted);
  }

  @Test
  void givenAModelFromTheCache_whenItIsWritten_thenItHasTheSameBytesAndVersion()
      throws IOException {
    ModelCheckpoint first = CheckpointFile.write(folder + "/", fit("build", 1, 5));

    assertThat(CheckpointFile.write(folder + "/", fit("build", 1, 5))).isEqualTo(first);
  }

  @Test
  void givenAnotherSeedBuildOrValue_whenFitted_thenItIsAnotherFit() throws IOException {
    fit("build", 1, 5);
    int fitted = epochs.get();

    fit("build", 2, 5);
    fit("later build", 1, 5);
    fit("build", 1, 6);

    assertThat(epochs).hasValue(4 * fitted);
  }

  @Test
  void givenABuildThatIsUnknown_whenFittedTwice_thenEachIsFitted() throws IOException {
    fit("", 1, 5);
    int fitted = epochs.get();
    fit("", 1, 5);

    assertThat(epochs).hasValue(2 * fitted);
    assertThat(folder.resolve("fits")).doesNotExist();
  }

  @Test
  void givenACheckpointThatIsGone_whenFittedAgain_thenItIsFitted() throws IOException {
    Model first = fit("build", 1, 5);
    int fitted = epochs.get();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }

    assertThat(fit("build", 1, 5)).isEqualTo(first);

    assertThat(epochs).hasValue(2 * fitted);
  }

  @Test
  void givenMoreFitsThanAreKept_whenAnotherEnds_thenThoseUsedLongestAgoAreGone()
      throws IOException {
    fit("build", 1, 5);
    Path used = fits().get(0);
    for (int age = 1; age < FitCache.KEPT; age++) {
      Path older = Files.copy(used, used.resolveSibling("older-" + age + ".avro"));
      Files.setLastModifiedTime(older, FileTime.from(Instant.EPOCH.minusSeconds(age)));
    }
    Files.setLastModifiedTime(used, FileTime.from(Instant.EPOCH.minusSeconds(FitCache.KEPT)));
    fit("build", 1, 5);
    fit("build", 2, 5);
    fit("build", 3, 5);

    assertThat(fits())
        .hasSize(FitCache.KEPT)
        .contains(used)
        .doesNotContain(
            used.resolveSibling("older-" + (FitCache.KEPT - 1) + ".avro"),
            used.resolveSibling("older-" + (FitCache.KEPT - 2) + ".avro"));
  }

  private List<Path> fits() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("fits"))) {
      return files.filter(file -> file.toString().endsWith(".avro")).toList();
    }
  }
}
