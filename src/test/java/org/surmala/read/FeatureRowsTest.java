package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.failure.SongException;

/**
 * Tables of embeddings in the formats that other tools write. The arrays of golden/table are of
 * NumPy 2.4.6 (numpy.save of one 4 × 3 matrix).
 */
final class FeatureRowsTest {
  @TempDir private Path folder;

  /** What a table gives, as text. */
  private static List<String> read(Path file, String id, @Nullable String label)
      throws IOException {
    FeatureTable table =
        FeatureTable.scan(new FeatureTableOptions(file.toString(), id, label, List.of()));
    List<String> all = new ArrayList<>(List.of(String.join(" ", table.features())));
    table.read(
        new FeatureTable.Sink() {
          @Override
          public void song(
              String song,
              String uri,
              @Nullable String found,
              float[] values,
              Map<String, String> labels) {
            all.add(song + " " + found + " " + Arrays.toString(values));
          }

          @Override
          public void duplicate(String song, String uri) {
            all.add(song + " again");
          }

          @Override
          public void failed(@Nullable String song, String uri, SongException why) {
            all.add(song + " failed: " + why.getMessage());
          }
        });
    return all;
  }

  private Path golden(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = FeatureRowsTest.class.getResourceAsStream("/golden/table/" + name)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"float.npy", "double.npy", "big_endian.npy"})
  void theRowsOfAMatrixAreNumbered(String name) throws IOException {
    assertThat(read(golden(name), "song", null))
        .containsExactly(
            "value_0 value_1 value_2",
            "0 null [0.1, -2.5E-7, 3.0]",
            "1 null [4.0, 5.0, 6.25]",
            "2 null [7.0, 8.0, 1.0E10]",
            "3 null [1.5, 0.0, -1.0]");
  }

  /** A numeric column of the songs' file is not a feature: the matrix has them all. */
  @Test
  void theFileOfSongsNamesTheRowsOfAMatrix() throws IOException {
    Path matrix = golden("float.npy");
    Files.writeString(
        folder.resolve("float.npy.songs.csv"),
        "id,language,seconds\na,en,1\nb,bn,2\nb,bn,9\n,en,3\n");
    assertThat(read(matrix, "id", "language"))
        .containsExactly(
            "value_0 value_1 value_2",
            "a en [0.1, -2.5E-7, 3.0]",
            "b bn [4.0, 5.0, 6.25]",
            "b again",
            "null failed: line 4, column 'id': the cell is empty; give the row an id, or remove"
                + " it");
    assertThatThrownBy(() -> read(matrix, "name", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no column 'name' as --id-column says");
    Files.writeString(folder.resolve("float.npy.songs.csv"), "id\na\nb\n");
    assertThatThrownBy(() -> read(matrix, "id", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("float.npy has 4 rows and ")
        .hasMessageEndingWith("float.npy.songs.csv only 2; give it a line for each row");
  }

  @ParameterizedTest
  @CsvSource({
    "fortran.npy, C order; save it with numpy.save",
    "integers.npy, float32 or float64",
    "one_axis.npy, two axes"
  })
  void anotherArrayIsRefusedWithTheRemedy(String name, String message) throws IOException {
    Path file = golden(name);
    assertThatThrownBy(() -> read(file, "id", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(message);
  }

  @Test
  void aMatrixWithoutLabelsSaysWhereTheyGo() throws IOException {
    Path file = golden("float.npy");
    assertThatThrownBy(() -> read(file, "id", "language"))
        .hasMessageContaining("has no column 'language' as --label-column says; put it into")
        .hasMessageContaining("float.npy.songs.csv");
  }

  @Test
  void aFileThatIsCutOffOrOfAnotherKindIsAnError() throws IOException {
    Path whole = golden("float.npy");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.npy");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 4));
    assertThatThrownBy(() -> read(cut, "id", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut.npy: ends in row 3 of 4");
    Path text = folder.resolve("text.npy");
    Files.writeString(text, "id,a\n1,2\n");
    assertThatThrownBy(() -> read(text, "id", null))
        .hasMessageContaining("not an array in NumPy's");
    Path avro = folder.resolve("text.avro");
    Files.writeString(avro, "id,a\n1,2\n");
    assertThatThrownBy(() -> read(avro, "id", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.avro: is not an Avro file of records");
    Path misnamed = folder.resolve("misnamed.csv");
    Files.copy(whole, misnamed);
    assertThatThrownBy(() -> read(misnamed, "id", null))
        .hasMessageContaining("an array of NumPy (name it .npy)");
  }

  private Path avro(String dimensions, float[]... vectors) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Song", "fields": [
                  {"name": "id", "type": "string"},
                  {"name": "year", "type": ["null", "int"]},
                  {"name": "vector", "type": {"type": "array", "items": "float"}}]}
                """);
    Path file = folder.resolve("songs.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      if (!dimensions.isEmpty()) {
        writer.setMeta("surmala.dimensions", dimensions.getBytes(StandardCharsets.UTF_8));
      }
      writer.create(schema, file.toFile());
      for (int i = 0; i < vectors.length; i++) {
        List<Float> values = new ArrayList<>();
        for (float value : vectors[i]) {
          values.add(value);
        }
        writer.append(
            new GenericRecordBuilder(schema)
                .set("id", "song " + i)
                .set("year", i == 0 ? null : 1990 + i)
                .set("vector", values)
                .build());
      }
    }
    return file;
  }

  @Test
  void theArraysOfAvroRecordsAreFeatures() throws IOException {
    Path file = avro("", new float[] {1, 2}, new float[] {3, 4.5f}, new float[] {5});
    assertThat(read(file, "id", "year"))
        .containsExactly(
            "vector_0 vector_1",
            "song 0 null [1.0, 2.0]",
            "song 1 1991 [3.0, 4.5]",
            "null failed: record 3 has 1 values in vector where the first has 2; correct or remove"
                + " it");
    assertThatThrownBy(() -> read(file, "name", null))
        .hasMessageContaining("its columns are [id, year], and those of [vector]");
  }

  @Test
  void theFileMayNameTheValuesOfItsArray() throws IOException {
    Path file = avro("tempo,level", new float[] {1, 2}, new float[] {3, 4});
    assertThat(read(file, "id", null).get(0)).isEqualTo("tempo level");
  }

  @Test
  void aThousandColumnsAreRead() throws IOException {
    float[][] rows = new float[3][1_200];
    IntStream.range(0, 3 * 1_200).forEach(i -> rows[i / 1_200][i % 1_200] = i / 7f);
    List<String> read = read(avro("", rows), "id", null);
    assertThat(read.get(0)).startsWith("vector_0000 vector_0001").endsWith(" vector_1199");
    assertThat(read.get(3)).isEqualTo("song 2 null " + Arrays.toString(rows[2]));
  }
}
