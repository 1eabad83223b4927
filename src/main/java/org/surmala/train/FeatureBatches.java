package org.surmala.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.InputSpec;
import org.surmala.model.ModelInput;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.SegmentFeatures;

/** Collects songs into a batch. */
public final class FeatureBatches {
  private final InputSpec inputSpec;
  private final List<String> ids = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final List<@Nullable String> lyrics = new ArrayList<>();
  private final List<@Nullable String> labels = new ArrayList<>();
  private final List<float[]> rows = new ArrayList<>();
  private final List<Integer> windowCounts = new ArrayList<>();
  private final List<float[]> windows = new ArrayList<>();
  private String spec = "";
  private int bands = 1;

  /**
   * @param inputSpec input that is read from each song
   */
  public FeatureBatches(InputSpec inputSpec) {
    this.inputSpec = inputSpec;
  }

  /**
   * Adds a song.
   *
   * @throws IllegalArgumentException if its feature specification differs from the others, or it
   *     lacks the input
   */
  public void add(SegmentFeatures features) {
    ModelInput song = inputSpec.some(features);
    int dimensions = song.rows().get(0).length;
    if (!ids.isEmpty() && !(spec.equals(features.getSpec()) && rows.get(0).length == dimensions)) {
      throw new IllegalArgumentException(
          ("songs of two feature specifications can't train one model: %s with %s values"
                  + " in a row and %s with %s")
              .formatted(spec, rows.get(0).length, features.getSpec(), dimensions));
    }
    spec = features.getSpec();
    bands = inputSpec.bands(features);
    ids.add(features.getId());
    counts.add(song.rows().size());
    lyrics.add(song.lyrics());
    labels.add(song.label());
    rows.addAll(song.rows());
    List<float[]> ofSong = inputSpec.windows(features);
    windowCounts.add(ofSong.size());
    windows.addAll(ofSong);
  }

  /** Number of songs since the last batch. */
  int songs() {
    return ids.size();
  }

  /** Number of values since the last batch. */
  int values() {
    return rows.isEmpty() ? 0 : (rows.size() + windows.size()) * rows.get(0).length;
  }

  /** The batch of all songs since the last one, at least one song. */
  public FeatureBatch packed() {
    int dimensions = rows.get(0).length;
    FeatureBatch batch =
        FeatureBatch.newBuilder()
            .setSpec(spec)
            .setIds(List.copyOf(ids))
            .setDimensions(dimensions)
            .setValues(packed(rows, dimensions))
            .setIntake(inputSpec.label())
            .setRows(inputSpec.hasPatches() ? List.copyOf(counts) : List.of())
            .setBands(bands)
            .setLyrics(inputSpec.hasLyrics() ? new ArrayList<>(lyrics) : List.of())
            .setLabels(inputSpec.column() == null ? List.of() : new ArrayList<>(labels))
            .setWindows(packed(windows, dimensions))
            .setWindowCounts(inputSpec.hasWindows() ? List.copyOf(windowCounts) : List.of())
            .build();
    ids.clear();
    counts.clear();
    lyrics.clear();
    labels.clear();
    rows.clear();
    windowCounts.clear();
    windows.clear();
    return batch;
  }

  private static ByteBuffer packed(List<float[]> rows, int dimensions) {
    ByteBuffer values =
        ByteBuffer.allocate(rows.size() * dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        values.putFloat(value);
      }
    }
    return values.flip();
  }
}
