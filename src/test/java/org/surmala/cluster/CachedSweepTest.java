package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.golden.ClusteringCase;
import org.surmala.io.AvroFile;
import org.surmala.io.RecordCache;
import org.surmala.schema.Clustering;

final class CachedSweepTest {
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULTS.withKRange(2, 3).withRestarts(2).withStabilityRefits(1);

  @TempDir private Path folder;
  private final double[][] points = new ClusteringCase("imbalanced").points();

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private List<Clustering> run(ClusterOptions options, Optional<String> build) throws IOException {
    return new CachedSweep(options, new RecordCache(folder + "/", 16, build))
        .run("raw", "v1", ClusterSweepTest.ids(points.length), points, null);
  }

  private List<Clustering> fresh(ClusterOptions options) {
    return new ClusterSweep(options)
        .run("raw", "v1", ClusterSweepTest.ids(points.length), points, null);
  }

  private Path entry() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".avro")).findFirst().orElseThrow();
    }
  }

  @Test
  void givenTheSameSongsAgain_whenClustered_thenTheClusteringsAreThoseOfTheFile()
      throws IOException {
    List<Clustering> found = run(OPTIONS, Optional.of("build"));
    assertThat(found).isEqualTo(fresh(OPTIONS));
    assertThat(run(OPTIONS, Optional.of("build"))).isEqualTo(found);

    Clustering marked = Clustering.newBuilder(found.get(0)).setReason("from the file").build();
    AvroFile.write(
        folder + "/", entry().getFileName().toString(), Clustering.class, List.of(marked));

    assertThat(run(OPTIONS, Optional.of("build"))).containsExactly(marked);
  }

  @Test
  void givenAnotherOptionPointOrBuild_whenClustered_thenItIsComputed() throws IOException {
    run(OPTIONS, Optional.of("build"));
    AvroFile.write(folder + "/", entry().getFileName().toString(), Clustering.class, List.of());

    ClusterOptions other = OPTIONS.withKRange(2, 4);
    assertThat(run(other, Optional.of("build"))).isEqualTo(fresh(other));
    assertThat(run(OPTIONS, Optional.of("later build"))).isEqualTo(fresh(OPTIONS));
    points[3][0] += 0.5;
    assertThat(run(OPTIONS, Optional.of("build"))).isEqualTo(fresh(OPTIONS));
  }

  @Test
  void givenADamagedFile_whenClustered_thenItIsComputedAndWrittenAgain() throws IOException {
    List<Clustering> found = run(OPTIONS, Optional.of("build"));
    byte[] whole = Files.readAllBytes(entry());
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(entry(), damaged);

    assertThat(run(OPTIONS, Optional.of("build"))).isEqualTo(found);
    assertThat(entry()).hasBinaryContent(whole);
  }

  @Test
  void givenABuildThatIsUnknown_whenClustered_thenNothingIsKept() throws IOException {
    assertThat(run(OPTIONS, Optional.empty())).isEqualTo(fresh(OPTIONS));

    assertThat(folder).isEmptyDirectory();
  }
}
