package org.surmala.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.cluster.ClusterAlgorithm;
import org.surmala.cluster.ClusterOptions;
import org.surmala.cluster.ClusterSweep;
import org.surmala.evaluate.Comparison;
import org.surmala.evaluate.ComparisonGrid;
import org.surmala.evaluate.ComparisonSummary;
import org.surmala.files.PathText;
import org.surmala.files.RemoteFiles;
import org.surmala.metric.Agreement;
import org.surmala.metric.LabelCodes;
import org.surmala.nn.FitListener;
import org.surmala.nn.FittedModel;
import org.surmala.nn.Intake;
import org.surmala.nn.LatentMixture;
import org.surmala.nn.Representation;
import org.surmala.nn.Representations;
import org.surmala.nn.Song;
import org.surmala.nn.Table;
import org.surmala.read.SongLister;
import org.surmala.schema.ComparisonCell;
import org.surmala.train.TrainingSet;

/**
 * A comparison of representations on songs whose features are known: each is fitted once for each
 * seed, on all the songs, and clustered. One fit or clustering runs on each processor. What is
 * finished is kept in a journal in the data folder, so that a comparison that was killed does the
 * rest only, and one with a larger grid what is new.
 */
public final class ComparisonRun {
  private static final double NANOS = 1e-9;
  private static final int KEY_DIGITS = 16;

  /** Without 19 dealings of the labels nothing could be called better than chance. */
  private static final int LEAST_DEALINGS = 19;

  private final ComparisonRequest request;
  private final Consumer<RunProgress> progress;

  /**
   * @param progress is told of each clustering that is finished, from any thread, one at a time
   */
  public ComparisonRun(ComparisonRequest request, Consumer<RunProgress> progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * What a comparison found.
   *
   * @param songs that were compared on
   * @param labels they have
   * @param computed clusterings that this run computed
   * @param recalled clusterings that the journal had
   * @param seconds from start to end
   * @param notes what was left out, one line each
   * @param results folder of comparison.csv, comparison.md and comparison.html, ending in a slash
   */
  public record Outcome(
      ComparisonSummary summary,
      int songs,
      int labels,
      int computed,
      int recalled,
      double seconds,
      List<String> notes,
      String results) {
    public Outcome {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Runs to the end and writes the tables.
   *
   * @throws UsageException when the request cannot be met as it is
   * @throws IOException when features cannot be read, or the journal or a table not be written
   */
  public Outcome execute() throws IOException, InterruptedException {
    long start = System.nanoTime();
    BeamRun.under(request.beamOptions());
    requireFigures();
    requireLocal();
    OutputFolder.require(OutputFolder.RESULTS, request.results());
    ModelKeys.requireIntakes(
        request.representations(), request.settings(), request.table().isPresent());
    // What cannot be met is refused before the data folder is touched.
    @Nullable LabelledSongs tabled = null;
    if (request.table().isPresent()) {
      tabled =
          LabelledSongs.of(
              request.table().get(),
              request.leastOfLabel(),
              ModelKeys.columns(request.representations(), request.settings()));
    } else {
      LabelledSongs.requireStored(PathText.folder(request.data()), request.settings());
    }
    try (DataFolder data = DataFolder.open(request.data())) {
      LabelledSongs songs =
          tabled != null
              ? tabled
              : LabelledSongs.stored(
                  data.path(),
                  request.settings(),
                  request.label(),
                  request.leastOfLabel(),
                  ModelKeys.columns(Representations.kinds(), request.settings()));
      if (tabled == null) {
        String metadata = data.path() + "metadata.csv";
        ModelKeys.requireColumns(
            request.representations(), request.settings(), SongLister.columns(metadata), metadata);
      }
      requireEnough(songs);
      ComparisonGrid grid = request.grid(songs.labelCount());
      requireFewerClusters(grid, songs);
      try (TrainingSet patches = patches(data.path(), songs)) {
        return compare(data.path(), grid, songs, patches, start);
      }
    }
  }

  private Outcome compare(
      String data, ComparisonGrid grid, LabelledSongs songs, TrainingSet patches, long start)
      throws IOException, InterruptedException {
    String key = key(songs);
    Path journal = Path.of(data, "comparison", key.substring(0, KEY_DIGITS) + ".journal");
    Counter counter = new Counter(grid.cells().size());
    List<ComparisonCell> cells =
        new Comparison(
                grid,
                songs.labels(),
                songs.copies(),
                (kind, seed) -> {
                  counter.begin();
                  return embed(songs, patches, kind, seed);
                },
                (clusterer, places, k, seed) -> {
                  ClusterAlgorithm algorithm = ClusterAlgorithm.of(clusterer);
                  int[] labels =
                      algorithm == ClusterAlgorithm.MODEL
                          ? places.own()
                          : new ClusterSweep(clusterOptions(seed))
                              .labels(algorithm, places.points(), k);
                  counter.computed.incrementAndGet();
                  return labels;
                },
                Runtime.getRuntime().availableProcessors())
            .run(journal, key, (cell, finished, all) -> counter.finished(finished));
    int rows = cells.size() / grid.seeds().size();
    progress.accept(new RunProgress("resample", 0, rows, "rows", 0));
    ComparisonSummary summary =
        ComparisonSummary.of(
                grid,
                cells,
                songs.labels(),
                request.settings().get(Keys.BOOTSTRAP),
                request.settings().get(Keys.PERMUTATIONS),
                request.settings().get(Keys.SEED))
            .marked(ModelKeys.marks(request.representations(), request.settings()), alone(songs));
    String results = PathText.folder(request.results());
    ComparisonFiles.write(results, summary, songs);
    return new Outcome(
        summary,
        songs.ids().size(),
        songs.labelCount(),
        counter.computed.get(),
        cells.size() - counter.computed.get(),
        (System.nanoTime() - start) * NANOS,
        songs.notes(),
        results);
  }

  /** How well what conditional models are told agrees with the labels by itself. */
  private Map<String, Double> alone(LabelledSongs songs) {
    Map<String, Double> alone = new TreeMap<>();
    LabelCodes labels = LabelCodes.of(songs.labels());
    songs
        .told()
        .forEach(
            (column, told) -> {
              List<String> known = told.stream().map(label -> label == null ? "" : label).toList();
              alone.put(column, Agreement.of(labels, LabelCodes.of(known)).adjustedRand());
            });
    return alone;
  }

  /**
   * Tells how far the comparison is; what the journal had is told at once, before the first fit.
   */
  private final class Counter {
    private final int all;
    private final AtomicInteger computed = new AtomicInteger();
    private int found;
    private boolean begun;

    Counter(int all) {
      this.all = all;
    }

    synchronized void begin() {
      if (!begun) {
        begun = true;
        tell(found);
      }
    }

    synchronized void finished(int cells) {
      if (begun) {
        tell(cells);
      } else {
        found = cells;
      }
    }

    private void tell(int cells) {
      progress.accept(new RunProgress("compare", cells, all, "clusterings", 0));
    }
  }

  /** The songs' patches where a kind takes them, else nothing. */
  private TrainingSet patches(String data, LabelledSongs songs) throws IOException {
    for (String kind : request.representations()) {
      Intake intake = ModelKeys.intake(kind, request.settings());
      if (intake.hasPatches()) {
        return songs.patches(data, request.settings(), intake);
      }
    }
    return new TrainingSet.Gatherer().gathered();
  }

  private Comparison.Places embed(
      LabelledSongs songs, TrainingSet patches, String kind, long seed) {
    Representation representation =
        Representations.of(kind, ModelKeys.options(kind, request.settings()));
    if (!representation.intake().hasPatches()) {
      Table table = songs.featuresFor(representation.intake());
      return embed(representation, table, songs, seed);
    }
    // A table in a file has one reader at a time.
    synchronized (patches) {
      return embed(representation, patches.table(), songs, seed);
    }
  }

  private static Comparison.Places embed(
      Representation representation, Table table, LabelledSongs songs, long seed) {
    List<String> groups = representation.intake().hasPatches() ? List.of() : songs.groups();
    FittedModel model =
        representation.fit(table, new Representation.Setting(seed, groups, 1, FitListener.SILENT));
    double[][] points = new double[table.songs()][model.latentDimensions()];
    int row = 0;
    for (double[] point : points) {
      List<float[]> rows = new ArrayList<>();
      String lyrics = table.lyrics(row);
      String label = table.label(row);
      int song = table.songOf(row);
      for (; row < table.rows() && table.songOf(row) == song; row++) {
        float[] values = new float[table.columns()];
        table.read(row, values, 0);
        rows.add(values);
      }
      float[] place = model.embed(new Song(rows, lyrics, label));
      for (int d = 0; d < place.length; d++) {
        point[d] = place[d];
      }
    }
    LatentMixture mixture = model.mixture();
    return mixture == null
        ? Comparison.Places.of(points)
        : new Comparison.Places(
            points, Arrays.stream(points).mapToInt(mixture::component).toArray());
  }

  private ClusterOptions clusterOptions(long seed) {
    Settings settings = request.settings();
    return ClusterOptions.DEFAULTS
        .withRestarts(settings.get(Keys.RESTARTS))
        .withEpsilon(settings.get(Keys.EPSILON))
        .withMinPoints(settings.get(Keys.MIN_POINTS))
        .withMinClusterSize(settings.get(Keys.MIN_CLUSTER_SIZE))
        .withSeed(seed);
  }

  private void requireFigures() {
    int replicates = request.settings().get(Keys.BOOTSTRAP);
    int dealings = request.settings().get(Keys.PERMUTATIONS);
    if (replicates < 1 || dealings < LEAST_DEALINGS) {
      throw new UsageException(
          "a comparison needs "
              + Keys.BOOTSTRAP.key()
              + " of 1 or more and "
              + Keys.PERMUTATIONS.key()
              + " of "
              + LEAST_DEALINGS
              + " or more; they are "
              + replicates
              + " and "
              + dealings);
    }
  }

  private void requireLocal() {
    String data = request.data();
    if (RemoteFiles.isRemote(data)) {
      throw new UsageException(
          "--data " + data + ": a comparison keeps its journal there; give a local folder");
    }
  }

  private void requireEnough(LabelledSongs songs) {
    if (songs.labelCount() < 2 || songs.ids().size() < PipelineConfig.MIN_SONGS) {
      throw new UsageException(
          "there are "
              + songs.ids().size()
              + " songs with "
              + songs.labelCount()
              + " labels to compare on, where at least "
              + PipelineConfig.MIN_SONGS
              + " with 2 are needed"
              + (songs.notes().isEmpty() ? "" : " (" + String.join("; ", songs.notes()) + ")")
              + "; see --label and --min-label");
    }
  }

  private static void requireFewerClusters(ComparisonGrid grid, LabelledSongs songs) {
    for (int k : grid.ks()) {
      if (k >= songs.ids().size()) {
        throw new UsageException(
            "--k has " + k + ", but there are only " + songs.ids().size() + " songs; give less");
      }
    }
  }

  /**
   * A hash over everything that a clustering depends on besides its place in the grid. It has the
   * options of every kind of representation, compared or not, so that a larger grid goes on with
   * the journal of a smaller one.
   */
  private String key(LabelledSongs songs) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    update(digest, BuildVersion.number());
    update(digest, songs.names().toString());
    update(digest, songs.groups().toString());
    // Patches follow from the specification of the features.
    update(digest, AudioOptions.of(request.settings()).spec());
    for (String kind : Representations.kinds()) {
      update(digest, kind + new TreeMap<>(ModelKeys.options(kind, request.settings())));
    }
    update(digest, clusterOptions(0).toString());
    Table table = songs.features();
    float[] row = new float[table.columns()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
    for (int i = 0; i < table.rows(); i++) {
      update(digest, songs.ids().get(i));
      update(digest, songs.labels().get(i));
      update(digest, String.valueOf(songs.lyrics().get(i)));
      for (List<@Nullable String> told : songs.told().values()) {
        update(digest, String.valueOf(told.get(i)));
      }
      table.read(i, row, 0);
      bytes.clear();
      bytes.asFloatBuffer().put(row);
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Each text with its length before it, so that no two lists of texts give the same bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
