package org.surmala.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;
import org.surmala.files.AvroFile;
import org.surmala.schema.Edition;

/**
 * The editions of a collection, each a folder named by its number. An edition is there from the
 * moment that its record is, which is written last; what lies in a folder without one is of no
 * account.
 *
 * @param folder ending in a slash; it need not exist
 */
record Editions(String folder) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String RECORD = "edition.avro";

  /** The folder of an edition's results, ending in a slash. */
  String results(int number) {
    return of(number) + "results/";
  }

  private String of(int number) {
    return String.format(Locale.ROOT, "%s%06d/", folder, number);
  }

  /** The last edition; null when there is none. */
  @Nullable Edition last() throws IOException {
    List<String> records =
        FileSystems.match(folder + "*/" + RECORD, EmptyMatchTreatment.ALLOW).metadata().stream()
            .map(file -> file.resourceId().toString())
            .sorted()
            .toList();
    return records.isEmpty()
        ? null
        : AvroFile.read(records.get(records.size() - 1), Edition.class).get(0);
  }

  /** Makes an edition be there, and lets go of all but it and the one before. */
  void commit(Edition edition) throws IOException {
    AvroFile.write(of(edition.getNumber()), RECORD, Edition.class, List.of(edition));
    if (edition.getNumber() > 2) {
      clear(edition.getNumber() - 2);
    }
  }

  /** Removes what lies in an edition's folder. */
  void clear(int number) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (MatchResult.Metadata file :
        FileSystems.match(of(number) + "**", EmptyMatchTreatment.ALLOW).metadata()) {
      files.add(file.resourceId());
    }
    // Without its record it is no edition any more, whatever happens while the rest goes.
    files.sort(
        (a, b) ->
            Boolean.compare(!RECORD.equals(a.getFilename()), !RECORD.equals(b.getFilename())));
    for (ResourceId file : files) {
      FileSystems.delete(List.of(file), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
