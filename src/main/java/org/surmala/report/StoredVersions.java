package org.surmala.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.surmala.metric.LinkedGroups;
import org.surmala.schema.Findings;
import org.surmala.schema.NearDuplicate;

/** Versions of songs: the near-duplicates of near_duplicates.csv, read from the records. */
public final class StoredVersions {
  private StoredVersions() {}

  /**
   * A number for each song; songs that are linked by near-duplicates have the same number.
   *
   * @param results folder of the results, ending in a slash, on any Beam file system
   * @throws IOException if the records cannot be read
   */
  public static int[] read(String results, List<String> ids) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      numbers.put(ids.get(i), i);
    }
    LinkedGroups versions = new LinkedGroups(ids.size());
    for (Findings findings : StoredRecords.findings(results)) {
      for (NearDuplicate pair : findings.getNearDuplicates()) {
        Integer first = numbers.get(pair.getFirst());
        Integer second = numbers.get(pair.getSecond());
        if (first != null && second != null) {
          versions.link(first, second);
        }
      }
    }
    return IntStream.range(0, ids.size()).map(versions::of).toArray();
  }
}
