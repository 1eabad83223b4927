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

/** The file run.json: request, versions, settings and results of a run. */
public final class RunManifest {
  private static final String FILE = "run.json";

  private RunManifest() {}

  /** The request, with options of Beam and its runner as typed. */
  public record Request(
      String source, Map<String, String> settings, List<String> beamOptions, String runner)
      implements Serializable {
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

  /** The manifest of a results folder. */
  public static String text(String results) throws IOException {
    try (InputStream in = ChecksummedFile.open(results + FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Duration of the run in seconds. */
  public static double seconds(String results) throws IOException {
    return new ObjectMapper().readTree(text(results)).path("seconds").asDouble();
  }

  /** The noun for what was clustered; songs if there is no manifest. */
  public static Noun noun(String results) throws IOException {
    return source(results).startsWith("--features ") ? Noun.ROW : Noun.SONG;
  }

  /** The option that named the songs, as in run.json; empty if there is no manifest. */
  public static String source(String results) throws IOException {
    try {
      return new ObjectMapper().readTree(text(results)).path("source").asText();
    } catch (FileNotFoundException unfinished) {
      return "";
    }
  }

  /**
   * Checks that the results are of songs, not of a feature table.
   *
   * @param purpose the operation that needs audio files
   * @throws UsageException if they are of a table
   */
  public static void requireSongs(String results, String purpose) throws IOException {
    if (noun(results) == Noun.ROW) {
      throw new UsageException(
          ("--results %s is from a feature table, whose rows are not audio files: %s;"
                  + " give the results of: surmala run --songs PATH")
              .formatted(results, purpose));
    }
  }

  /**
   * The settings of the run.
   *
   * @param results the results folder, ending in a slash
   * @throws UsageException if there is no manifest, or this version does not know a setting
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
