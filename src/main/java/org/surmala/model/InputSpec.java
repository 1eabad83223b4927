package org.surmala.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.FeatureWindows;
import org.surmala.schema.LogMelPatches;
import org.surmala.schema.ModelEmbedding;
import org.surmala.schema.SegmentFeatures;

/**
 * What of a song a representation takes.
 *
 * @param source where its rows come from
 * @param rows maximum number of rows of one song in a fit; 0 for all. An embedding is always
 *     computed from all
 * @param column that a label is of; null where none is taken
 * @param part of the vector
 */
public record InputSpec(Source source, int rows, @Nullable String column, Part part) {
  /** The feature group of an embedding that a model of the user's gives. */
  public static final String EMBEDDING_GROUP = "embedding";

  /** The song's feature vector. */
  public static final InputSpec VECTOR = new InputSpec(Source.VECTOR, 1);

  /** The song vector, and the vectors of its windows if they are stored. */
  public static final InputSpec VECTOR_AND_WINDOWS = new InputSpec(Source.VECTOR_AND_WINDOWS, 1);

  /** Maximum number of windows of a song in a fit, spread evenly. */
  private static final int WINDOWS = 5;

  /** The song's feature vector, and its lyrics where it has some. */
  public static final InputSpec VECTOR_AND_LYRICS = new InputSpec(Source.VECTOR_AND_LYRICS, 1);

  /** What of a song's vector is taken: its features, and the embedding of a model of the user's. */
  public enum Part {
    /** Both where songs have an embedding, else the features. */
    AUTO,
    FEATURES,
    EMBEDDING,
    /** The features, then the embedding. */
    BOTH
  }

  /** Where rows come from. */
  public enum Source {
    VECTOR,
    VECTOR_AND_WINDOWS,
    VECTOR_AND_LYRICS,
    VECTOR_AND_LABEL,
    PATCHES
  }

  /** An input without a label. */
  public InputSpec(Source source, int rows) {
    this(source, rows, null, Part.AUTO);
  }

  /** The song's feature vector, and its label in this column where it has one. */
  public static InputSpec vectorAndLabel(String column) {
    return new InputSpec(Source.VECTOR_AND_LABEL, 1, column, Part.AUTO);
  }

  /** The same of a part of the vector. */
  public InputSpec of(Part taken) {
    return new InputSpec(source, rows, column, taken);
  }

  /** Whether lyrics are read. */
  public boolean hasLyrics() {
    return source == Source.VECTOR_AND_LYRICS;
  }

  /** Whether a fit takes the vectors of windows of a song. */
  public boolean hasWindows() {
    return source == Source.VECTOR_AND_WINDOWS;
  }

  /** Whether rows are log-mel patches. */
  public boolean hasPatches() {
    return source == Source.PATCHES;
  }

  /** A name that no other input has. */
  public String label() {
    String name = source.name().toLowerCase(Locale.ROOT);
    String whole =
        switch (source) {
          case VECTOR, VECTOR_AND_WINDOWS, VECTOR_AND_LYRICS -> name;
          case VECTOR_AND_LABEL -> name + "_" + column;
          case PATCHES -> name + "_" + rows;
        };
    return part == Part.AUTO ? whole : whole + "_of_" + part.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Which columns of a song's whole vector are taken: all numbers from 0, ascending.
   *
   * @param groups feature group of each column of the whole vector
   */
  public int[] columns(List<String> groups) {
    return IntStream.range(0, groups.size())
        .filter(i -> takes(groups.get(i).equals(EMBEDDING_GROUP)))
        .toArray();
  }

  /** The feature groups of the columns that are taken, where those of all are known. */
  public List<String> groups(List<String> all) {
    return hasPatches() ? List.of() : Arrays.stream(columns(all)).mapToObj(all::get).toList();
  }

  private boolean takes(boolean isEmbedding) {
    return switch (part) {
      case AUTO, BOTH -> true;
      case FEATURES -> !isEmbedding;
      case EMBEDDING -> isEmbedding;
    };
  }

  /**
   * Vectors of windows of the song, at most five; none where the input takes none, or none were
   * kept ({@code features.windows=false}, a finished table).
   */
  public List<float[]> windows(SegmentFeatures song) {
    FeatureWindows windows = song.getWindows();
    if (!hasWindows() || windows == null) {
      return List.of();
    }
    List<float[]> features =
        rows(windows.getValues(), windows.getDimensions(), windows.getCount(), WINDOWS);
    ModelEmbedding embedding = embedding(song);
    if (embedding == null) {
      return features;
    }
    List<float[]> embeddings =
        rows(embedding.getWindows(), embedding.getDimensions(), windows.getCount(), WINDOWS);
    return IntStream.range(0, features.size())
        .mapToObj(i -> joined(features.get(i), embeddings.get(i)))
        .toList();
  }

  /**
   * The song with every row.
   *
   * @throws IllegalArgumentException when it should have patches and has none; the message says
   *     what makes them
   */
  public ModelInput all(SegmentFeatures song) {
    return of(song, 0);
  }

  /**
   * The song with as many rows as a fit needs, spread evenly.
   *
   * @throws IllegalArgumentException as {@link #all} does
   */
  public ModelInput some(SegmentFeatures song) {
    return of(song, rows);
  }

  /** Bands of the song's rows: those of its patches, else 1. */
  public int bands(SegmentFeatures song) {
    return hasPatches() ? patches(song).getBands() : 1;
  }

  /**
   * At most {@code most} of {@code count} things, spread evenly; all of them when most is 0.
   *
   * @return their numbers from 0, ascending
   */
  public static IntStream spread(int count, int most) {
    int taken = most == 0 ? count : Math.min(most, count);
    // The middle of each of this many equal ranges.
    return IntStream.range(0, taken).map(i -> (int) ((2L * i + 1) * count / (2L * taken)));
  }

  private ModelInput of(SegmentFeatures song, int most) {
    String lyrics = hasLyrics() ? song.getInfo().getLyrics() : null;
    if (!hasPatches()) {
      return new ModelInput(
          List.of(vector(song)), lyrics, column == null ? null : song.getLabels().get(column));
    }
    LogMelPatches patches = patches(song);
    int columns = patches.getBands() * patches.getFrames();
    return new ModelInput(rows(patches.getValues(), columns, patches.getCount(), most), lyrics);
  }

  /**
   * The part of the song's vector that is taken.
   *
   * @throws IllegalArgumentException when it should have an embedding and has none; the message
   *     says what makes one
   */
  public float[] vector(SegmentFeatures song) {
    float[] features = rows(song.getValues(), song.getDimensions(), 1, 1).get(0);
    ModelEmbedding embedding = embedding(song);
    return embedding == null
        ? features
        : joined(features, rows(embedding.getValues(), embedding.getDimensions(), 1, 1).get(0));
  }

  /** The embedding that is taken; null where none is. */
  private @Nullable ModelEmbedding embedding(SegmentFeatures song) {
    ModelEmbedding embedding = song.getEmbedding();
    if (embedding == null && (part == Part.EMBEDDING || part == Part.BOTH)) {
      throw new IllegalArgumentException(
          "song "
              + song.getId()
              + " has no embedding, which this model needs; set onnx.model and onnx.preset");
    }
    return takes(true) ? embedding : null;
  }

  private float[] joined(float[] features, float[] embedding) {
    if (!takes(false)) {
      return embedding;
    }
    float[] both = Arrays.copyOf(features, features.length + embedding.length);
    System.arraycopy(embedding, 0, both, features.length, embedding.length);
    return both;
  }

  /** At most the given number of {@code count} packed rows, spread evenly. */
  private static List<float[]> rows(ByteBuffer packed, int columns, int count, int most) {
    FloatBuffer values = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    List<float[]> rows = new ArrayList<>();
    spread(count, most)
        .forEach(
            i -> {
              float[] row = new float[columns];
              values.get(i * columns, row);
              rows.add(row);
            });
    return rows;
  }

  private static LogMelPatches patches(SegmentFeatures song) {
    LogMelPatches patches = song.getPatches();
    if (patches == null) {
      throw new IllegalArgumentException(
          "song "
              + song.getId()
              + " has no log-mel patches, which this model needs; set features.patches=true");
    }
    return patches;
  }
}
