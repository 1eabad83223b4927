package org.surmala.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One new song and one publication, in a collection of so many known songs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
public class PublishBench {
  @Param({"10000", "30000", "100000", "1000000"})
  public int songs;

  private Path home;
  private LiveTable table;
  private LiveResults results;
  private int next;

  /** Writes a model version of all songs, and publishes it. */
  @Setup
  public void fit() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    home = Files.createTempDirectory("surmala-publish").toRealPath();
    FittedCollection collection = new FittedCollection(home, songs);
    table = collection.table(collection.write());
    results = new LiveResults(collection.config());
    results.publish(table, null);
    next = songs;
  }

  /** A song comes, is placed, and is published. */
  @Benchmark
  public void arrival() throws IOException {
    table.follow(FittedCollection.taken(next + 1L, next));
    table.assign(FittedCollection.assignedSong(next, 0, 1, 2, 3, 4));
    next++;
    results.publish(table, null);
  }

  /** Removes everything. */
  @TearDown
  public void remove() throws IOException {
    FileUtils.deleteDirectory(home.toFile());
  }
}
