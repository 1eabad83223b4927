package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surmala.watch.FittedCollection.assignedSong;
import static org.surmala.watch.FittedCollection.gone;
import static org.surmala.watch.FittedCollection.id;
import static org.surmala.watch.FittedCollection.taken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.io.Snapshots;
import org.surmala.pipeline.Coverage;
import org.surmala.report.Redraw;
import org.surmala.report.SongParts;
import org.surmala.schema.Failure;
import org.surmala.schema.FileCounts;
import org.surmala.schema.FileEvent;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Stage;
import org.surmala.search.KnownSong;
import org.surmala.search.PlaylistRules;
import org.surmala.search.SimilarQuery;
import org.surmala.search.SongLookup;
import org.surmala.search.SongRules;

/** Results in parts, with sizes as small as a test needs. */
class LiveResultsTest {
  private static final int SONGS = 40;
  private static final int MOST_IN_ONE_TABLE = 30;
  private static final int MOST_IN_PART = 6;

  @TempDir Path home;
  private FittedCollection collection;
  private ModelVersion version;
  private LiveTable table;
  private LiveResults results;

  @BeforeEach
  void fit() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    home = home.toRealPath();
    collection = new FittedCollection(home, SONGS);
    version = collection.write();
    table = collection.table(version);
    results = new LiveResults(collection.config(), MOST_IN_ONE_TABLE, MOST_IN_PART);
  }

  private Path out() {
    return home.resolve("out");
  }

  private Path state() throws IOException {
    return Objects.requireNonNull(Snapshots.current(out()));
  }

  private List<CsvRow> rows() throws IOException {
    SongParts.Manifest manifest =
        Objects.requireNonNull(SongParts.manifest(state() + "/"), "results are whole");
    List<CsvRow> rows = new ArrayList<>();
    for (SongParts.Part part : manifest.parts()) {
      List<CsvRow> read = CsvFile.read(state() + "/assignments/" + part.name() + ".csv");
      assertThat(read).hasSize(part.rows());
      rows.addAll(read);
    }
    assertThat(rows).hasSize(manifest.rows());
    return rows;
  }

  private Set<String> ids() throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    rows().forEach(row -> ids.add(row.get("id")));
    return ids;
  }

  private Map<String, Object> inodes() throws IOException {
    Map<String, Object> inodes = new HashMap<>();
    try (var files = Files.list(state().resolve("assignments"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("part-")) {
          inodes.put(file.getFileName().toString(), Files.getAttribute(file, "unix:ino"));
        }
      }
    }
    return inodes;
  }

  @Test
  void givenMoreSongsThanOneTableHolds_whenPublished_thenTheyAreInPartsAndNoTableIsStale()
      throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("assignments.csv"), "of an earlier run\n");
    results.publish(table, null);

    // 40 songs in parts of 6 at most on average: the next power of two above 40 / 6.
    assertThat(inodes()).hasSize(2 * 8);
    TreeSet<String> all = new TreeSet<>();
    for (int i = 0; i < SONGS; i++) {
      all.add(id(i));
    }
    assertThat(ids()).isEqualTo(all);
    assertThat(out().resolve("assignments.csv")).doesNotExist();
    assertThat(out().resolve("records/songs.avro")).doesNotExist();
    SongLookup lookup = SongLookup.open(out().toString(), home.resolve("data").toString());
    assertThat(lookup.songs()).extracting(KnownSong::id).isEqualTo(List.copyOf(all));
    assertThat(lookup.similar(SimilarQuery.of(lookup.ask("songs/3.mp3")), 3, false, SongRules.ALL))
        .hasSize(3);
    assertThat(lookup.core("B", rules(100))).hasSize(SONGS / 2);
    // The page can be drawn from the parts.
    Redraw.page(state() + "/", home.resolve("data") + "/");
    assertThat(Files.readString(state().resolve("index.html")))
        .contains("\"songs/0.mp3\"", "\"songs/" + (SONGS - 1) + ".mp3\"");
  }

  /** Odd songs are in cluster 1: 6 of the even songs of cluster 0 leave it, and it is renamed. */
  @Test
  void givenEditsByHand_whenPublishedInParts_thenEveryFileShowsThem() throws IOException {
    results.publish(table, null);
    Map<String, Object> before = inodes();
    List<String> even = new ArrayList<>();
    for (int i = 0; i < SONGS; i += 2) {
      even.add(id(i).substring(0, 12));
    }
    String time = "2026-01-01T00:00:00Z";
    Files.writeString(
        home.resolve("data/edits.csv"),
        "time,cluster,songs,action,value\r\n"
            + (time + ",0," + even.get(0) + ",rename,Evening\r\n")
            + (time + ",1," + id(1).substring(0, 12) + ",rename,Odd ones\r\n")
            + (time + ",0," + String.join(" ", even) + ",split,")
            + (String.join(" ", even.subList(0, 6)) + "\r\n")
            + (time + ",2," + even.get(0) + ",pin,true\r\n"));
    assertThat(results.isEdited()).isTrue();
    table.follow(taken(SONGS + 1L, SONGS + 1));
    table.assign(assignedSong(SONGS + 1, 1, 3));

    results.publish(table, null);

    Map<String, Integer> sizes = new TreeMap<>();
    for (CsvRow row : rows()) {
      sizes.merge(row.get("cluster") + " " + row.get("cluster_name"), 1, Integer::sum);
    }
    assertThat(sizes)
        .isEqualTo(Map.of("0 Evening", 14, "1 Odd ones", SONGS / 2 + 1, "2 Evening 2", 6));
    assertThat(Files.readString(state().resolve("index.html"))).contains("Odd ones", "Evening 2");
    try (var playlists = Files.list(state().resolve("playlists"))) {
      assertThat(playlists.map(file -> String.valueOf(file.getFileName())))
          .anyMatch(name -> name.contains("Odd ones"));
    }
    SongLookup lookup = SongLookup.open(out().toString(), home.resolve("data").toString());
    assertThat(lookup.core("Odd ones", rules(100))).hasSize(SONGS / 2 + 1);

    Files.delete(home.resolve("data/edits.csv"));
    assertThat(results.isEdited()).isTrue();
    results.publish(table, null);

    assertThat(rows()).extracting(row -> row.get("cluster")).containsOnly("0", "1");
    assertThat(Files.readString(state().resolve("index.html"))).doesNotContain("Odd ones");
    assertThat(inodes()).isNotEqualTo(before);
  }

  @Test
  void givenOneNewSong_whenPublished_thenItsPartAloneIsWritten() throws IOException {
    results.publish(table, null);
    Map<String, Object> before = inodes();
    table.follow(taken(SONGS + 1L, SONGS));
    table.assign(assignedSong(SONGS, 1, 2));
    results.publish(table, null);
    Map<String, Object> after = inodes();
    String part = SongParts.name(SongParts.of(id(SONGS), 8));
    after.forEach(
        (file, inode) -> {
          if (file.startsWith(part)) {
            assertThat(inode).isNotEqualTo(before.get(file));
          } else {
            assertThat(inode).as(file).isEqualTo(before.get(file));
          }
        });
    assertThat(ids()).hasSize(SONGS + 1).contains(id(SONGS));
    FileCounts counts = Coverage.read(state() + "/");
    assertThat(counts.getFound()).isEqualTo(SONGS + 1);
    assertThat(counts.getClustered()).isEqualTo(SONGS + 1);
    assertThat(WatchState.read(state() + "/").songsSince()).isEqualTo(1);
  }

  @Test
  void givenADeletedNeighbour_whenPublished_thenItLeavesTheOthersAndComesBackToThem()
      throws IOException {
    table.follow(taken(SONGS + 1L, SONGS));
    table.assign(assignedSong(SONGS, 1, 2));
    results.publish(table, null);
    assertThat(neighbours(SONGS)).isEqualTo(id(1) + " " + id(2));

    table.follow(gone(SONGS + 2L, 1));
    results.publish(table, null);
    assertThat(neighbours(SONGS)).isEqualTo(id(2));
    assertThat(ids()).hasSize(SONGS).doesNotContain(id(1));
    rows().forEach(row -> assertThat(row.get("neighbours")).doesNotContain(id(1)));

    table.follow(taken(SONGS + 3L, 1));
    results.publish(table, null);
    assertThat(neighbours(SONGS)).isEqualTo(id(1) + " " + id(2));
    assertThat(ids()).hasSize(SONGS + 1);
  }

  private String neighbours(int song) throws IOException {
    return rows().stream()
        .filter(row -> row.get("id").equals(id(song)))
        .map(row -> row.get("neighbours"))
        .findFirst()
        .orElseThrow();
  }

  /** However the collection came to be what it is, and however often it was published. */
  @Test
  void givenTheSameCollection_whenPublishedInStepsOrAtOnce_thenEveryPartIsTheSame()
      throws IOException {
    results.publish(table, null);
    for (int i = 0; i < 5; i++) {
      table.assign(assignedSong(SONGS + i, i, i + 1));
      table.follow(taken(SONGS + 1L + i, SONGS + i));
      results.publish(table, null);
    }
    table.follow(gone(SONGS + 6L, 3));
    table.follow(gone(SONGS + 7L, SONGS + 1));
    results.publish(table, null);
    Map<String, String> inSteps = parts();

    LiveTable again = collection.table(version);
    again.follow(gone(SONGS + 7L, SONGS + 1));
    for (int i = 4; i >= 0; i--) {
      again.follow(taken(SONGS + 1L + i, SONGS + i));
      again.assign(assignedSong(SONGS + i, i, i + 1));
    }
    again.follow(gone(SONGS + 6L, 3));
    new LiveResults(collection.config(), MOST_IN_ONE_TABLE, MOST_IN_PART).publish(again, null);
    assertThat(parts()).isEqualTo(inSteps);
  }

  private Map<String, String> parts() throws IOException {
    Map<String, String> parts = new HashMap<>();
    try (var files = Files.list(state().resolve("assignments"))) {
      for (Path file : files.toList()) {
        parts.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return parts;
  }

  @Test
  void givenFewerSongsAgain_whenPublished_thenTheTableIsOneAndThePartsAreGone() throws IOException {
    results.publish(table, null);
    for (int i = 0; i < SONGS - MOST_IN_ONE_TABLE; i++) {
      table.follow(gone(SONGS + 1L + i, i));
    }
    results.publish(table, null);
    assertThat(CsvFile.read(out() + "/assignments.csv")).hasSize(MOST_IN_ONE_TABLE);
    assertThat(out().resolve("assignments")).doesNotExist();
  }

  @Test
  void givenASongThatHasCome_whenPublishedWhole_thenThePageShowsTheNeighboursOfTheTable()
      throws IOException {
    results = new LiveResults(collection.config());
    table.follow(taken(SONGS + 1L, SONGS));
    table.assign(assignedSong(SONGS, 3, 1, 2));
    results.publish(table, null);

    Matcher near =
        Pattern.compile("\"near\":(\\[\\[.*?]])")
            .matcher(Files.readString(out().resolve("index.html")));
    assertThat(near.find()).isTrue();
    JsonNode lists = new ObjectMapper().readTree(near.group(1));
    List<String> order = new ArrayList<>();
    CsvFile.read(out() + "/assignments.csv").forEach(row -> order.add(row.get("id")));
    assertThat(lists).hasSize(SONGS + 1);
    assertThat(lists.get(order.indexOf(id(SONGS))))
        .map(place -> order.get(place.asInt()))
        .containsExactly(id(3), id(1), id(2));
  }

  @Test
  void givenAFailureThatPasses_whenItIsTriedAgain_thenItsEventCountsForTheNewOutcome()
      throws IOException {
    FileEvent failed = taken(SONGS + 1L, SONGS);
    failed.setSong(null);
    failed.setAudio(null);
    failed.setFailure(
        Failure.newBuilder()
            .setUri(failed.getUri())
            .setFilepath(failed.getFilepath())
            .setStage(Stage.READ)
            .setCode("unreadable")
            .setMessage("Permission denied")
            .setIsTransient(true)
            .build());
    table.follow(failed);
    results.publish(table, null);
    assertThat(CsvFile.read(out() + "/failures.csv")).hasSize(1);
    assertThat(Coverage.read(state() + "/").getFailed()).isEqualTo(1);

    table.assign(assignedSong(SONGS));
    table.follow(taken(SONGS + 1L, SONGS));
    results.publish(table, null);
    assertThat(CsvFile.read(out() + "/failures.csv")).isEmpty();
    assertThat(ids()).contains(id(SONGS));
    assertThat(Coverage.read(state() + "/").getFailed()).isZero();
  }

  /** Each path is counted once, whatever happens to it. */
  @Test
  void givenEventsOfEveryKind_whenCounted_thenTheyBalance() {
    table.follow(taken(SONGS + 1L, SONGS));
    FileCounts counts = table.counts();
    assertThat(counts.getFound()).isEqualTo(SONGS + 1);
    assertThat(counts.getClustered()).isEqualTo(SONGS);
    assertThat(counts.getWaiting()).isEqualTo(1);

    FileEvent copy = taken(SONGS + 2L, 5);
    copy.setUri("/songs/copy.mp3");
    copy.setFilepath("songs/copy.mp3");
    Objects.requireNonNull(copy.getSong()).setFilepath("songs/copy.mp3");
    table.follow(copy);
    assertThat(table.counts().getDuplicate()).isEqualTo(1);
    // The copy stands for the song when the first path goes.
    table.follow(gone(SONGS + 3L, 5));
    assertThat(table.counts().getDuplicate()).isZero();
    assertThat(table.song(id(5)).getFilepath()).isEqualTo("songs/copy.mp3");
    assertThat(table.counts().getFound()).isEqualTo(SONGS + 1);
    assertThat(table.counts().getClustered()).isEqualTo(SONGS);
  }

  private static PlaylistRules rules(int count) {
    return PlaylistRules.of(SongRules.ALL, count);
  }
}
