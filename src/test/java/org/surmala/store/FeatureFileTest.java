package org.surmala.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.golden.Npy;
import org.surmala.schema.FeatureRow;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

final class FeatureFileTest {
  @TempDir private Path folder;

  @Test
  void givenRows_whenWrittenAsCsv_thenNamesAndNumbersAreThere() throws IOException {
    file("t.csv").write(List.of(row("a", "s, 1.mp3", 0.1f, -2)));

    assertThat(Files.readString(folder.resolve("t.csv")))
        .isEqualTo("id,filepath,language,title,x,y\r\na,\"s, 1.mp3\",bangla,\"s, 1\",0.1,-2.0\r\n");
  }

  @Test
  void givenRows_whenWrittenAsNpy_thenNumpyReadsThem() throws IOException {
    file("t.npy").write(List.of(row("a", "a.mp3", 0.5f, -2), row("b", "b.mp3", 3, 4)));

    byte[] bytes = Files.readAllBytes(folder.resolve("t.npy"));
    Npy array = Npy.parse("t.npy", bytes);
    assertThat(array.shape()).containsExactly(2, 2);
    assertThat(array.values()).containsExactly(0.5, -2, 3, 4);
    // The format promises that the values begin at a multiple of 64.
    assertThat((bytes.length - 16) % 64).isZero();
    assertThat(Files.readAllLines(folder.resolve("t.npy.songs.csv")))
        .containsExactly("id,filepath,language,title", "a,a.mp3,bangla,a", "b,b.mp3,bangla,b");
  }

  @Test
  void givenRows_whenWrittenAsAvro_thenTheyReadBackWithTheirDimensions() throws IOException {
    file("t.avro").write(List.of(row("a", "a.mp3", 0.5f, -2)));

    try (DataFileReader<FeatureRow> reader =
        new DataFileReader<>(
            folder.resolve("t.avro").toFile(), new SpecificDatumReader<>(FeatureRow.class))) {
      assertThat(reader.getMetaString("surmala.dimensions")).isEqualTo("x,y");
      assertThat(reader.next())
          .isEqualTo(new FeatureRow("a", "a.mp3", "bangla", "a", List.of(0.5f, -2f)));
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void givenAnotherExtension_whenMade_thenTheErrorNamesTheThree() {
    assertThatThrownBy(() -> file("t.parquet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'t.parquet' must end in .csv, .avro or .npy");
  }

  private FeatureFile file(String name) {
    return new FeatureFile(folder + "/", name, List.of("x", "y"));
  }

  private static FeatureFile.Row row(String id, String filepath, float x, float y) {
    SongRef song =
        SongRef.newBuilder()
            .setId(id)
            .setUri("/" + filepath)
            .setFilepath(filepath)
            .setLanguage("bangla")
            .setSize(1)
            .setModified(1)
            .build();
    ByteBuffer values = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(x).putFloat(y).flip();
    SegmentFeatures features =
        SegmentFeatures.newBuilder(FeatureStoreTest.features(id, 0))
            .setDimensions(2)
            .setValues(values)
            .build();
    return new FeatureFile.Row(song, features);
  }
}
