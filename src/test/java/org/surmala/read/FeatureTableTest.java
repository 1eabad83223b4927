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
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.failure.SongException;

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
    assertThat(table.notes())
        .containsExactly(
            "2 columns are features, [mood, label] labels",
            "left out because they are constant: [nothing]");
  }

  /** A model that reads a column must not get it as a feature as well. */
  @Test
  public void givenColumnsThatModelsAreTold_whenRead_thenTheyAreLabelsAndNoFeatures()
      throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);

    FeatureTable table =
        FeatureTable.scan(options(TABLE, List.of()).withConditionColumns(List.of("tempo", "mood")));

    assertThat(table.features()).containsExactly("length", "centroid");
    assertThat(table.notes()).contains("2 columns are features, [tempo, mood, label] labels");
    assertThat(read(table))
        .containsExactly(
            "a.wav/blues[660000.0, 1500.5]{mood=glad, tempo=120}",
            "b, too.wav/rock[661000.0, 1600.0]{mood=sad, tempo=99.5}",
            "a.wav again",
            "c.wav bad_feature line 5, column 'centroid': 'nan' is not a finite number, but a mark"
                + " for an empty cell; correct it, remove the row, or name the column in"
                + " --drop-columns");
    assertThatThrownBy(
            () ->
                FeatureTable.scan(
                    options(TABLE, List.of()).withConditionColumns(List.of("source"))))
        .hasMessageContaining("has no column 'source' as the condition of a model says");
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
        .hasMessageContaining("[filename, length, centroid")
        .hasMessageContaining("did you mean 'length'?");
  }

  @Test
  public void givenNoNumericColumn_whenScanned_thenTheErrorSaysWhatThereIs() {
    pipeline.enableAbandonedNodeEnforcement(false);

    assertThatThrownBy(
            () -> FeatureTable.scan(options("filename,label,x\na,b,1\nc,d,1\n", List.of())))
        .hasMessageContaining("no column is a feature: constant [x], not numbers [label]");
  }

  /** One cell changes neither what its column is nor another row. */
  @Test
  public void givenRowsThatAreWrongInThemselves_whenRead_thenEachFailsAlone() throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    String table =
        """
        filename,title,tempo,label
        a.wav,A,100.5,x
        b.wav,B,#DIV/0!,x
        c.wav,C,"1,234.50",x
        d.wav,D, too,90,x
        e.wav,E,80
        ,F,70,x
        g.wav,G,1e39,x
        h.wav,H,60,NaN
        i.wav,I,75, x\s
        j.wav,J,72,x
        """;

    FeatureTable scanned = FeatureTable.scan(options(table, List.of()));

    assertThat(scanned.features()).containsExactly("tempo");
    assertThat(scanned.notes())
        .contains(
            "column 'tempo' is a feature, and rows without a number fail: 2 of 8 cells are not"
                + " numbers; in line 3 '#DIV/0!' is not a number");
    assertThat(read(scanned).stream().map(row -> row.split(";", 2)[0]))
        .containsExactly(
            "a.wav/x[100.5]{}",
            "b.wav bad_feature line 3, column 'tempo': '#DIV/0!' is not a number",
            "c.wav bad_feature line 4, column 'tempo': '1,234.50' has thousands separators",
            "null bad_row line 5 has 5 cells where the header names 4, the last being 'x'",
            "null bad_row line 6 has 3 cells where the header names 4",
            "null bad_row line 7, column 'filename': the cell is empty",
            "g.wav bad_feature line 8, column 'tempo': '1e39' is beyond a 32-bit float, whose"
                + " greatest number is 3.4e38",
            "h.wav/null[60.0]{}",
            "i.wav/x[75.0]{}",
            "j.wav/x[72.0]{}");
  }

  @Test
  public void givenColumnsThatOnlyNumberTheRows_whenScanned_thenTheyAreNoFeatures()
      throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    StringBuilder table = new StringBuilder("Unnamed: 0,filename,nr,kept,tempo,year,label\n");
    for (int i = 0; i < 12; i++) {
      // A shuffled index, a counter, a counter of which rows were removed, and two features.
      table.append((i * 5) % 12).append(",s").append(i).append(".wav,").append(i + 1);
      table.append(',').append(20 + i + i / 3).append(',').append(90 + i * i % 7);
      table.append(',').append(1950 + 5 * i).append(",x\n");
    }

    FeatureTable scanned = FeatureTable.scan(options(table.toString(), List.of()));

    assertThat(scanned.features()).containsExactly("tempo", "year");
    assertThat(scanned.notes())
        .contains("left out because they only number the rows: [Unnamed: 0, nr, kept]");
  }

  @Test
  public void givenAColumnOfNumbersInAnotherForm_whenScanned_thenANoteNamesIt() throws IOException {
    pipeline.enableAbandonedNodeEnforcement(false);
    String table = "filename;tempo;loud;key;label\na;1,5;-7;1d;x\nb;2,5;-8.5;2d;x\nc;99;-9;3f;y\n";

    FeatureTable scanned = FeatureTable.scan(options(table, List.of()));

    assertThat(scanned.features()).containsExactly("loud");
    assertThat(scanned.notes())
        .containsExactly(
            "1 columns are features, [tempo, key, label] labels",
            "column 'tempo' is not a feature: 2 of 3 cells are not numbers; in line 2 '1,5' has a"
                + " decimal comma; write a decimal point");
  }

  @Test
  public void givenNoRowThatCanBeRead_whenScanned_thenTheErrorSaysWhy() {
    pipeline.enableAbandonedNodeEnforcement(false);

    assertThatThrownBy(() -> FeatureTable.scan(options("filename,x,label\n", List.of())))
        .hasMessageContaining("no row can be read: it has a header and no rows");
    // R's write.table gives the column of row names no name.
    assertThatThrownBy(
            () -> FeatureTable.scan(options("filename,x,label\n1,a,2,b\n2,c,3,d\n", List.of())))
        .hasMessageContaining("no row can be read: line 2 has 4 cells where the header names 3");
  }

  private static List<String> read(FeatureTable table) throws IOException {
    List<String> rows = new ArrayList<>();
    table.read(
        new FeatureTable.Sink() {
          @Override
          public void song(
              String id,
              String uri,
              @Nullable String label,
              float[] values,
              Map<String, String> labels) {
            rows.add(id + "/" + label + Arrays.toString(values) + labels);
          }

          @Override
          public void duplicate(String id, String uri) {
            rows.add(id + " again");
          }

          @Override
          public void failed(@Nullable String id, String uri, SongException why) {
            rows.add(id + " " + why.code().code() + " " + why.getMessage());
          }
        });
    return rows;
  }

  private FeatureTableOptions options(String content, List<String> drop) throws IOException {
    Path file = temporary.getRoot().toPath().resolve("table.csv");
    Files.writeString(file, content);
    return new FeatureTableOptions(file.toString(), "filename", "label", drop);
  }
}
