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
 * The input of a representation.
 *
 * @param rows maximum number of rows per song in a fit; 0 for all. An embedding always uses all
 *     rows
 * @param column column of the label; null without one
 */
public record InputSpec(Source source, int rows, @Nullable String column, Part part) {
  /** The feature group of the user's pretrained embedding. */
  public static final String EMBEDDING_GROUP = "embedding";

  /** The song vector. */
  public static final InputSpec VECTOR = new InputSpec(Source.VECTOR, 1);

  /** The song vector, and the vectors of its windows if they are stored. */
  public static final InputSpec VECTOR_AND_WINDOWS = new InputSpec(Source.VECTOR_AND_WINDOWS, 1);

  /** Maximum number of windows of a song in a fit, spread evenly. */
  private static final int WINDOWS = 5;

  /** The song vector, and the lyrics if the song has any. */
  public static final InputSpec VECTOR_AND_LYRICS = new InputSpec(Source.VECTOR_AND_LYRICS, 1);

  /** The part of the song vector: features, pretrained embedding, or both. */
  public enum Part {
    /** Both if songs have an embedding, else the features. */
    AUTO,
    FEATURES,
    EMBEDDING,
    /** The features, then the embedding. */
    BOTH
  }

  /** The source of the rows. */
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

  /** The song vector, and the label in this column if the song has one. */
  public static InputSpec vectorAndLabel(String column) {
    return new InputSpec(Source.VECTOR_AND_LABEL, 1, column, Part.AUTO);
  }

  /** The same input with another part of the vector. */
  public InputSpec of(Part taken) {
    return new InputSpec(source, rows, column, taken);
  }

  /** Whether lyrics are read. */
  public boolean hasLyrics() {
    return source == Source.VECTOR_AND_LYRICS;
  }

  /** Whether a fit reads the vectors of a song's windows. */
  public boolean hasWindows() {
    return source == Source.VECTOR_AND_WINDOWS;
  }

  /** Whether rows are log-mel patches. */
  public boolean hasPatches() {
    return source == Source.PATCHES;
  }

  /** A unique name of the input. */
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
   * The used columns of the whole song vector, whose feature groups are given; from 0, ascending.
   */
  public int[] columns(List<String> groups) {
    return IntStream.range(0, groups.size())
        .filter(i -> takes(groups.get(i).equals(EMBEDDING_GROUP)))
        .toArray();
  }

  /** The feature groups of the used columns, from those of all columns, or empty. */
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
   * Vectors of the song's windows, at most five; none if the input does not use windows, or none
   * are stored ({@code features.windows=false}, a feature table).
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
   * @throws IllegalArgumentException if patches are needed and missing; the message names the
   *     option to set
   */
  public ModelInput all(SegmentFeatures song) {
    return of(song, 0);
  }

  /**
   * The song with at most {@link #rows} rows, spread evenly.
   *
   * @throws IllegalArgumentException as {@link #all} does
   */
  public ModelInput some(SegmentFeatures song) {
    return of(song, rows);
  }

  /** Number of bands of the song's patches; 1 for a vector. */
  public int bands(SegmentFeatures song) {
    return hasPatches() ? patches(song).getBands() : 1;
  }

  /**
   * At most {@code most} indices below {@code count}, from 0, ascending, spread evenly; all of them
   * if {@code most} is 0.
   */
  public static IntStream spread(int count, int most) {
    int taken = most == 0 ? count : Math.min(most, count);
    // The middle of each of {@code most} equal ranges.
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
   * The used part of the song vector.
   *
   * @throws IllegalArgumentException if an embedding is needed and missing; the message names the
   *     options to set
   */
  public float[] vector(SegmentFeatures song) {
    float[] features = rows(song.getValues(), song.getDimensions(), 1, 1).get(0);
    ModelEmbedding embedding = embedding(song);
    return embedding == null
        ? features
        : joined(features, rows(embedding.getValues(), embedding.getDimensions(), 1, 1).get(0));
  }

  /** The used embedding; null for none. */
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
