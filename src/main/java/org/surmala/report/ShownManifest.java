package org.surmala.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.FileCounts;

/** run.json as the page and the report show it. */
final class ShownManifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShownManifest() {}

  /**
   * The manifest among results; null where their run has not ended.
   *
   * @param counts that stand in place of the fit's, of results that a watch has kept since; null
   *     where the manifest's stand
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
