package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a server gives: what it asks of the server, and what it makes of the answers. */
final class ServedPageIT {
  private static final int SONGS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Chromium browser;
  private static List<CSVRecord> rows;
  private FakeServe server;

  @BeforeAll
  static void write() throws Exception {
    browser = Chromium.start(folder);
    browser.size(1400, 1000, false);
    browser.theme("light");
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    ReportOptions options =
        new ReportOptions(folder + "/results/", folder + "/data/", "vae", "kmeans", 11);
    ResultsFolder.write(options, new SyntheticRun(SONGS, 3, 3, 1).records(folder + "/data/"));
    Redraw.page(options.results(), options.data());
    try (CSVParser parser =
        CSVParser.parse(
            Files.readString(folder.resolve("results/assignments.csv")),
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      rows = parser.getRecords();
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = new FakeServe(folder.resolve("results"), Chromium.silence());
    server.answer(
        "version",
        json("{'version': '1', 'api': 1, 'model': 'm1', 'run': 'r1', 'playlists': '~/Playlists'}"));
    server.answer("clusters", FakeServe.list("cluster", clusters()));
    for (CSVRecord row : rows) {
      server.answer("songs/" + row.get("id"), FakeServe.song(row));
    }
    browser.open(server.uri());
    browser.until("document.querySelectorAll('.edits').length === 3");
    // The page before this one has told that its server is gone.
    browser.forgetErrors();
  }

  @AfterEach
  void stop() throws IOException {
    browser.call("Page.navigate", Map.of("url", "about:blank"));
    server.close();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static List<ObjectNode> clusters() throws IOException {
    List<ObjectNode> clusters = new ArrayList<>();
    for (int id = 0; id < 3; id++) {
      int cluster = id;
      long size = rows.stream().filter(row -> row.get("cluster").equals("" + cluster)).count();
      clusters.add(JSON.createObjectNode().put("id", id).put("name", "words").put("size", size));
      clusters.get(id).put("mark", ClusterNames.letter(id));
      clusters.get(id).put("pinned", false).put("hidden", false).put("edited", false);
    }
    return clusters;
  }

  private static void choose(CSVRecord song) throws IOException {
    browser.evaluate(
        "[...document.querySelectorAll('#list .song')].find(b => b.title === "
            + JSON.writeValueAsString(song.get("filepath"))
            + ").click()");
  }

  private static List<String> listed() throws IOException {
    List<String> paths = new ArrayList<>();
    browser
        .evaluate("[...document.querySelectorAll('#list .song')].map(b => b.title)")
        .forEach(path -> paths.add(path.asText()));
    return paths;
  }

  @Test
  void whenASongIsChosen_thenTheServerGivesAllOfIt() throws IOException {
    choose(rows.get(5));
    browser.until("document.getElementById('audio').currentTime > 0");

    assertThat(browser.evaluate("document.getElementById('audio').src").asText())
        .isEqualTo(server.uri() + "api/v1/songs/" + rows.get(5).get("id") + "/audio");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void whenSongsLikeOneAreAskedFor_thenTheyAreListedInOrderAndSaidToBeAlikeInWords()
      throws IOException {
    CSVRecord song = rows.get(5);
    server.answer(
        "songs/" + song.get("id") + "/similar", FakeServe.matches(rows.get(9), rows.get(2)));
    server.answer("why", json("{'words': ['tempo', '<b>brightness']}"));
    choose(song);
    browser.press("#detail", "Songs like this");
    browser.until("surmala.shown().length === 3");
    browser.press("#list", "Why?");
    browser.until("document.querySelector('#list .why') !== null");

    assertThat(listed())
        .containsExactly(
            song.get("filepath"), rows.get(9).get("filepath"), rows.get(2).get("filepath"));
    assertThat(browser.text("#list .why")).isEqualTo("Alike in tempo, <b>brightness");
  }

  @Test
  void whenAPathIsAskedFor_thenTheNextSongChosenIsItsEnd() throws IOException {
    server.answer("path", FakeServe.matches(rows.get(3), rows.get(8), rows.get(4)));
    choose(rows.get(3));
    browser.press("#detail", "Path to…");
    choose(rows.get(4));
    browser.until("surmala.shown().length === 3");

    assertThat(listed())
        .containsExactly(
            rows.get(3).get("filepath"), rows.get(8).get("filepath"), rows.get(4).get("filepath"));
  }

  @Test
  void givenATitleWithTypos_whenSearched_thenTheServerIsAsked() throws IOException {
    server.answer("search", FakeServe.list("song", List.of(FakeServe.song(rows.get(7)))));
    browser.evaluate("document.getElementById('search').focus()");
    browser.type("xqzv");
    browser.until("surmala.shown().length === 1");

    assertThat(listed()).containsExactly(rows.get(7).get("filepath"));
    assertThat(browser.text("#list-title")).isEqualTo("Similar to “xqzv”");
  }

  @Test
  void whenAPlaylistIsSaved_thenTheServerWritesIt() throws IOException {
    server.answer(
        "playlists", json("{'name': 'Mine', 'file': '~/Playlists/Mine.m3u8', 'songs': 2}"));
    choose(rows.get(5));
    server.answer("songs/" + rows.get(5).get("id") + "/similar", FakeServe.matches(rows.get(9)));
    browser.press("#detail", "Songs like this");
    browser.until("surmala.shown().length === 2");
    browser.press("#list-actions", "Save as playlist");
    browser.evaluate("document.getElementById('ask-text').value = 'Mine'");
    browser.press("#ask-form", "Save");
    browser.until("document.getElementById('notice-text').textContent.startsWith('Playlist Mine')");

    assertThat(server.changes)
        .containsExactly(
            "POST /api/v1/playlists {\"name\":\"Mine\",\"ids\":[\""
                + rows.get(5).get("id")
                + "\",\""
                + rows.get(9).get("id")
                + "\"]}");
  }

  @Test
  void whenAClusterIsRenamedPinnedAndHidden_thenTheCardsFollow() throws IOException {
    ObjectNode named = clusters().get(1).put("name", "Mornings").put("edited", true);
    server.answer("clusters/1", named);
    browser.press("[data-cluster='1']", "Rename");
    browser.evaluate("document.getElementById('ask-text').value = 'Mornings'");
    browser.press("#ask-form", "Save");
    browser.until(
        "document.querySelector('[data-cluster=\"1\"] bdi').textContent === 'B: Mornings'");
    server.answer("clusters/1", named.deepCopy().put("pinned", true));
    browser.press("[data-cluster='1']", "Pin");
    browser.until("document.querySelector('.card bdi').textContent === 'B: Mornings'");
    server.answer("clusters/1", named.deepCopy().put("hidden", true));
    browser.press("[data-cluster='1']", "Hide");
    browser.until("!document.getElementById('hidden-clusters').hidden");

    long others = rows.stream().filter(row -> !row.get("cluster").equals("1")).count();
    assertThat(browser.text("#shown")).isEqualTo(others + " songs");
    assertThat(server.changes)
        .containsExactly(
            "PATCH /api/v1/clusters/1 {\"name\":\"Mornings\"}",
            "PATCH /api/v1/clusters/1 {\"pinned\":true}",
            "PATCH /api/v1/clusters/1 {\"hidden\":true}");
  }

  @Test
  void whenClustersAreMerged_thenTheirSongsAreAskedForAnew() throws IOException {
    List<ObjectNode> merged = clusters();
    int both = merged.get(0).get("size").asInt() + merged.get(2).get("size").asInt();
    merged.get(0).put("size", both).put("edited", true).put("name", "Both");
    merged.remove(2);
    server.answer("clusters/merge", FakeServe.list("cluster", merged));
    List<ObjectNode> songs = new ArrayList<>();
    for (CSVRecord row : rows) {
      if (!row.get("cluster").equals("1")) {
        songs.add(FakeServe.song(row).put("cluster", 0));
      }
    }
    server.answer("songs", FakeServe.list("song", songs).put("total", both));
    browser.evaluate(
        "{ const s = document.querySelector(\"[data-cluster='0'] select\"); s.value = 2;"
            + " s.onchange({currentTarget: s}); }");
    browser.until("document.querySelectorAll('.card').length === 2");

    assertThat(server.changes).containsExactly("POST /api/v1/clusters/merge {\"clusters\":[0,2]}");
    assertThat(browser.text("[data-cluster='0'] .size")).startsWith(both + " songs");
  }

  @Test
  void whenANewSongComes_thenItIsOnTheMapWithoutReloading() throws IOException {
    browser.evaluate("window.isTheSamePage = true");
    browser.until("surmala.shown().length === " + SONGS);
    String id = "f".repeat(64);
    server.send(
        "songs",
        FakeServe.list(
            "song", List.of(FakeServe.song(rows.get(0)).put("id", id).put("title", "Newest"))));
    browser.until("surmala.shown().length === " + (SONGS + 1));

    assertThat(browser.evaluate("window.isTheSamePage").asBoolean()).isTrue();
    assertThat(browser.evaluate("surmala.placeOf('" + id + "') !== null").asBoolean()).isTrue();
    assertThat(browser.text("#notice-text")).isEqualTo("New: Newest");
  }

  @Test
  void whenAClusterIsRenamedElsewhere_thenItsCardFollows() throws IOException {
    List<ObjectNode> renamed = clusters();
    renamed.get(2).put("name", "Evenings").put("edited", true);
    server.send("clusters", FakeServe.list("cluster", renamed));
    browser.until(
        "document.querySelector('[data-cluster=\"2\"] bdi').textContent === 'C: Evenings'");

    assertThat(browser.text("[data-cluster='1'] bdi")).startsWith("B: ");
  }

  @Test
  void whenARunGoesOn_thenItsProgressIsShownUntilItEnds() throws IOException {
    browser.until("surmala.shown().length === " + SONGS);
    server.send(
        "progress", json("{'stage': 'decode', 'done': 40, 'total': 120, 'secondsLeft': 95}"));
    browser.until("!document.getElementById('progress').hidden");
    assertThat(browser.text("#progress-text")).isEqualTo("decode: 40 of 120, 1:35 left");

    server.send("progress", json("{'stage': 'decode', 'done': 120, 'total': 120}"));
    browser.until("document.getElementById('progress').hidden");
  }

  @Test
  void givenANewModelVersion_whenItIsShown_thenTheViewStays() throws IOException {
    choose(rows.get(5));
    browser.evaluate("surmala.zoom(3)");
    JsonNode before = browser.evaluate("surmala.placeOf('" + rows.get(5).get("id") + "')");
    server.send("version", json("{'model': 'm2', 'run': 'r2'}"));
    browser.until("document.querySelector('#notice-actions button') !== null");
    browser.evaluate("window.isTheSamePage = true");
    browser.press("#notice", "Show it");
    browser.until(
        "!window.isTheSamePage && Boolean(window.surmala)"
            + " && document.querySelector('#detail strong') !== null");

    JsonNode after = browser.evaluate("surmala.placeOf('" + rows.get(5).get("id") + "')");
    assertThat(after.get("x").asDouble()).isCloseTo(before.get("x").asDouble(), within());
    assertThat(after.get("y").asDouble()).isCloseTo(before.get("y").asDouble(), within());
  }

  private static Offset<Double> within() {
    return Offset.offset(1.0);
  }
}
