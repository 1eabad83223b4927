package org.surmala.evaluate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.surmala.metric.Agreement;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.Silhouette;
import org.surmala.schema.ComparisonCell;
import org.surmala.schema.Probe;

/**
 * Runs the grid of a comparison: each representation is made once for each seed, and clustered by
 * every clusterer for every k. Finished cells are kept in a journal; a comparison that was killed
 * does the rest only. The cells do not depend on the number of threads.
 */
public final class Comparison {
  private static final int SILHOUETTE_SONGS = 20_000;
  private static final int SILHOUETTE_SAMPLE = 2_000;

  /**
   * Songs as a representation has them.
   *
   * @param points one row for each song, in the order of their ids
   * @param own the cluster that the model itself has each song in; empty where it has none
   */
  // Carries arrays; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Places(double[][] points, int[] own) {
    /** Places under a model that brings no clusters with it. */
    public static Places of(double[][] points) {
      return new Places(points, new int[0]);
    }
  }

  /** Makes a representation of the songs. */
  @FunctionalInterface
  public interface Embedder {
    /** The same for the same arguments. Called from several threads at once. */
    Places embed(String representation, long seed) throws IOException;
  }

  /** Groups points. */
  @FunctionalInterface
  public interface Grouper {
    /** The cluster of each point, -1 for noise; the same for the same arguments. */
    int[] group(String clusterer, Places places, int k, long seed);
  }

  /** Hears of each finished cell, from any thread, one at a time. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A cell is finished, or was found in the journal.
     *
     * @param finished how many, this one included
     * @param all how many there will be
     */
    void finished(ComparisonCell cell, int finished, int all);
  }

  private final ComparisonGrid grid;
  private final List<String> labelNames;
  private final LabelCodes labels;
  private final int[] groups;
  private final Embedder embedder;
  private final Grouper grouper;
  private final int threads;

  /**
   * A comparison over labelled songs.
   *
   * @param labels one for each song, in the order of their ids
   * @param groups of the songs: those of one are copies, and on one side of every split ({@link
   *     NearDuplicates})
   * @param threads at work at once, 1 or more
   */
  public Comparison(
      ComparisonGrid grid,
      List<String> labels,
      int[] groups,
      Embedder embedder,
      Grouper grouper,
      int threads) {
    this.grid = grid;
    this.labelNames = List.copyOf(labels);
    this.labels = LabelCodes.of(labels);
    this.groups = groups.clone();
    this.embedder = embedder;
    this.grouper = grouper;
    this.threads = threads;
  }

  /**
   * Runs what the journal does not have.
   *
   * @param journal a local file
   * @param key stands for everything that a cell depends on besides its place in the grid: the
   *     songs, their features and labels, and the options; a journal of another key is begun anew
   * @return every cell, in the order of {@link ComparisonGrid#cells()}
   * @throws IOException when the journal cannot be written or a representation cannot be made
   */
  public List<ComparisonCell> run(Path journal, String key, Progress progress)
      throws IOException, InterruptedException {
    List<ComparisonGrid.Cell> wanted = grid.cells();
    Map<ComparisonGrid.Cell, ComparisonCell> done = new HashMap<>();
    try (ComparisonJournal file = ComparisonJournal.open(journal, key)) {
      for (ComparisonCell cell : file.found()) {
        ComparisonGrid.Cell place = place(cell);
        if (wanted.contains(place) && done.put(place, cell) == null) {
          progress.finished(cell, done.size(), wanted.size());
        }
      }
      Map<List<Object>, List<ComparisonGrid.Cell>> tasks = new LinkedHashMap<>();
      for (ComparisonGrid.Cell cell : wanted) {
        if (!done.containsKey(cell)) {
          tasks
              .computeIfAbsent(
                  List.of(cell.representation(), cell.seed()), key2 -> new ArrayList<>())
              .add(cell);
        }
      }
      runTasks(new ArrayList<>(tasks.values()), file, done, wanted.size(), progress);
    }
    return wanted.stream().map(cell -> Objects.requireNonNull(done.get(cell))).toList();
  }

  private void runTasks(
      List<List<ComparisonGrid.Cell>> tasks,
      ComparisonJournal file,
      Map<ComparisonGrid.Cell, ComparisonCell> done,
      int all,
      Progress progress)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    // Stops between cells, never within: an interrupted write would close the journal.
    AtomicBoolean stopped = new AtomicBoolean();
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (List<ComparisonGrid.Cell> task : tasks) {
        futures.add(
            pool.submit(
                () -> {
                  boolean isDone = false;
                  try {
                    runTask(task, file, done, all, progress, stopped);
                    isDone = true;
                  } finally {
                    if (!isDone) {
                      stopped.set(true);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException("a cell of the comparison failed", cause);
    } finally {
      stopped.set(true);
      pool.shutdown();
      while (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        // A cell takes as long as it takes; the journal must not be closed under it.
        Thread.onSpinWait();
      }
    }
  }

  private void runTask(
      List<ComparisonGrid.Cell> task,
      ComparisonJournal file,
      Map<ComparisonGrid.Cell, ComparisonCell> done,
      int all,
      Progress progress,
      AtomicBoolean stopped)
      throws IOException {
    if (stopped.get()) {
      return;
    }
    ComparisonGrid.Cell first = task.get(0);
    Places places = embedder.embed(first.representation(), first.seed());
    double[][] points = places.points();
    int active = ClusteringEvaluator.activeDimensions(points);
    Probe probe = Probes.of(first.representation(), "", points, labelNames, groups, first.seed());
    for (ComparisonGrid.Cell cell : task) {
      if (stopped.get()) {
        return;
      }
      ComparisonCell result = cell(cell, places, active, probe);
      file.add(result);
      synchronized (done) {
        done.put(cell, result);
        progress.finished(result, done.size(), all);
      }
    }
  }

  private ComparisonCell cell(ComparisonGrid.Cell cell, Places places, int active, Probe probe) {
    long start = System.nanoTime();
    double[][] points = places.points();
    int[] clusters = grouper.group(cell.clusterer(), places, cell.k(), cell.seed());
    Agreement agreement = Agreement.of(labels, LabelCodes.of(clusters));
    double silhouette = silhouette(points, clusters, active, cell.seed());
    ByteBuffer packed =
        ByteBuffer.allocate(Integer.BYTES * clusters.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int cluster : clusters) {
      packed.putInt(cluster);
    }
    return ComparisonCell.newBuilder()
        .setRepresentation(cell.representation())
        .setClusterer(cell.clusterer())
        .setK(cell.k())
        .setSeed(cell.seed())
        .setSongs(points.length)
        .setSilhouette(Double.isNaN(silhouette) ? null : silhouette)
        .setAri(agreement.adjustedRand())
        .setNmi(agreement.normalizedMutualInformation())
        .setAmi(agreement.adjustedMutualInformation())
        .setPurity(agreement.purity())
        .setActiveDimensions(active)
        .setLogistic(probe.getLogistic())
        .setNearestNeighbours(probe.getNearestNeighbours())
        .setSeconds((System.nanoTime() - start) / 1e9)
        .setLabels(packed.flip())
        .build();
  }

  /** NaN when it would flatter; see {@link Flag}. */
  private static double silhouette(double[][] points, int[] clusters, int active, long seed) {
    int[] kept =
        java.util.stream.IntStream.range(0, clusters.length)
            .filter(i -> clusters[i] >= 0)
            .toArray();
    int[] labels = java.util.Arrays.stream(kept).map(i -> clusters[i]).toArray();
    long largest =
        java.util.Arrays.stream(labels)
            .boxed()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    c -> c, java.util.stream.Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    boolean isWithheld =
        active < Math.min(2, points[0].length)
            || largest > ClusteringEvaluator.ONE_CLUSTER * clusters.length
            || kept.length < (1 - ClusteringEvaluator.NOISE) * clusters.length;
    if (isWithheld) {
      return Double.NaN;
    }
    double[][] rows =
        java.util.Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new);
    return rows.length <= SILHOUETTE_SONGS
        ? Silhouette.mean(rows, labels)
        : Silhouette.sample(rows, labels, SILHOUETTE_SAMPLE, seed).mean();
  }

  private static ComparisonGrid.Cell place(ComparisonCell cell) {
    return new ComparisonGrid.Cell(
        cell.getRepresentation(), cell.getClusterer(), cell.getK(), cell.getSeed());
  }
}
