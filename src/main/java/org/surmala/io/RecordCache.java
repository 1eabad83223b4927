package org.surmala.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A cache of computed records by a hash of all inputs that they depend on, one file {@code
 * KEY.avro} for each computation. Builds do not share entries.
 *
 * @param folder folder of the files, on any Beam file system, ending in a slash
 * @param kept number of entries that are kept, those used last
 * @param build identity of the program's build; if empty, the cache is off
 */
public record RecordCache(String folder, int kept, Optional<String> build) {
  /**
   * The records that were computed from these inputs; null if they are not in the cache.
   *
   * @throws IOException if a file cannot be read or written
   */
  public <T extends SpecificRecordBase> @Nullable List<T> find(String inputs, Class<T> type)
      throws IOException {
    if (build.isEmpty() || FolderFiles.find(folder + name(inputs)) == null) {
      return null;
    }
    try {
      List<T> records = AvroFile.read(folder + name(inputs), type);
      // Written again, so that its time says when it was used.
      AvroFile.write(folder, name(inputs), type, records);
      return records;
    } catch (FileNotFoundException | NoSuchFileException | DamagedFileException unusable) {
      return null;
    }
  }

  /**
   * Stores the records that were computed from these inputs, and removes the entries used longest
   * ago.
   */
  public <T extends SpecificRecordBase> void put(String inputs, Class<T> type, List<T> records)
      throws IOException {
    if (build.isEmpty()) {
      return;
    }
    AvroFile.write(folder, name(inputs), type, records);
    FileSystems.delete(
        FolderFiles.matching(folder, "*.avro").stream()
            .sorted(Comparator.comparingLong(file -> -file.lastModifiedMillis()))
            .skip(kept)
            .map(MatchResult.Metadata::resourceId)
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private String name(String inputs) {
    return DigestUtils.sha256Hex(build.orElse("") + "\n" + inputs) + ".avro";
  }
}
