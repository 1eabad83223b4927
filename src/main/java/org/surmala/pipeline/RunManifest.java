package org.surmala.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.surmala.files.WholeFile;

/** Writes run.json: what was run, with what, and what came of it. */
final class RunManifest {
  private RunManifest() {}

  /**
   * What was asked for.
   *
   * @param source where the songs come from
   * @param settings every option
   * @param beamOptions as they were typed
   * @param runner its simple name
   */
  record Request(
      String source, Map<String, String> settings, List<String> beamOptions, String runner)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    Request {
      settings = Map.copyOf(settings);
      beamOptions = List.copyOf(beamOptions);
    }

    static Request of(RunRequest request, String runner) {
      return new Request(
          request.source().described(), request.settings().asMap(), request.beamOptions(), runner);
    }
  }

  static void write(PipelineConfig config, Request request, RunOutcome outcome, Instant started)
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
    manifest.put("source", request.source());
    manifest.put("started", started.toString());
    manifest.put("seconds", outcome.seconds());
    manifest.put("stage_seconds", outcome.stageSeconds());
    manifest.put("counts", counts);
    manifest.put("clusters", outcome.clusterSizes());
    manifest.put("notes", outcome.notes());
    manifest.put("feature_spec", config.spec());
    manifest.put("seed", config.seed());
    manifest.put("settings", new TreeMap<>(request.settings()));
    manifest.put("runner", request.runner());
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
