package org.surmala.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.surmala.read.TableRecords;

/**
 * The records of a Parquet file, row group by row group. A list is an array: a repeated value, or a
 * group of the logical type LIST in any of the forms that Parquet's specification allows. Other
 * groups and bytes that are no text count as missing.
 */
final class ParquetRecords implements TableRecords {
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private @Nullable RecordReader<Group> group;
  private long left;

  private ParquetRecords(ParquetFileReader reader) {
    this.reader = reader;
    schema = reader.getFileMetaData().getSchema();
    columns = new ColumnIOFactory().getColumnIO(schema);
  }

  static ParquetRecords open(String file) throws IOException {
    try {
      return new ParquetRecords(
          ParquetFileReader.open(
              new BeamInputFile(file),
              ParquetReadOptions.builder(new PlainParquetConfiguration())
                  .withCodecFactory(new Codecs())
                  .build()));
    } catch (RuntimeException e) {
      throw new IOException("is no Parquet file: " + e.getMessage() + "; write it again", e);
    }
  }

  @Override
  public List<String> fields() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public List<String> valueNames() {
    return List.of();
  }

  @Override
  public @Nullable List<@Nullable Object> next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        left = pages.getRowCount();
        group = columns.getRecordReader(pages, new GroupRecordConverter(schema));
      }
      left--;
      Group song = group == null ? null : group.read();
      if (song == null) {
        return null;
      }
      List<@Nullable Object> values = new ArrayList<>();
      for (int f = 0; f < schema.getFieldCount(); f++) {
        values.add(value(song, f));
      }
      return values;
    } catch (RuntimeException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable Object value(Group group, int field) {
    Type type = group.getType().getType(field);
    int count = group.getFieldRepetitionCount(field);
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      List<@Nullable Object> items = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        items.add(scalar(group, field, i));
      }
      return items;
    }
    if (count == 0) {
      return null;
    }
    if (type.isPrimitive()) {
      return scalar(group, field, 0);
    }
    return type.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        ? list(group.getGroup(field, 0))
        : null;
  }

  /** The items of a LIST: of its repeated field, or of the one field of its repeated group. */
  private static List<@Nullable Object> list(Group list) {
    GroupType type = list.getType();
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      items.add(type.getType(0).isPrimitive() ? scalar(list, 0, i) : value(list.getGroup(0, i), 0));
    }
    return items;
  }

  private static @Nullable Object scalar(Group group, int field, int index) {
    Type type = group.getType().getType(field);
    if (!type.isPrimitive()) {
      return null;
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE -> group.getDouble(field, index);
      case FLOAT -> group.getFloat(field, index);
      case INT32 -> group.getInteger(field, index);
      case INT64 -> group.getLong(field, index);
      case BOOLEAN -> group.getBoolean(field, index);
      case BINARY ->
          type.getLogicalTypeAnnotation()
                  instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
              ? group.getString(field, index)
              : null;
      default -> null;
    };
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
