package org.surmala.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.model.TrainingRows;
import org.surmala.schema.FeatureBatch;

/**
 * The training set of a model: each song once, ascending by id. Values are in memory up to a limit
 * and beyond it in a file, as lyrics always are; ids, 32 bytes each, and labels stay in memory. So
 * do the windows of {@value #MOST_WITH_WINDOWS} songs, those with the smallest ids: ids are hashes,
 * so they are a fair sample, whatever the order of the songs.
 */
public final class TrainingSet implements AutoCloseable {
  /** Largest number of values in memory: 64 MB. */
  static final long MOST_IN_MEMORY = 1L << 24;

  /** Largest number of songs with windows. */
  static final int MOST_WITH_WINDOWS = 4_000;

  private final String spec;
  private final TrainingRows table;
  private final String dataHash;
  private final @Nullable SpilledTable spilled;
  private final @Nullable LyricsStore lyrics;

  private TrainingSet(
      String spec,
      TrainingRows table,
      String dataHash,
      @Nullable SpilledTable spilled,
      @Nullable LyricsStore lyrics) {
    this.spec = spec;
    this.table = table;
    this.dataHash = dataHash;
    this.spilled = spilled;
    this.lyrics = lyrics;
  }

  /** Version of the feature specification; empty without songs. */
  String spec() {
    return spec;
  }

  /** The rows, by song. */
  public TrainingRows table() {
    return table;
  }

  /** SHA-256 over ids, values, lyrics, labels and stored windows, in id order. */
  String dataHash() {
    return dataHash;
  }

  /** Whether the values are in a file. */
  boolean isSpilled() {
    return spilled != null;
  }

  @Override
  public void close() throws IOException {
    try {
      if (lyrics != null) {
        lyrics.close();
      }
    } finally {
      if (spilled != null) {
        spilled.close();
      }
    }
  }

  /**
   * Gathers the songs of all batches, in any order of arrival.
   *
   * @param mostInMemory largest number of values in memory; beyond that a file is used
   * @throws IllegalArgumentException if the batches have different feature specifications
   */
  static TrainingSet of(Iterable<FeatureBatch> batches, long mostInMemory) throws IOException {
    try (Gatherer gatherer = new Gatherer(mostInMemory)) {
      for (FeatureBatch batch : batches) {
        gatherer.add(batch);
      }
      return gatherer.gathered();
    }
  }

  /** Collects batches into a training set. */
  public static final class Gatherer implements AutoCloseable {
    private final long mostInMemory;
    private final SongIds ids = new SongIds();
    private final List<ByteBuffer> arrived = new ArrayList<>();
    private final List<@Nullable String> labels = new ArrayList<>();
    private final Map<String, String> distinctLabels = new HashMap<>();
    private final TreeMap<String, List<float[]>> windows = new TreeMap<>();

    /** Start of each song's rows, and the number of rows after the last one. */
    private int[] starts = new int[64];

    private @Nullable FeatureBatch first;
    private @Nullable SpilledTable file;
    private @Nullable LyricsStore lyrics;

    /** A gatherer that uses a few dozen megabytes of memory. */
    public Gatherer() {
      this(MOST_IN_MEMORY);
    }

    Gatherer(long mostInMemory) {
      this.mostInMemory = mostInMemory;
    }

    /**
     * Adds a batch.
     *
     * @throws IllegalArgumentException if its feature specification differs from the first one
     */
    public void add(FeatureBatch packed) throws IOException {
      FeatureBatch batch = BatchFiles.whole(packed);
      FeatureBatch like = first;
      if (like == null) {
        first = packed;
      } else if (!like.getSpec().equals(batch.getSpec())
          || like.getDimensions() != batch.getDimensions()) {
        throw new IllegalArgumentException(
            ("songs of two feature specifications can't train one model: %s with %s"
                    + " values in a row and %s with %s")
                .formatted(
                    like.getSpec(), like.getDimensions(), batch.getSpec(), batch.getDimensions()));
      }
      for (int i = 0; i < batch.getIds().size(); i++) {
        int song = ids.size();
        if (song + 2 > starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[song + 1] = starts[song] + (batch.getRows().isEmpty() ? 1 : batch.getRows().get(i));
        ids.add(batch.getIds().get(i));
      }
      addLyrics(batch);
      for (String label : batch.getLabels()) {
        labels.add(label == null ? null : distinctLabels.computeIfAbsent(label, l -> l));
      }
      addWindows(batch);
      addValues(batch);
    }

    private void addWindows(FeatureBatch batch) {
      FloatBuffer values =
          batch.getWindows().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      for (int i = 0; i < batch.getWindowCounts().size(); i++) {
        List<float[]> rows = new ArrayList<>();
        for (int w = 0; w < batch.getWindowCounts().get(i); w++) {
          float[] row = new float[batch.getDimensions()];
          values.get(row);
          rows.add(row);
        }
        if (!rows.isEmpty()) {
          windows.put(batch.getIds().get(i), rows);
        }
        if (windows.size() > MOST_WITH_WINDOWS) {
          windows.pollLastEntry();
        }
      }
    }

    private void addLyrics(FeatureBatch batch) throws IOException {
      if (batch.getLyrics().isEmpty()) {
        return;
      }
      LyricsStore store = lyrics;
      if (store == null) {
        store = new LyricsStore();
        lyrics = store;
      }
      for (String text : batch.getLyrics()) {
        store.append(text);
      }
    }

    private void addValues(FeatureBatch batch) throws IOException {
      SpilledTable table = file;
      if (table == null && (long) starts[ids.size()] * batch.getDimensions() > mostInMemory) {
        table = new SpilledTable(batch.getDimensions());
        file = table;
        for (ByteBuffer values : arrived) {
          table.append(values);
        }
        arrived.clear();
      }
      if (table == null) {
        arrived.add(batch.getValues().duplicate());
      } else {
        table.append(batch.getValues().duplicate());
      }
    }

    /** The training set, which the caller closes. */
    public TrainingSet gathered() {
      FeatureBatch like = first;
      int columns = like == null ? 1 : like.getDimensions();
      int bands = like == null ? 1 : like.getBands();
      String spec = like == null ? "" : like.getSpec();
      int[] songs = ids.order();
      int count = 0;
      for (int song : songs) {
        count += starts[song + 1] - starts[song];
      }
      int[] order = new int[count];
      int[] songOf = new int[count];
      int row = 0;
      for (int i = 0; i < songs.length; i++) {
        for (int from = starts[songs[i]]; from < starts[songs[i] + 1]; from++) {
          order[row] = from;
          songOf[row++] = i;
        }
      }
      SpilledTable spilled = file;
      TrainingRows values;
      if (spilled == null) {
        values = TrainingRows.of(columns, inMemory(columns, order), r -> songOf[r]);
      } else {
        spilled.arrange(order);
        spilled.assign(r -> songOf[r]);
        values = spilled;
      }
      LyricsStore texts = lyrics;
      Map<Integer, List<float[]>> windowsOf = new HashMap<>();
      for (int song : songs) {
        List<float[]> ofSong = windows.get(ids.get(song));
        if (ofSong != null) {
          windowsOf.put(song, ofSong);
        }
      }
      Songs table = new Songs(values, bands, songs, texts, labels, windowsOf);
      TrainingSet set = new TrainingSet(spec, table, hash(songs, table), spilled, texts);
      file = null;
      lyrics = null;
      return set;
    }

    /** Frees the batches, unless a set owns them. */
    @Override
    public void close() throws IOException {
      new TrainingSet("", TrainingRows.of(1, new float[0]), "", file, lyrics).close();
    }

    private float[] inMemory(int columns, int[] order) {
      float[] all = new float[starts[ids.size()] * columns];
      int filled = 0;
      for (ByteBuffer values : arrived) {
        int length = values.remaining() / Float.BYTES;
        values.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(all, filled, length);
        filled += length;
      }
      float[] ordered = new float[order.length * columns];
      for (int row = 0; row < order.length; row++) {
        System.arraycopy(all, order[row] * columns, ordered, row * columns, columns);
      }
      return ordered;
    }

    private String hash(int[] songs, Songs table) {
      MessageDigest digest = DigestUtils.getSha256Digest();
      float[] row = new float[table.columns()];
      ByteBuffer bytes =
          ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int r = 0; r < table.rows(); r++) {
        table.read(r, row, 0);
        bytes.clear();
        bytes.asFloatBuffer().put(row);
        digest.update(ids.get(songs[table.songOf(r)]).getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        String text = table.lyrics(r);
        if (text != null) {
          digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        String label = table.label(r);
        if (label != null) {
          digest.update(label.getBytes(StandardCharsets.UTF_8));
        }
        for (float[] window : table.windows(r)) {
          bytes.clear();
          bytes.asFloatBuffer().put(window);
          digest.update(bytes);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** The rows with lyrics, labels and windows of their songs. */
  private static final class Songs implements TrainingRows {
    private final TrainingRows values;
    private final int bands;

    /** Order of arrival of each song. */
    private final int[] arrival;

    private final @Nullable LyricsStore store;

    /** Labels in the order of arrival; empty if no model reads them. */
    private final List<@Nullable String> labels;

    /** Windows by the order of arrival. */
    private final Map<Integer, List<float[]>> windows;

    Songs(
        TrainingRows values,
        int bands,
        int[] arrival,
        @Nullable LyricsStore store,
        List<@Nullable String> labels,
        Map<Integer, List<float[]>> windows) {
      this.values = values;
      this.bands = bands;
      this.arrival = arrival;
      this.store = store;
      this.labels = labels;
      this.windows = windows;
    }

    @Override
    public int bands() {
      return bands;
    }

    @Override
    public int rows() {
      return values.rows();
    }

    @Override
    public int columns() {
      return values.columns();
    }

    @Override
    public void read(int row, float[] into, int offset) {
      values.read(row, into, offset);
    }

    @Override
    public int songOf(int row) {
      return values.songOf(row);
    }

    @Override
    public @Nullable String lyrics(int row) {
      return store == null ? null : store.get(arrival[songOf(row)]);
    }

    @Override
    public @Nullable String label(int row) {
      return labels.isEmpty() ? null : labels.get(arrival[songOf(row)]);
    }

    @Override
    public List<float[]> windows(int row) {
      return windows.getOrDefault(arrival[songOf(row)], List.of());
    }

    @Override
    public TrainingRows mapped(int width, RowMap map) {
      return values.mapped(width, map);
    }
  }
}
