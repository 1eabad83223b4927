package org.surmala.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.config.BuildVersion;
import org.surmala.dsp.MusicalKey;
import org.surmala.io.PathText;
import org.surmala.pipeline.RunManifest;
import org.surmala.report.ClusterNames;
import org.surmala.report.EditedClusters;
import org.surmala.report.ShownResults;
import org.surmala.report.ShownSong;
import org.surmala.schema.SongRef;
import org.surmala.search.EmbeddingIndex;
import org.surmala.search.KnownSong;
import org.surmala.search.SimilarQuery;
import org.surmala.search.SongLookup;
import org.surmala.words.Noun;

/**
 * One snapshot of the results, in memory. Songs are identified by their index in ascending order of
 * ids.
 */
final class ServedResults {
  private final Path folder;
  private final ShownResults shown;
  private final SongLookup lookup;
  private final Noun noun;
  private final String run;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final TreeMap<Integer, List<Integer>> members = new TreeMap<>();
  private final ClusterNames names;

  private ServedResults(Path folder, ShownResults shown, SongLookup lookup, Noun noun, String run) {
    this.folder = folder;
    this.shown = shown;
    this.lookup = lookup;
    this.noun = noun;
    this.run = run;
    names = shown.clusters().names();
    for (int song = 0; song < shown.songs().size(); song++) {
      numbers.put(shown.songs().get(song).assignment().getId(), song);
      members
          .computeIfAbsent(
              shown.songs().get(song).assignment().getCluster(), cluster -> new ArrayList<>())
          .add(song);
    }
  }

  /**
   * Reads a snapshot.
   *
   * @param folder folder of the snapshot, whose files never change
   * @throws FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read
   */
  static ServedResults read(Path folder, Path data) throws IOException {
    String results = PathText.folder(folder);
    ShownResults shown = ShownResults.read(results, PathText.folder(data));
    return new ServedResults(
        folder,
        shown,
        SongLookup.open(results, PathText.folder(data)),
        RunManifest.noun(results),
        run(results));
  }

  private static String run(String results) throws IOException {
    try {
      JsonNode manifest = WebResponse.JSON.readTree(RunManifest.text(results));
      return manifest.path("run").asText();
    } catch (FileNotFoundException unfinished) {
      return "";
    }
  }

  /** Folder of the snapshot. */
  Path folder() {
    return folder;
  }

  /** Number of songs. */
  int size() {
    return shown.songs().size();
  }

  ShownSong song(int number) {
    return shown.songs().get(number);
  }

  KnownSong known(int number) {
    return lookup.songs().get(number);
  }

  List<KnownSong> known() {
    return lookup.songs();
  }

  EmbeddingIndex index() {
    return lookup.mapped().index();
  }

  SongLookup lookup() {
    return lookup;
  }

  /** Distances of all songs to the songs of a query. */
  double[] distances(SimilarQuery query) {
    return index().distances(query.point().latent());
  }

  EditedClusters clusters() {
    return shown.clusters();
  }

  /** Name of the run; empty until its manifest is written. */
  String run() {
    return run;
  }

  /** Version of the model of the embeddings. */
  String model() {
    return lookup.mapped().modelVersion();
  }

  /** The index of a song; an ApiException if there is no such song. */
  int number(String id) throws ApiException {
    Integer number = find(id);
    if (number == null) {
      throw ApiException.notFound("no song has the id '" + shortened(id) + "'");
    }
    return number;
  }

  /** The index of a song; null if there is no such song. */
  @Nullable Integer find(String id) {
    return numbers.get(id);
  }

  private static String shortened(String id) {
    return id.length() <= 64 ? id : id.substring(0, 64) + "…";
  }

  /** The audio file of a song; an ApiException for a feature table. */
  SongRef file(int number) throws ApiException {
    if (noun == Noun.ROW) {
      throw ApiException.notFound("the results are of a feature table: there are no audio files");
    }
    return song(number).song().song();
  }

  /** Ids of the songs of a cluster, ascending. */
  List<String> members(int cluster) throws ApiException {
    return numbers(cluster).stream().map(number -> known(number).id()).toList();
  }

  /** Indices of the songs of a cluster, ascending; an ApiException if there is no such cluster. */
  List<Integer> numbers(int cluster) throws ApiException {
    List<Integer> songs = members.get(cluster);
    if (songs == null) {
      throw ApiException.notFound("there is no cluster " + cluster);
    }
    return songs;
  }

  /** The mark of a song's group; null without a group. */
  @Nullable String group(int number) {
    return ClusterNames.mark(song(number).assignment());
  }

  String name(int cluster) {
    return names.of(cluster);
  }

  /** Whether another cluster has the name, ignoring case. */
  boolean hasOther(String name, int cluster) {
    return members.keySet().stream()
        .anyMatch(other -> other != cluster && names.of(other).equalsIgnoreCase(name));
  }

  /** The answer to the page's first request. */
  Map<String, Object> version(Path playlists) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", BuildVersion.number());
    json.put("api", 1);
    json.put("songs", size());
    json.put("model", model());
    json.put("run", run);
    json.put("writable", true);
    json.put("playlists", playlists.toString());
    return json;
  }

  /** A song as JSON; unknown values are null. */
  Map<String, @Nullable Object> json(int number) {
    ShownSong song = song(number);
    SongRef ref = song.song().song();
    int cluster = song.assignment().getCluster();
    boolean isSong = noun == Noun.SONG;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", ref.getId());
    json.put("path", ref.getFilepath());
    json.put("title", ref.getTitle());
    json.put("artist", ref.getArtist());
    json.put("album", known(number).album());
    json.put("language", ref.getLanguage());
    json.put("duration", isSong ? song.song().info().getDurationSeconds() : null);
    json.put("cluster", cluster);
    json.put("clusterName", name(cluster));
    json.put("group", group(number));
    json.put("groupName", names.group(song.assignment()));
    json.put("novelty", finite(song.assignment().getNovelty()));
    json.put("x", finite(song.point().getX()));
    json.put("y", finite(song.point().getY()));
    MusicalKey key = song.song().key();
    json.put("bpm", song.song().bpm());
    json.put("key", key == null ? null : key.toString());
    json.put("camelot", key == null ? null : key.camelot());
    json.put("contentType", isSong ? ContentType.of(ref.getFilepath()) : null);
    json.put("size", isSong ? ref.getSize() : null);
    json.put("coverArt", isSong);
    return json;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  List<Map<String, @Nullable Object>> json(List<Integer> songs) {
    return songs.stream().map(this::json).toList();
  }

  /** The clusters, pinned ones first, then by number; without noise. */
  List<Map<String, @Nullable Object>> clusterList() {
    List<Integer> order = new ArrayList<>(members.tailMap(0).keySet());
    order.sort((a, b) -> Boolean.compare(clusters().isPinned(b), clusters().isPinned(a)));
    return order.stream().map(this::cluster).toList();
  }

  /** A cluster as JSON. */
  Map<String, @Nullable Object> cluster(int cluster) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", cluster);
    json.put("mark", ClusterNames.letter(cluster));
    json.put("name", name(cluster));
    json.put("size", Objects.requireNonNull(members.get(cluster)).size());
    json.put("stability", shown.stabilities().get(cluster));
    json.put("edited", clusters().isEdited(cluster));
    json.put("pinned", clusters().isPinned(cluster));
    json.put("hidden", clusters().isHidden(cluster));
    json.put("groups", groups(cluster));
    return json;
  }

  private List<Map<String, Object>> groups(int cluster) {
    Map<String, List<Integer>> songs = new LinkedHashMap<>();
    for (int song : Objects.requireNonNull(members.get(cluster))) {
      String mark = group(song);
      if (mark != null) {
        songs.computeIfAbsent(mark, group -> new ArrayList<>()).add(song);
      }
    }
    List<Map<String, Object>> groups = new ArrayList<>();
    songs.entrySet().stream()
        .sorted(
            Comparator.comparing(
                group ->
                    Objects.requireNonNull(song(group.getValue().get(0)).assignment().getGroup())))
        .forEach(
            group ->
                groups.add(
                    Map.of(
                        "id", group.getKey(),
                        "name",
                            Objects.requireNonNull(
                                names.group(song(group.getValue().get(0)).assignment())),
                        "size", group.getValue().size())));
    return groups;
  }
}
