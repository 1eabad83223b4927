package org.surmala.io;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes the maps of records by key, so that equal records give equal bytes: a map that was read,
 * from a file or from another worker, has the order of its hash table.
 */
final class SortedMapsWriter<T> extends SpecificDatumWriter<T> {
  SortedMapsWriter(Class<T> type) {
    super(type);
  }

  @Override
  protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
    return new TreeMap<Object, Object>((Map<?, ?>) map).entrySet();
  }
}
