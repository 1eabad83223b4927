package org.surmala.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.ChecksummedFile;
import org.surmala.report.plot.FigureStyle;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.FileCounts;
import org.surmala.schema.Findings;
import org.surmala.schema.MapPoint;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongNeighbours;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongTotals;
import org.surmala.words.Noun;

/**
 * The records of the results, stored with them so that everything can be drawn again without
 * computation: embeddings.avro, and records/ with one Avro file for each other kind of record and
 * the report's options.
 *
 * @param neighbours neighbours of each song, ascending by id; null without them, as in a run's
 *     results
 * @param tally numbers of all songs, where the records are of a sample of the results in parts;
 *     null where the records are of all songs
 */
record StoredRecords(
    ReportOptions options,
    RunRecords records,
    SongMap map,
    @Nullable List<SongNeighbours> neighbours,
    @Nullable Tally tally) {
  static final String FOLDER = "records/";
  private static final String EMBEDDINGS = "embeddings";
  private static final String TOTALS = "totals";

  /** The numbers of all songs, beside records of a sample. */
  static final String TOTALS_FILE = TOTALS + ".avro";

  private static final String NEIGHBOURS = "neighbours";
  private static final String OPTIONS = "report.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes all files; equal records give equal bytes. */
  void write() throws IOException {
    String results = options.results();
    String folder = results + FOLDER;
    if (tally == null) {
      write(results, EMBEDDINGS, Embedding.class, records.embeddings());
    } else {
      write(folder, EMBEDDINGS, Embedding.class, records.embeddings());
      write(folder, TOTALS, SongTotals.class, List.of(tally.toRecord()));
    }
    write(folder, "songs", SongRef.class, records.songs());
    write(folder, "audio", SongAudioInfo.class, records.audio());
    write(folder, "failures", Failure.class, records.failures());
    write(folder, "checkpoints", ModelCheckpoint.class, records.checkpoints());
    write(folder, "clusterings", Clustering.class, records.clusterings());
    write(folder, "metrics", ClusteringMetrics.class, records.metrics());
    write(folder, "assignments", ClusterAssignment.class, records.assignments());
    write(folder, "findings", Findings.class, records.findings());
    write(folder, "map", MapPoint.class, map.points());
    if (neighbours != null) {
      write(folder, NEIGHBOURS, SongNeighbours.class, neighbours);
    }
    ObjectNode json =
        JSON.createObjectNode()
            .put("representation", options.representation())
            .put("clusterer", options.clusterer())
            .put("seed", options.seed())
            .put("noun", options.noun().toString())
            .put("figure_width", options.figures().width())
            .put("figure_title", options.figures().titled())
            .put("map", map.method())
            .put("trustworthiness", map.trustworthiness());
    options.featureGroups().forEach(json.putArray("feature_groups")::add);
    byte[] bytes = (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    ChecksummedFile.write(folder, OPTIONS, out -> out.write(bytes));
  }

  private static List<String> groups(JsonNode json) {
    List<String> groups = new ArrayList<>();
    json.path("feature_groups").forEach(group -> groups.add(group.asText()));
    return groups;
  }

  /**
   * Reads what {@link #write} wrote: all songs, or the sample of a run in parts.
   *
   * @param results folder of the results, ending in a slash
   * @param data folder of metadata.csv, ending in a slash
   * @throws IOException if a file is missing or cannot be read
   */
  static StoredRecords read(String results, String data) throws IOException {
    String folder = results + FOLDER;
    JsonNode json = JSON.readTree(open(folder + OPTIONS));
    ReportOptions options = options(json, results, data);
    Tally tally = tally(results);
    List<PublishedSong> parts = tally == null ? SongParts.read(results) : null;
    List<Embedding> embeddings =
        read(tally == null ? results : folder, EMBEDDINGS, Embedding.class);
    RunRecords records =
        new RunRecords(
            songs(results, parts),
            audio(results, parts),
            failures(results),
            parts == null ? embeddings : withPrimary(embeddings, parts, options.representation()),
            checkpoints(results),
            read(folder, "clusterings", Clustering.class),
            metrics(results),
            assignments(results, parts),
            findings(results));
    JsonNode trust = json.get("trustworthiness");
    SongMap map =
        new SongMap(
            json.get("map").asText(),
            trust.isNull() ? null : trust.asDouble(),
            map(results, parts));
    return new StoredRecords(options, records, map, neighbours(results, parts), tally);
  }

  /**
   * Replaces the embeddings of the primary representation; those of other representations stay for
   * existing songs.
   */
  static List<Embedding> withPrimary(
      List<Embedding> fitted, List<PublishedSong> songs, String primary) {
    Set<String> there = new HashSet<>();
    List<Embedding> all = new ArrayList<>();
    for (PublishedSong song : songs) {
      there.add(song.getSong().getId());
      all.add(song.getAssigned().getEmbedding());
    }
    for (Embedding embedding : fitted) {
      if (!embedding.getRepresentation().equals(primary) && there.contains(embedding.getId())) {
        all.add(embedding);
      }
    }
    all.sort(Comparator.comparing(Embedding::getRepresentation).thenComparing(Embedding::getId));
    return all;
  }

  /** The same records with other options. */
  StoredRecords under(ReportOptions other) {
    return new StoredRecords(other, records, map, neighbours, tally);
  }

  /** The neighbours of each song of results in one table; null without them. */
  static @Nullable List<SongNeighbours> neighbours(String results) throws IOException {
    return neighbours(results, null);
  }

  private static @Nullable List<SongNeighbours> neighbours(
      String results, @Nullable List<PublishedSong> parts) throws IOException {
    if (parts != null) {
      return parts.stream()
          .map(
              song ->
                  new SongNeighbours(song.getSong().getId(), song.getAssigned().getNeighbours()))
          .toList();
    }
    try {
      return read(results + FOLDER, NEIGHBOURS, SongNeighbours.class);
    } catch (FileNotFoundException none) {
      return null;
    }
  }

  private static ReportOptions options(JsonNode json, String results, String data) {
    // Results of earlier releases store neither the noun nor the style of plots.
    return new ReportOptions(
        results,
        data,
        json.get("representation").asText(),
        json.get("clusterer").asText(),
        json.get("seed").asLong(),
        true,
        results,
        groups(json),
        new FigureStyle(
            json.path("figure_width").asText(FigureStyle.AUTO),
            json.path("figure_title").asBoolean(true)),
        Noun.of(json.path("noun").asText(Noun.SONG.toString())),
        0);
  }

  /** The numbers of a run in parts; null for other results. */
  static @Nullable Tally tally(String results) throws IOException {
    try {
      return Tally.of(read(results + FOLDER, TOTALS, SongTotals.class));
    } catch (FileNotFoundException one) {
      return null;
    }
  }

  /** The outcome counts of the files; null in results of releases that did not store them. */
  static @Nullable FileCounts counts(String results) throws IOException {
    try {
      return read(results + FOLDER, "coverage", FileCounts.class).get(0);
    } catch (FileNotFoundException older) {
      return null;
    }
  }

  static ReportOptions options(String results, String data) throws IOException {
    return options(JSON.readTree(open(results + FOLDER + OPTIONS)), results, data);
  }

  /** The findings about each representation. */
  static List<Findings> findings(String results) throws IOException {
    return read(results + FOLDER, "findings", Findings.class);
  }

  /** Every failure. */
  static List<Failure> failures(String results) throws IOException {
    return read(results + FOLDER, "failures", Failure.class);
  }

  /** Scores of every clustering. */
  static List<ClusteringMetrics> metrics(String results) throws IOException {
    return read(results + FOLDER, "metrics", ClusteringMetrics.class);
  }

  /** Assignments of every chosen clustering. */
  static List<ClusterAssignment> assignments(String results) throws IOException {
    return assignments(results, SongParts.read(results));
  }

  private static List<ClusterAssignment> assignments(
      String results, @Nullable List<PublishedSong> parts) throws IOException {
    return parts == null
        ? read(results + FOLDER, "assignments", ClusterAssignment.class)
        : parts.stream().map(song -> song.getAssigned().getAssignment()).toList();
  }

  /** The songs that were found. */
  static List<SongRef> songs(String results) throws IOException {
    return songs(results, SongParts.read(results));
  }

  private static List<SongRef> songs(String results, @Nullable List<PublishedSong> parts)
      throws IOException {
    return parts == null
        ? read(results + FOLDER, "songs", SongRef.class)
        : parts.stream().map(PublishedSong::getSong).toList();
  }

  /** Map coordinates of each clustered song. */
  static List<MapPoint> map(String results) throws IOException {
    return map(results, SongParts.read(results));
  }

  private static List<MapPoint> map(String results, @Nullable List<PublishedSong> parts)
      throws IOException {
    return parts == null
        ? read(results + FOLDER, "map", MapPoint.class)
        : parts.stream().map(song -> song.getAssigned().getPoint()).toList();
  }

  /** The songs that were decoded. */
  static List<SongAudioInfo> audio(String results) throws IOException {
    return audio(results, SongParts.read(results));
  }

  private static List<SongAudioInfo> audio(String results, @Nullable List<PublishedSong> parts)
      throws IOException {
    return parts == null
        ? read(results + FOLDER, "audio", SongAudioInfo.class)
        : parts.stream().map(PublishedSong::getAudio).toList();
  }

  static List<ModelCheckpoint> checkpoints(String results) throws IOException {
    return read(results + FOLDER, "checkpoints", ModelCheckpoint.class);
  }

  /** The text of a file; empty if it does not exist. */
  static Optional<String> textOf(String file) throws IOException {
    try {
      return Optional.of(new String(open(file), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static byte[] open(String file) throws IOException {
    try (InputStream in = ChecksummedFile.open(file)) {
      return in.readAllBytes();
    }
  }

  private static <T extends SpecificRecordBase> void write(
      String folder, String name, Class<T> type, List<T> values) throws IOException {
    AvroFile.write(folder, name + ".avro", type, values);
  }

  private static <T extends SpecificRecordBase> List<T> read(
      String folder, String name, Class<T> type) throws IOException {
    return AvroFile.read(folder + name + ".avro", type);
  }
}
