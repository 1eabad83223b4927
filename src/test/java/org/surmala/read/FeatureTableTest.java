package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class FeatureTableTest {
  private static final String TABLE =
      """
      filename,length,centroid,tempo,mood,nothing,label
      a.wav,660000,1500.5,120,glad,1,blues
      "b, too.wav",661000,1600,99.5,sad,1,rock
      a.wav,1,1,1,glad,1,blues
      c.wav,660000,nan,90,sad,1,
      """;

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void givenATable_whenScanned_thenEachColumnHasItsPart() throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);

    FeatureTable table = FeatureTable.scan(options(TABLE, List.of("length")));

    assertThat(table.features()).containsExactly("centroid", "tempo");
    assertThat(table.constant()).containsExactly("nothing");
    assertThat(table.labels()).containsExactly("mood", "label");
  }

  /** A model that is told a column must not hear it as a feature as well. */
  @Test
  public void givenColumnsThatModelsAreTold_whenRead_thenTheyAreLabelsAndNoFeatures()
      throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    List<String> songs = new ArrayList<>();

    FeatureTable table =
        FeatureTable.scan(options(TABLE, List.of()).withToldColumns(List.of("tempo", "mood")));
    table.read((id, label, values, told) -> songs.add(id + Arrays.toString(values) + told));

    assertThat(table.features()).containsExactly("length", "centroid");
    assertThat(table.labels()).containsExactly("tempo", "mood", "label");
    assertThat(songs)
        .containsExactly(
            "a.wav[660000.0, 1500.5]{mood=glad, tempo=120}",
            "b, too.wav[661000.0, 1600.0]{mood=sad, tempo=99.5}");
    assertThatThrownBy(
            () -> FeatureTable.scan(options(TABLE, List.of()).withToldColumns(List.of("source"))))
        .hasMessageContaining("has no column 'source' as the condition of a model says");
  }

  @Test
  public void givenATable_whenItsSongsAreRead_thenUnusableRowsAreLeftOutAndCounted()
      throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    List<String> songs = new ArrayList<>();

    long leftOut =
        FeatureTable.scan(options(TABLE, List.of("length")))
            .read(
                (id, label, values, told) -> songs.add(id + "/" + label + Arrays.toString(values)));

    assertThat(songs)
        .containsExactly("a.wav/blues[1500.5, 120.0]", "b, too.wav/rock[1600.0, 99.5]");
    assertThat(leftOut).isEqualTo(2);
  }

  @Test
  public void givenATable_whenRead_thenEachRowIsASongADuplicateOrAFailure() throws IOException {
    FeatureTable table = FeatureTable.scan(options(TABLE, List.of("length")));

    PCollectionTuple rows = pipeline.apply(ReadFeatureTable.from(table));

    PAssert.that(
            rows.get(Read.SONGS)
                .apply(
                    "Songs",
                    MapElements.into(TypeDescriptors.strings())
                        .via(s -> s.getId() + "/" + s.getLanguage())))
        .containsInAnyOrder("a.wav/blues", "b, too.wav/rock");
    PAssert.that(
            rows.get(ReadFeatureTable.FEATURES)
                .apply(
                    "Values",
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            f -> {
                              FloatBuffer values =
                                  f.getValues()
                                      .duplicate()
                                      .order(ByteOrder.LITTLE_ENDIAN)
                                      .asFloatBuffer();
                              return f.getId() + " " + values.get(0) + " " + values.get(1);
                            })))
        .containsInAnyOrder("a.wav 1500.5 120.0", "b, too.wav 1600.0 99.5");
    PAssert.that(
            rows.get(Read.DUPLICATES)
                .apply("Twice", MapElements.into(TypeDescriptors.strings()).via(d -> d.getId())))
        .containsInAnyOrder("a.wav");
    PAssert.that(
            rows.get(Read.FAILURES)
                .apply(
                    "Failed",
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getFilepath() + " " + f.getCode())))
        .containsInAnyOrder("c.wav bad_feature");
    PAssert.thatSingleton(rows.get(Read.LISTED)).isEqualTo(4L);
    pipeline.run();
  }

  @Test
  public void givenNoSuchColumn_whenScanned_thenTheErrorNamesOptionAndColumns() {
    pipeline.enableAbandonedNodeEnforcement(false);

    assertThatThrownBy(() -> FeatureTable.scan(options(TABLE, List.of("lenght"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no column 'lenght' as --drop-columns says")
        .hasMessageContaining("[filename, length, centroid");
  }

  @Test
  public void givenNoNumericColumn_whenScanned_thenTheErrorSaysWhatThereIs() {
    pipeline.enableAbandonedNodeEnforcement(false);

    assertThatThrownBy(
            () -> FeatureTable.scan(options("filename,label,x\na,b,1\nc,d,1\n", List.of())))
        .hasMessageContaining("no column is a feature: constant [x], not numbers [label]");
  }

  private FeatureTableOptions options(String content, List<String> drop) throws IOException {
    Path file = temporary.getRoot().toPath().resolve("table.csv");
    Files.writeString(file, content);
    return new FeatureTableOptions(file.toString(), "filename", "label", drop);
  }
}
