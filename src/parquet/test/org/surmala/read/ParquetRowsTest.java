package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables in Parquet, with lists in the forms that its specification allows. */
final class ParquetRowsTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message songs {
            required binary id (STRING);
            optional int32 year;
            optional group embedding (LIST) {
              repeated group list {
                optional float element;
              }
            }
            repeated double tempo;
          }
          """);

  @TempDir private Path folder;

  private static Group song(String id, int year, float[] embedding, double... tempo) {
    Group song = new SimpleGroupFactory(SCHEMA).newGroup().append("id", id);
    if (year > 0) {
      song.append("year", year);
    }
    Group list = song.addGroup("embedding");
    for (float value : embedding) {
      list.addGroup("list").append("element", value);
    }
    for (double value : tempo) {
      song.append("tempo", value);
    }
    return song;
  }

  private String write(CompressionCodecName codec, List<Group> songs) throws IOException {
    Path file = folder.resolve("songs.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(codec)
            .withCodecFactory(codec == CompressionCodecName.GZIP ? new Gzip() : null)
            .build()) {
      for (Group song : songs) {
        writer.write(song);
      }
    }
    return file.toString();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
  void givenListsAndColumns_whenRead_thenListsAreFeaturesAndEachRowHasItsCells(
      CompressionCodecName codec) throws IOException {
    String file =
        write(
            codec,
            List.of(
                song("a", 1971, new float[] {0.5f, -1}, 120, 3),
                song("গান", 0, new float[] {2, 3}, 90, 4),
                song("short", 2001, new float[] {2}, 90, 4)));

    try (FeatureRows rows = FeatureRows.open(file, "id")) {
      assertThat(rows.columns())
          .containsExactly("id", "year", "embedding_0", "embedding_1", "tempo_0", "tempo_1");
      assertThat(rows.values()).containsExactly("embedding_0", "embedding_1", "tempo_0", "tempo_1");
      List<String> read = new ArrayList<>();
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        TableRow one = row;
        read.add(
            one.fault() != null
                ? one.fault()
                : String.join(" ", rows.columns().stream().map(one::cell).toList()));
      }
      assertThat(read)
          .containsExactly(
              "a 1971 0.5 -1.0 120.0 3.0",
              "গান  2.0 3.0 90.0 4.0",
              "record 3 has 1 values in embedding where the first has 2; correct or remove it");
    }
  }

  @Test
  void givenFilesThatAreNone_whenOpened_thenTheErrorNamesTheFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text.parquet"), "id,a\n1,2\n");
    assertThatThrownBy(() -> FeatureRows.open(text.toString(), "id"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.parquet: is no Parquet file");

    String empty = write(CompressionCodecName.UNCOMPRESSED, List.of());
    assertThatThrownBy(() -> FeatureRows.open(empty, "id"))
        .hasMessageContaining("songs.parquet: has no record");
  }

  /** Compresses by the JDK; the library asks Hadoop for it. */
  private static final class Gzip implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          ByteArrayOutputStream compressed = new ByteArrayOutputStream();
          try (OutputStream out = new GZIPOutputStream(compressed)) {
            bytes.writeAllTo(out);
          }
          return BytesInput.from(compressed.toByteArray());
        }

        @Override
        public CompressionCodecName getCodecName() {
          return codec;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release() {}
  }
}
