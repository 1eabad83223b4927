package org.surmala.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.model.InputSpec;
import org.surmala.model.Planted;
import org.surmala.model.TrainingRows;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.FeatureWindows;
import org.surmala.schema.SegmentFeatures;

final class TrainingSetTest {
  private static final int COLUMNS = 5;
  private static final int ROWS = 700;
  private static final float[] VALUES = Planted.clusters(3, ROWS, 2, COLUMNS, 0.3, 8);

  /** Batches of 50 songs, the last songs first, and one batch twice. */
  private static List<FeatureBatch> batches() {
    List<FeatureBatch> batches = new ArrayList<>();
    for (int first = ROWS - 50; first >= 0; first -= 50) {
      List<String> ids = new ArrayList<>();
      ByteBuffer bytes =
          ByteBuffer.allocate(50 * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(VALUES, first * COLUMNS, 50 * COLUMNS);
      for (int i = first; i < first + 50; i++) {
        ids.add(String.format("%064x", i));
      }
      batches.add(
          FeatureBatch.newBuilder()
              .setSpec("spec")
              .setIds(ids)
              .setDimensions(COLUMNS)
              .setValues(bytes)
              .build());
    }
    batches.add(batches.get(3));
    return batches;
  }

  private static float[] all(TrainingRows table) {
    float[] values = new float[table.rows() * table.columns()];
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, values, r * table.columns());
    }
    return values;
  }

  @Test
  void givenBatchesInAnyOrder_whenGathered_thenSongsAreOnceEachById() throws IOException {
    try (TrainingSet memory = TrainingSet.of(batches(), Long.MAX_VALUE);
        TrainingSet file = TrainingSet.of(batches(), 0)) {
      assertThat(memory.isSpilled()).isFalse();
      assertThat(file.isSpilled()).isTrue();
      assertThat(all(memory.table())).containsExactly(VALUES);
      assertThat(all(file.table())).containsExactly(VALUES);
      assertThat(file.dataHash()).isEqualTo(memory.dataHash());
    }
  }

  @Test
  void givenFile_whenRowsAreMapped_thenTheyAreThoseOfMemory() throws IOException {
    TrainingRows.RowMap doubled =
        (row, from, into, offset) -> {
          for (int j = 0; j < from.length; j++) {
            into[offset + j] = 2 * from[j];
          }
        };
    try (TrainingSet memory = TrainingSet.of(batches(), Long.MAX_VALUE);
        TrainingSet file = TrainingSet.of(batches(), 0)) {
      TrainingRows mapped = file.table().mapped(COLUMNS, doubled);
      assertThat(all(mapped)).containsExactly(all(memory.table().mapped(COLUMNS, doubled)));
      float[] row = new float[COLUMNS];
      mapped.read(ROWS - 1, row, 0);
      mapped.read(3, row, 0);
      assertThat(row[0]).isEqualTo(2 * VALUES[3 * COLUMNS]);
    }
  }

  @Test
  void givenFileOrMemory_whenFitted_thenModelIsTheSame() throws IOException {
    ModelSpec vae =
        new ModelSpec("vae", "sigma_vae", Map.of("hidden", "8", "latent", "2", "epochs", "4"));
    ModelFitter fitter =
        new ModelFitter(
            vae, new TrainOptions(List.of(vae), "models/", 3, List.of(), 2), epoch -> {});
    try (TrainingSet memory = TrainingSet.of(batches(), Long.MAX_VALUE);
        TrainingSet file = TrainingSet.of(batches(), 0)) {
      assertThat(fitter.fit(file)).isEqualTo(fitter.fit(memory));
    }
  }

  /** Patches are values like others: past the limit they are in a file, and fits do not tell. */
  @Test
  void givenPatchesPastTheLimit_whenFitted_thenTheyAreInAFileAndTheModelIsTheSame()
      throws IOException {
    ModelSpec conv =
        new ModelSpec(
            "conv",
            "conv_vae",
            Map.of("channels", "2", "latent", "2", "epochs", "2", "patches", "2"));
    List<FeatureBatch> patches = new ArrayList<>();
    for (int song = 0; song < 40; song++) {
      ByteBuffer bytes = ByteBuffer.allocate(3 * 24 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(VALUES, song * 72, 72);
      patches.add(
          FeatureBatch.newBuilder()
              .setSpec("spec")
              .setIds(List.of(String.format("%064x", song)))
              .setDimensions(24)
              .setValues(bytes)
              .setRows(List.of(3))
              .setBands(4)
              .build());
    }
    ModelFitter fitter =
        new ModelFitter(
            conv, new TrainOptions(List.of(conv), "models/", 3, List.of(), 2), epoch -> {});
    int all = 40 * 72;
    TrainingRows closed;
    try (TrainingSet memory = TrainingSet.of(patches, all);
        TrainingSet file = TrainingSet.of(patches, all - 1)) {
      assertThat(memory.isSpilled()).isFalse();
      assertThat(file.isSpilled()).isTrue();
      assertThat(file.table().songs()).isEqualTo(40);
      assertThat(file.table().bands()).isEqualTo(4);
      assertThat(fitter.fit(file)).isEqualTo(fitter.fit(memory));
      closed = file.table();
    }
    // The file has gone with the set.
    assertThatThrownBy(() -> closed.read(17, new float[24], 0))
        .hasCauseInstanceOf(ClosedChannelException.class);
  }

  /** Song b with rows 1 and 2, song a with row 3, and song b again; rows have one value. */
  private static List<FeatureBatch> severalRows() {
    return List.of(
        severalRows(List.of("b"), List.of(2), List.of("গান"), 1, 2),
        severalRows(List.of("a", "b"), List.of(1, 2), Arrays.asList(null, "গান"), 3, 1, 2));
  }

  private static FeatureBatch severalRows(
      List<String> ids, List<Integer> rows, List<String> lyrics, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return FeatureBatch.newBuilder()
        .setSpec("spec")
        .setIds(ids)
        .setDimensions(1)
        .setValues(bytes)
        .setRows(rows)
        .setLyrics(lyrics)
        .build();
  }

  @Test
  void givenSongsOfSeveralRows_whenGathered_thenRowsAndLyricsStandBySong() throws IOException {
    try (TrainingSet memory = TrainingSet.of(severalRows(), Long.MAX_VALUE);
        TrainingSet file = TrainingSet.of(severalRows(), 0)) {
      for (TrainingSet set : List.of(memory, file)) {
        TrainingRows table = set.table();
        assertThat(all(table)).containsExactly(3, 1, 2);
        assertThat(table.songs()).isEqualTo(2);
        assertThat(IntStream.range(0, 3).map(table::songOf)).containsExactly(0, 1, 1);
        assertThat(table.lyrics(0)).isNull();
        assertThat(table.lyrics(1)).isEqualTo("গান");
        assertThat(table.lyrics(2)).isEqualTo("গান");
        TrainingRows wider =
            table.mapped(
                2,
                (row, from, into, offset) -> {
                  into[offset] = from[0];
                  into[offset + 1] = row;
                });
        assertThat(all(wider)).containsExactly(3, 0, 1, 1, 2, 2);
        assertThat(IntStream.range(0, 3).map(wider::songOf)).containsExactly(0, 1, 1);
      }
      assertThat(file.dataHash()).isEqualTo(memory.dataHash());
    }
  }

  @Test
  void givenOtherLyrics_whenGathered_thenTheHashIsAnother() throws IOException {
    List<FeatureBatch> other =
        List.of(
            severalRows(List.of("b"), List.of(2), List.of("গান"), 1, 2),
            severalRows(List.of("a"), List.of(1), List.of("song"), 3));
    try (TrainingSet one = TrainingSet.of(severalRows(), Long.MAX_VALUE);
        TrainingSet two = TrainingSet.of(other, Long.MAX_VALUE)) {
      assertThat(two.dataHash()).isNotEqualTo(one.dataHash());
    }
  }

  @Test
  void givenLabels_whenGathered_thenTheyStandBySongAndAreInTheHash() throws IOException {
    List<FeatureBatch> told =
        List.of(labelled("b", "vinyl", 1, 2), labelled("a", null, 3), labelled("b", "vinyl", 1, 2));
    List<FeatureBatch> others = List.of(labelled("b", "radio", 1, 2), labelled("a", null, 3));
    try (TrainingSet memory = TrainingSet.of(told, Long.MAX_VALUE);
        TrainingSet file = TrainingSet.of(told, 0);
        TrainingSet other = TrainingSet.of(others, 0)) {
      for (TrainingRows table : List.of(memory.table(), file.table())) {
        assertThat(all(table)).containsExactly(3, 1, 2);
        assertThat(table.label(0)).isNull();
        assertThat(table.label(1)).isEqualTo("vinyl");
        assertThat(table.label(2)).isEqualTo("vinyl");
        assertThat(table.thinned(1).label(1)).isEqualTo("vinyl");
      }
      assertThat(file.dataHash()).isEqualTo(memory.dataHash());
      assertThat(other.dataHash()).isNotEqualTo(memory.dataHash());
    }
  }

  /** Of one song more than are kept, the one with the greatest id has none, whenever it came. */
  @Test
  void givenWindows_whenGathered_thenThoseOfTheSmallestIdsAreKeptInAnyOrder() throws IOException {
    int songs = TrainingSet.MOST_WITH_WINDOWS + 1;
    List<FeatureBatch> ascending = new ArrayList<>();
    for (int song = 0; song < songs; song++) {
      ascending.add(windowed(song));
    }
    List<FeatureBatch> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    try (TrainingSet one = TrainingSet.of(ascending, Long.MAX_VALUE);
        TrainingSet other = TrainingSet.of(descending, 0)) {
      assertThat(other.dataHash()).isEqualTo(one.dataHash());
      for (TrainingRows table : List.of(one.table(), other.table(), other.table().thinned(1))) {
        assertThat(table.windows(0)).containsExactly(new float[] {0}, new float[] {0.5f});
        assertThat(table.windows(songs - 2))
            .containsExactly(new float[] {songs - 2}, new float[] {songs - 1.5f});
        assertThat(table.windows(songs - 1)).isEmpty();
      }
    }
  }

  @Test
  void givenASongWithWindows_whenPacked_thenTheyAreSpreadEvenlyAndOnlyWhereTheyAreTaken() {
    ByteBuffer rows = ByteBuffer.allocate(10 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    rows.asFloatBuffer().put(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    SegmentFeatures song = TrainTest.songs(1, "spec").get(0);
    song.setDimensions(1);
    song.setValues(ByteBuffer.allocate(Float.BYTES));
    song.setWindows(
        FeatureWindows.newBuilder()
            .setCount(10)
            .setSeconds(3)
            .setDimensions(1)
            .setStarts(ByteBuffer.allocate(10 * Double.BYTES))
            .setValues(rows)
            .build());
    FeatureBatches taken = new FeatureBatches(InputSpec.VECTOR_AND_WINDOWS);
    taken.add(song);
    assertThat(taken.values()).isEqualTo(6);
    FeatureBatch batch = taken.packed();
    assertThat(batch.getWindowCounts()).containsExactly(5);
    float[] windows = new float[5];
    batch.getWindows().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(windows);
    assertThat(windows).containsExactly(1, 3, 5, 7, 9);
    song.setWindows(null);
    taken.add(song);
    assertThat(taken.packed().getWindowCounts()).containsExactly(0);
    FeatureBatches left = new FeatureBatches(InputSpec.VECTOR);
    left.add(song);
    assertThat(left.packed().getWindowCounts()).isEmpty();
  }

  private static FeatureBatch windowed(int song) {
    ByteBuffer windows = ByteBuffer.allocate(2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    windows.asFloatBuffer().put(new float[] {song, song + 0.5f});
    return FeatureBatch.newBuilder()
        .setSpec("spec")
        .setIds(List.of(String.format("%064x", song)))
        .setDimensions(1)
        .setValues(ByteBuffer.allocate(Float.BYTES))
        .setWindows(windows)
        .setWindowCounts(List.of(2))
        .build();
  }

  private static FeatureBatch labelled(String id, @Nullable String label, float... values) {
    return FeatureBatch.newBuilder(
            severalRows(List.of(id), List.of(values.length), List.of(), values))
        .setLabels(Collections.singletonList(label))
        .build();
  }
}
