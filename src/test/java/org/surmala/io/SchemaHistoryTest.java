package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Protocol;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.schema.Watching;

/**
 * Files of released versions load under today's schemas, with every value that they held. The files
 * in schemas/history/VERSION are named by their record, as it was called then; a run, a watch and a
 * comparison of that version over six songs wrote them.
 */
final class SchemaHistoryTest {
  private static final Path HISTORY = Path.of("schemas/history");

  /** Today's records by every name that they have or had. */
  private static Map<String, Schema> records() {
    Map<String, Schema> records = new TreeMap<>();
    Protocol all = Watching.PROTOCOL;
    for (Schema type : all.getTypes()) {
      records.put(type.getFullName(), type);
      type.getAliases().forEach(alias -> records.put(alias, type));
    }
    return records;
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(HISTORY, 2)) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAFileOfAReleasedVersion_whenRead_thenEveryValueIsThere(Path file) throws IOException {
    List<IndexedRecord> before = new ArrayList<>();
    Schema written;
    try (DataFileReader<IndexedRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      written = reader.getSchema();
      reader.forEach(before::add);
    }
    Schema today =
        Objects.requireNonNull(
            records().get(written.getFullName()), "no record or alias " + written.getFullName());

    List<? extends SpecificRecordBase> read = AvroFile.read(file.toString(), type(today));

    assertThat(read).hasSameSizeAs(before).isNotEmpty();
    for (int i = 0; i < read.size(); i++) {
      assertSame(before.get(i), read.get(i), written.getName());
    }
  }

  @Test
  void givenTheHistory_whenListed_thenItHasFilesOfEveryStage() throws IOException {
    assertThat(files()).hasSizeGreaterThan(20);
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends SpecificRecordBase> type(Schema schema) {
    return (Class<? extends SpecificRecordBase>) SpecificData.get().getClass(schema);
  }

  private static void assertSame(@Nullable Object before, @Nullable Object after, String path) {
    if (before instanceof IndexedRecord old && after instanceof IndexedRecord now) {
      for (Schema.Field field : old.getSchema().getFields()) {
        Schema.Field same = field(now.getSchema(), field.name());
        assertSame(old.get(field.pos()), now.get(same.pos()), path + "." + field.name());
      }
    } else if (before instanceof List<?> old && after instanceof List<?> now) {
      assertThat(now).as(path).hasSameSizeAs(old);
      for (int i = 0; i < old.size(); i++) {
        assertSame(old.get(i), now.get(i), path + "[" + i + "]");
      }
    } else if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
      assertThat(now).as(path).hasSameSizeAs(old);
      Map<String, Object> values = new TreeMap<>();
      now.forEach((key, value) -> values.put(String.valueOf(key), value));
      old.forEach(
          (key, value) ->
              assertSame(value, values.get(String.valueOf(key)), path + "[" + key + "]"));
    } else if (before instanceof GenericData.EnumSymbol || before instanceof CharSequence) {
      assertThat(String.valueOf(after)).as(path).isEqualTo(before.toString());
    } else {
      assertThat(after).as(path).isEqualTo(before);
    }
  }

  private static Schema.Field field(Schema record, String name) {
    return record.getFields().stream()
        .filter(field -> field.name().equals(name) || field.aliases().contains(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(record.getName() + " has lost " + name));
  }
}
