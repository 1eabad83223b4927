package org.surmala.parquet;

import java.io.IOException;
import org.surmala.read.TableRecords;

/** Parquet files whose columns are values or lists of numbers. */
public final class ParquetFormat implements TableRecords.Format {
  /** Found as a service. */
  public ParquetFormat() {}

  @Override
  public String ending() {
    return ".parquet";
  }

  @Override
  public TableRecords open(String file) throws IOException {
    return ParquetRecords.open(file);
  }
}
