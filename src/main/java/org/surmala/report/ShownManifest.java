package org.surmala.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.FileCounts;

/** The text of run.json for the page and the report. */
final class ShownManifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShownManifest() {}

  /**
   * The manifest of a results folder, with the counts of a watch if there are any; null if the run
   * has not ended.
   */
  static @Nullable String of(String results, @Nullable FileCounts counts) throws IOException {
    String text = StoredRecords.textOf(results + "run.json").orElse(null);
    Long waiting = counts == null ? null : counts.getWaiting();
    if (text == null || counts == null || waiting == null) {
      return text;
    }
    JsonNode manifest = JSON.readTree(text);
    if (!(manifest instanceof ObjectNode run)) {
      return text;
    }
    run.withObject("/counts")
        .put("found", counts.getFound())
        .put("clustered", counts.getClustered())
        .put("failed", counts.getFailed())
        .put("skipped", counts.getSkipped())
        .put("duplicate", counts.getDuplicate())
        .put("waiting", waiting);
    return run.toPrettyString();
  }
}
