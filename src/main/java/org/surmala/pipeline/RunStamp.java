package org.surmala.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.WholeFile;
import org.surmala.read.Listing;
import org.surmala.read.ReadOptions;
import org.surmala.read.SongLister;
import org.surmala.report.RunSummary;
import org.surmala.runner.ProgressFile;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/**
 * A stamp of all inputs and outputs of a run: while it is unchanged, another run would write the
 * same results. Files count by path, size and modification time, in any order. The stamp is stored
 * in the results, in {@value #FILE}.
 */
final class RunStamp {
  static final String FILE = ".run.stamp";

  /** The stamp itself, and the progress file, which a run removes at its end. */
  private static final Set<String> NOT_RESULTS = Set.of(FILE, ProgressFile.FILE);

  private final PipelineConfig config;
  private final StampedFiles files;
  private final String inputs;

  private RunStamp(PipelineConfig config, StampedFiles files, String text) {
    this.config = config;
    this.files = files;
    this.inputs = DigestUtils.sha256Hex(text + "\n" + files);
  }

  /**
   * Stamps the inputs before a run. Empty for folders or songs on a remote file system, where
   * listing is slow, and for builds without an identity.
   *
   * @param build identity of the program's build, from {@link org.surmala.io.ProgramFile#build}
   * @throws IOException if the songs cannot be listed
   */
  static Optional<RunStamp> before(
      Optional<String> build, RunRequest request, PipelineConfig config) throws IOException {
    List<String> places = List.of(config.read().songs(), config.results(), config.read().catalog());
    if (build.isEmpty() || places.stream().anyMatch(RemoteFiles::isRemote)) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(build.get());
    text.append('\n').append(config.run()).append('\n').append(request.source());
    text.append('\n').append(config.results()).append('\n').append(request.beamOptions());
    new TreeMap<>(request.settings().asMap())
        .forEach((key, value) -> text.append('\n').append(key).append('=').append(value));
    StampedFiles files = new StampedFiles();
    if (config.table() == null) {
      list(config.read(), files);
    } else {
      forEachFile(PathText.toPath(request.source().location()), files::add);
    }
    return Optional.of(new RunStamp(config, files, text.toString()));
  }

  private static void list(ReadOptions options, StampedFiles files) throws IOException {
    Path named = PathText.toPath(options.songs());
    if (Files.isRegularFile(named)) {
      forEachFile(named, files::add);
    }
    new SongLister(options)
        .list(
            new Listing() {
              @Override
              public void song(SongFile file) {
                files.add(file.toString());
                files.songs++;
              }

              @Override
              public void skipped(SkippedFile file) {
                files.add(file.toString());
              }

              @Override
              public void failed(Failure failure) {
                files.add(failure.toString());
                files.transientFailures += failure.getIsTransient() ? 1 : 0;
              }
            });
  }

  /** Songs that were listed, duplicates included; 0 for a feature table. */
  long songs() {
    return files.songs;
  }

  /**
   * Whether the last run of this folder ended, and neither its inputs nor its outputs changed.
   * Other files beside the outputs do not matter, such as a saved playlist.
   */
  boolean isCurrent() throws IOException {
    String file = config.results() + FILE;
    if (FolderFiles.find(file) == null) {
      return false;
    }
    List<String> kept;
    try (InputStream in = WholeFile.open(file)) {
      kept = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (FileNotFoundException gone) {
      return false;
    }
    return kept.size() > 2
        && kept.get(0).equals(inputs)
        && kept.get(1).equals(dataFiles().toString())
        && new HashSet<>(results()).containsAll(kept.subList(2, kept.size()));
  }

  /**
   * Stores the stamp after a run. Stores none after a transient failure of a listed song, so that
   * the next run tries that song again.
   */
  void write() throws IOException {
    if (RunSummary.transientFailures(config.results()) == files.transientFailures) {
      List<String> lines = new ArrayList<>(List.of(inputs, dataFiles().toString()));
      lines.addAll(results());
      String text = String.join("\n", lines);
      WholeFile.write(
          config.results(), FILE, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** A line for each file of the results. */
  private List<String> results() throws IOException {
    List<String> lines = new ArrayList<>();
    forEachFile(PathText.toPath(config.results()), lines::add);
    return lines.stream().sorted().toList();
  }

  private StampedFiles dataFiles() throws IOException {
    StampedFiles outputs = new StampedFiles();
    forEachFile(PathText.toPath(config.store().directory()), outputs::add);
    forEachFile(PathText.toPath(config.processed()), outputs::add);
    Path data = PathText.toPath(config.report().data());
    try (Stream<Path> entries = Files.list(data)) {
      // Tables that users edit.
      for (Path table : entries.filter(file -> file.toString().endsWith(".csv")).toList()) {
        forEachFile(table, outputs::add);
      }
    }
    return outputs;
  }

  /**
   * Passes path, size and time of a file, or of every file below a folder; nothing if it does not
   * exist.
   */
  private static void forEachFile(Path root, Consumer<String> sink) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        if (file.isRegularFile() && !NOT_RESULTS.contains(String.valueOf(path.getFileName()))) {
          sink.accept(file.size() + " " + file.lastModifiedTime().toMillis() + " " + path);
        }
      }
    }
  }

  /** A hash of a set of files, independent of their order and of constant size. */
  private static final class StampedFiles {
    private BigInteger sum = BigInteger.ZERO;
    private long count;
    private long songs;
    private long transientFailures;

    void add(String file) {
      sum = sum.add(new BigInteger(1, DigestUtils.sha256(file)));
      count++;
    }

    @Override
    public String toString() {
      return count + " " + sum.toString(Character.MAX_RADIX);
    }
  }
}
