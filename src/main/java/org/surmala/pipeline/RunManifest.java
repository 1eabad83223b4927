package org.surmala.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.surmala.config.BuildVersion;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.UsageException;
import org.surmala.io.ChecksummedFile;
import org.surmala.words.Noun;

/** The file run.json: what was run, with what, and what came of it. */
public final class RunManifest {
  private static final String FILE = "run.json";

  private RunManifest() {}

  /**
   * What was asked for.
   *
   * @param source where the songs come from
   * @param settings every option
   * @param beamOptions as they were typed
   * @param runner its simple name
   */
  public record Request(
      String source, Map<String, String> settings, List<String> beamOptions, String runner)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Request {
      settings = Map.copyOf(settings);
      beamOptions = List.copyOf(beamOptions);
    }

    public static Request of(RunRequest request, String runner) {
      return new Request(
          request.source().described(), request.settings().asMap(), request.beamOptions(), runner);
    }
  }

  public static void write(
      PipelineConfig config, Request request, RunOutcome outcome, Instant started)
      throws IOException {
    Map<String, Object> versions = new TreeMap<>();
    versions.put("surmala", BuildVersion.number());
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
    counts.put("failures", outcome.summary().failures());

    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("run", config.run());
    manifest.put("source", request.source());
    manifest.put("started", started.toString());
    manifest.put("seconds", outcome.seconds());
    outcome.firstSongSeconds().ifPresent(seconds -> manifest.put("first_song_seconds", seconds));
    manifest.put("stage_seconds", outcome.stageSeconds());
    manifest.put("counts", counts);
    manifest.put("clusters", outcome.summary().clusterSizes());
    manifest.put("notes", outcome.notes());
    manifest.put("feature_spec", config.spec());
    manifest.put("seed", config.seed());
    manifest.put("settings", new TreeMap<>(request.settings()));
    manifest.put("runner", request.runner());
    manifest.put("beam_options", request.beamOptions());
    manifest.put("versions", versions);
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(manifest);
    ChecksummedFile.write(config.results(), FILE, out -> out.write(json));
  }

  /** The manifest that lies among the results. */
  public static String text(String results) throws IOException {
    try (InputStream in = ChecksummedFile.open(results + FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Seconds that the run took, from start to end. */
  public static double seconds(String results) throws IOException {
    return new ObjectMapper().readTree(text(results)).path("seconds").asDouble();
  }

  /** What was clustered; songs when there is no manifest. */
  public static Noun noun(String results) throws IOException {
    return source(results).startsWith("--features ") ? Noun.ROW : Noun.SONG;
  }

  /** The option that named the songs, as run.json has it; empty when there is no manifest. */
  public static String source(String results) throws IOException {
    try {
      return new ObjectMapper().readTree(text(results)).path("source").asText();
    } catch (FileNotFoundException unfinished) {
      return "";
    }
  }

  /**
   * Checks that the results are of songs, and not of a table of features.
   *
   * @param purpose what needs a file of sound
   * @throws UsageException when they are of a table
   */
  public static void requireSongs(String results, String purpose) throws IOException {
    if (noun(results) == Noun.ROW) {
      throw new UsageException(
          "--results "
              + results
              + " is from a feature table, whose rows are not audio files: "
              + purpose
              + "; give the results of: surmala run --songs PATH");
    }
  }

  /**
   * The settings of the run whose manifest lies among the results.
   *
   * @param results folder of the results, ending in a slash
   * @throws UsageException when there is no manifest, or this version does not know a setting
   */
  public static Settings settings(String results) throws IOException {
    String manifest;
    try {
      manifest = text(results);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--results " + results + " has no " + FILE + ": its run did not end; run again", e);
    }
    Settings settings = new Settings();
    JsonNode stored = new ObjectMapper().readTree(manifest).path("settings");
    for (Iterator<Map.Entry<String, JsonNode>> each = stored.fields(); each.hasNext(); ) {
      Map.Entry<String, JsonNode> setting = each.next();
      settings.set(setting.getKey(), setting.getValue().asText());
    }
    return settings;
  }
}
