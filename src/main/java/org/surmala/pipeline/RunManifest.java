package org.surmala.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.surmala.files.WholeFile;

/** Writes run.json: what was run, with what, and what came of it. */
final class RunManifest {
  private RunManifest() {}

  static void write(
      PipelineConfig config, RunRequest request, String runner, RunOutcome outcome, Instant started)
      throws IOException {
    Map<String, Object> versions = new TreeMap<>();
    versions.put("surmala", version());
    versions.put("java", Runtime.version().toString());
    versions.put("beam", ReleaseInfo.getReleaseInfo().getVersion());

    Map<String, Object> counts = new LinkedHashMap<>();
    Coverage coverage = outcome.coverage();
    counts.put("found", coverage.found());
    counts.put("clustered", coverage.clustered());
    counts.put("failed", coverage.failed());
    counts.put("skipped", coverage.skipped());
    counts.put("duplicate", coverage.duplicate());
    counts.put("balance", coverage.balances());
    counts.put("decoded", outcome.decoded());
    counts.put("recalled", outcome.recalled());
    counts.put("failures", outcome.failures());

    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("run", config.run());
    manifest.put("source", request.source().described());
    manifest.put("started", started.toString());
    manifest.put("seconds", outcome.seconds());
    manifest.put("stage_seconds", outcome.stageSeconds());
    manifest.put("counts", counts);
    manifest.put("clusters", outcome.clusterSizes());
    manifest.put("notes", outcome.notes());
    manifest.put("feature_spec", config.spec());
    manifest.put("seed", config.seed());
    manifest.put("settings", new TreeMap<>(request.settings().asMap()));
    manifest.put("runner", runner);
    manifest.put("beam_options", request.beamOptions());
    manifest.put("versions", versions);
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(manifest);
    WholeFile.write(config.results(), "run.json", out -> out.write(json));
  }

  /** The version of this build. */
  static String version() {
    String version = RunManifest.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
