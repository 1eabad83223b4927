package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.MapPoint;

class AvroFileTest {
  @TempDir private Path folder;

  @BeforeEach
  void fileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  /** Enough for several blocks of 64 kB. */
  private static List<MapPoint> points(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new MapPoint("song" + i, Math.sin(i), Math.cos(i * 7.0)))
        .toList();
  }

  private Path write(String name, List<MapPoint> points) throws Exception {
    AvroFile.write(folder + "/", name, MapPoint.class, points);
    return folder.resolve(name);
  }

  private void assertDamaged(Path file) {
    List<MapPoint> given = new ArrayList<>();
    assertThatThrownBy(() -> AvroFile.read(file.toString(), MapPoint.class, given::add))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith(file + " is damaged: ");
    assertThat(given).isEmpty();
  }

  @Test
  void everyFileThatIsCutOffIsDamaged() throws Exception {
    byte[] whole = Files.readAllBytes(write("whole.avro", points(40)));
    for (int length = 0; length < whole.length; length++) {
      assertDamaged(Files.write(folder.resolve("cut.avro"), Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void aFileThatIsCutBetweenTwoBlocksIsDamaged() throws Exception {
    Path file = write("blocks.avro", points(10_000));
    long block;
    try (DataFileReader<MapPoint> reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(MapPoint.class))) {
      reader.sync(file.toFile().length() / 2);
      block = reader.previousSync();
      assertThat(block).isBetween(1_000L, file.toFile().length() - 1_000);
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) block));

    assertDamaged(file);
  }

  @Test
  void everyFileWithOneChangedByteIsDamaged() throws Exception {
    byte[] bytes = Files.readAllBytes(write("whole.avro", points(40)));
    Path file = folder.resolve("changed.avro");
    for (int at = 0; at < bytes.length; at++) {
      for (int change : new int[] {0x01, 0x80, 0xFF}) {
        bytes[at] ^= (byte) change;
        Files.write(file, bytes);
        assertDamaged(file);
        bytes[at] ^= (byte) change;
      }
    }
  }

  @Test
  void bytesBehindTheEndAreDamage() throws Exception {
    byte[] bytes = Files.readAllBytes(write("whole.avro", points(4)));

    assertDamaged(
        Files.write(folder.resolve("longer.avro"), Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void aFileWithoutRecordsIsProtectedToo() throws Exception {
    byte[] bytes = Files.readAllBytes(write("none.avro", List.of()));
    assertThat(AvroFile.read(folder + "/none.avro", MapPoint.class)).isEmpty();
    bytes[bytes.length - 1] ^= 1;

    assertDamaged(Files.write(folder.resolve("changed.avro"), bytes));
  }

  @Test
  void otherReadersReadTheFileAndCanCheckIt() throws Exception {
    List<MapPoint> points = points(10_000);
    File file = write("points.avro", points).toFile();
    String written;
    List<String> ids = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file, new GenericDatumReader<>())) {
      written = reader.getMetaString("surmala.checksum");
      reader.forEach(record -> ids.add(record.get("id").toString()));
    }
    assertThat(ids).isEqualTo(points.stream().map(MapPoint::getId).toList());

    String text = new String(Files.readAllBytes(file.toPath()), StandardCharsets.ISO_8859_1);
    String blank = "records=000000000000 bytes=000000000000000 crc32c=00000000";
    CRC32C crc = new CRC32C();
    crc.update(text.replace(written, blank).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(written)
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "records=%012d bytes=%015d crc32c=%08x",
                points.size(),
                file.length(),
                crc.getValue()));
  }

  @Test
  void theSameRecordsAreTheSameBytes() throws Exception {
    assertThat(write("a.avro", points(3_000)))
        .hasSameBinaryContentAs(write("b.avro", points(3_000)));
  }

  @Test
  void aFileOfAnEarlierReleaseIsReadAndMayNotEndWithinABlock() throws Exception {
    ByteArrayOutputStream earlier = new ByteArrayOutputStream();
    try (DataFileWriter<MapPoint> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(MapPoint.class))) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      writer.create(MapPoint.getClassSchema(), earlier);
      for (MapPoint point : points(40)) {
        writer.append(point);
      }
    }
    byte[] bytes = earlier.toByteArray();
    Path file = Files.write(folder.resolve("earlier.avro"), bytes);
    assertThat(AvroFile.read(file.toString(), MapPoint.class)).isEqualTo(points(40));

    for (int cut = 1; cut < 200; cut++) {
      assertDamaged(Files.write(file, Arrays.copyOf(bytes, bytes.length - cut)));
    }
  }
}
