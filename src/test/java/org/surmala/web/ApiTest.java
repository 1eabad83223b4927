package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.report.SyntheticResults;

/** What each call answers about the results of a run of 40 songs in three clusters. */
final class ApiTest {
  private static final int SONGS = 40;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);

  @TempDir static Path folder;
  private final Events events = new Events();
  private Api api;
  private Results results;

  @BeforeAll
  static void write() throws IOException {
    SyntheticResults.write(folder, SONGS, 3);
  }

  @BeforeEach
  void open() throws IOException {
    Files.deleteIfExists(folder.resolve("data/edits.csv"));
    PathUtils.deleteDirectory(Files.createDirectories(folder.resolve("playlists")));
    results = new Results(folder.resolve("results"), folder.resolve("data"), events);
    results.refresh();
    api = api(results);
  }

  private Api api(Results of) {
    return new Api(
        of,
        new ClusterEditing(of, folder.resolve("data"), CLOCK),
        new PlaylistFolder(folder.resolve("playlists")));
  }

  private JsonNode json(WebRequest request) throws ApiException, IOException {
    WebResponse response = api.answer(request);
    assertThat(response.status()).isIn(200, 201);
    assertThat(response.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Cache-Control", "no-store");
    return WebResponse.JSON.readTree(response.body());
  }

  private JsonNode get(String call, String... query) throws ApiException, IOException {
    return json(Requests.get("/api/v1/" + call, query));
  }

  private void refused(WebRequest request, int status, String message) {
    assertThatThrownBy(() -> api.answer(request))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining(message);
  }

  private static List<String> ids(JsonNode songs) {
    List<String> ids = new ArrayList<>();
    songs.forEach(song -> ids.add(song.path("id").asText()));
    return ids;
  }

  @Test
  void givenResults_whenTheVersionIsAsked_thenItTellsSongsModelAndFolder() throws Exception {
    JsonNode version = get("version");

    assertThat(version.get("api").asInt()).isEqualTo(1);
    assertThat(version.get("songs").asInt()).isEqualTo(SONGS);
    assertThat(version.get("model").asText()).isEqualTo("v-vae");
    assertThat(version.get("writable").asBoolean()).isTrue();
    assertThat(version.get("playlists").asText()).isEqualTo(folder.resolve("playlists").toString());
  }

  @Test
  void givenPages_whenSongsAreListed_thenEachComesOnceInTheOrderOfIds() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int offset = 0; offset < SONGS; offset += 15) {
      JsonNode page = get("songs", "offset", Integer.toString(offset), "count", "15");
      assertThat(page.get("total").asInt()).isEqualTo(SONGS);
      ids.addAll(ids(page.get("song")));
    }

    assertThat(ids).hasSize(SONGS).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void givenACluster_whenItsSongsAreListed_thenTheyAreThoseOfAssignments() throws Exception {
    long rows =
        Files.readAllLines(folder.resolve("results/assignments.csv")).stream()
            .filter(row -> row.contains(",2,mixed,"))
            .count();
    JsonNode page = get("songs", "cluster", "2");

    assertThat(page.get("total").asLong()).isEqualTo(rows).isPositive();
    page.get("song").forEach(song -> assertThat(song.get("cluster").asInt()).isEqualTo(2));
  }

  @Test
  void givenASong_whenAsked_thenItsFieldsAreThoseOfTheResults() throws Exception {
    JsonNode song = get("songs/" + SyntheticResults.id(1));

    assertThat(song.get("path").asText()).isEqualTo("../music/1.mp3");
    assertThat(song.get("artist").asText()).isEqualTo("Artist 1");
    assertThat(song.get("title").asText()).startsWith("রবীন্দ্রসঙ্গীত");
    assertThat(song.get("duration").asDouble()).isEqualTo(101);
    assertThat(song.get("size").asLong()).isEqualTo(SyntheticResults.BYTES + 1);
    assertThat(song.get("contentType").asText()).isEqualTo("audio/mpeg");
  }

  @Test
  void givenASong_whenSimilarOnesAreAsked_thenItIsNotAmongThemAndTheNearestIsMostSimilar()
      throws Exception {
    String id = SyntheticResults.id(3);
    JsonNode matches = get("songs/" + id + "/similar", "count", "39").get("sonicMatch");

    // Songs 0 and 1 are versions of one song.
    assertThat(matches).hasSize(38);
    Set<String> found = new HashSet<>();
    for (JsonNode match : matches) {
      found.add(match.get("entry").get("id").asText());
      assertThat(match.get("similarity").asDouble()).isBetween(0.0, 1.0);
    }
    assertThat(found).hasSize(38).doesNotContain(id);
    assertThat(get("similar", "id", id, "count", "39").get("sonicMatch")).isEqualTo(matches);
  }

  @Test
  void givenSeedsAndOneToAvoid_whenAsked_thenNoneOfThemIsAnAnswer() throws Exception {
    JsonNode matches =
        get(
                "similar",
                "id",
                SyntheticResults.id(0),
                "id",
                SyntheticResults.id(1),
                "not",
                SyntheticResults.id(2),
                "count",
                "100")
            .get("sonicMatch");

    assertThat(matches).hasSize(SONGS - 3);
  }

  @Test
  void givenTwoSongs_whenAPathIsAsked_thenItLeadsFromOneToTheOther() throws Exception {
    JsonNode path =
        get("path", "from", SyntheticResults.id(0), "to", SyntheticResults.id(9), "count", "6")
            .get("sonicMatch");

    assertThat(path).hasSize(6);
    assertThat(path.get(0).get("entry").get("id").asText()).isEqualTo(SyntheticResults.id(0));
    assertThat(path.get(0).get("similarity").asDouble()).isEqualTo(1);
    assertThat(path.get(5).get("entry").get("id").asText()).isEqualTo(SyntheticResults.id(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Blue in the Morning", "blue", "Bleu Mornig", "BLUE  IN"})
  void givenATitleAsPeopleTypeIt_whenSearched_thenTheSongComesFirst(String text) throws Exception {
    JsonNode songs = get("search", "q", text, "count", "1").get("song");

    assertThat(songs).hasSize(1);
    assertThat(songs.get(0).get("title").asText()).isEqualTo("Blue in the Morning");
  }

  @Test
  void givenLatinLetters_whenSearched_thenATitleInCyrillicIsFound() throws Exception {
    assertThat(get("search", "q", "nochnaya pesnya").get("song").get(0).get("title").asText())
        .isEqualTo("Ночная песня");
  }

  @Test
  void givenHostileTitles_whenSent_thenTheyAreTextInJson() throws Exception {
    WebResponse response = api.answer(Requests.get("/api/v1/songs"));

    assertThat(response.headers())
        .containsEntry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    assertThat(WebResponse.JSON.readTree(response.body()).get("song").findValuesAsText("title"))
        .contains("</script><script>document.title='owned'</script>");
  }

  @Test
  void givenClusters_whenEdited_thenTheyAreShownSoAndTheFileSaysIt() throws Exception {
    int size = get("clusters").get("cluster").get(1).get("size").asInt();
    JsonNode edited =
        json(
            Requests.json("PATCH", "/api/v1/clusters/1", "{\"name\":\"Evening\",\"pinned\":true}"));

    assertThat(edited.get("name").asText()).isEqualTo("Evening");
    assertThat(edited.get("pinned").asBoolean()).isTrue();
    assertThat(edited.get("stability").asDouble()).isEqualTo(0.875);
    JsonNode clusters = get("clusters").get("cluster");
    assertThat(clusters.get(0)).isEqualTo(edited);
    assertThat(get("songs", "cluster", "1").get("total").asInt()).isEqualTo(size);
    assertThat(folder.resolve("data/edits.csv"))
        .content()
        .contains("2026-11-30T12:00:00Z,1,", ",rename,Evening\r\n", ",pin,true\r\n");
  }

  @Test
  void givenAMergeAndASplit_whenUndone_thenTheClustersAreThoseThatWereFitted() throws Exception {
    JsonNode fitted = get("clusters");
    JsonNode merged =
        json(Requests.json("POST", "/api/v1/clusters/merge", "{\"clusters\":[1,0]}"))
            .get("cluster");

    assertThat(merged).hasSize(2);
    assertThat(merged.get(0).get("id").asInt()).isEqualTo(1);
    assertThat(merged.get(0).get("stability").isNull()).isTrue();
    assertThat(merged.get(0).get("edited").asBoolean()).isTrue();
    JsonNode split = json(Requests.json("POST", "/api/v1/clusters/1/split", "")).get("cluster");
    assertThat(split).hasSize(3);
    assertThat(split.get(0).get("size").asInt() + split.get(2).get("size").asInt())
        .isEqualTo(merged.get(0).get("size").asInt());
    assertThat(split.get(2).get("name").asText())
        .isEqualTo(merged.get(0).get("name").asText() + " 2");

    assertThat(json(Requests.json("DELETE", "/api/v1/clusters/1/edits", ""))).isEqualTo(fitted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH | clusters/0 | {} | 400 | give name",
        "PATCH | clusters/0 | {\"name\":1} | 400 | give name (a text)",
        "PATCH | clusters/0 | {\"colour\":\"red\"} | 400 | nothing else",
        "PATCH | clusters/0 | {\"name\":\"../x\"} | 400 | a name has no /",
        "PATCH | clusters/0 | {\"name\":\"MIXED\"} | 409 | another cluster has the name",
        "PATCH | clusters/0 | {\"name\":  | 400 | the body is not JSON",
        "PATCH | clusters/0 | {} {} | 400 | the body is not JSON",
        "PATCH | clusters/0 | [1] | 400 | not a JSON object",
        "PATCH | clusters/0 | '' | 400 | not a JSON object",
        "PATCH | clusters/9 | {\"name\":\"x\"} | 404 | there is no cluster 9",
        "PATCH | clusters/-1 | {\"name\":\"x\"} | 404 | given by its number",
        "POST | clusters/merge | {\"clusters\":[1]} | 400 | two or more",
        "POST | clusters/merge | {\"clusters\":[1,1]} | 400 | each once",
        "POST | clusters/merge | {\"clusters\":[\"a\",1]} | 400 | numbers of clusters",
        "POST | clusters/merge | {\"clusters\":[0,9]} | 404 | there is no cluster 9",
        "POST | clusters/9/split | '' | 404 | there is no cluster 9",
        "DELETE | clusters/9/edits | '' | 404 | there is no cluster 9",
        "POST | playlists | {\"ids\":[]} | 400 | name is missing",
        "POST | playlists | {\"name\":\"x\",\"ids\":[]} | 400 | at least one song",
        "POST | playlists | {\"name\":\" \",\"ids\":[\"SONG\"]} | 400 | 1 to 80 characters",
        "POST | playlists | {\"name\":\"x\",\"ids\":[\"no\"]} | 404 | no song has the id",
        "POST | playlists | {\"name\":\"x\",\"ids\":\"SONG\"} | 400 | an array of ids",
        "POST | playlists/make | {\"ids\":[\"SONG\"],\"count\":0} | 400 | count: give",
        "POST | playlists/make | {\"ids\":[\"SONG\"],\"count\":\"5\"} | 400 | count: give"
      })
  void givenAWrongChange_whenAsked_thenTheAnswerSaysWhyAndNothingChanges(
      String method, String call, String body, int status, String message) {
    refused(
        Requests.json(method, "/api/v1/" + call, body.replace("SONG", SyntheticResults.id(0))),
        status,
        message);
    assertThat(folder.resolve("data/edits.csv")).doesNotExist();
    assertThat(folder.resolve("playlists")).doesNotExist();
  }

  @Test
  void givenAChangeThatIsNoJson_whenAsked_thenItIsRefused() {
    refused(
        Requests.of(
            "PATCH",
            "/api/v1/clusters/0",
            Map.of("host", "localhost", "content-type", "text/plain"),
            "{\"name\":\"x\"}"),
        415,
        "application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "songs | count | 10001 | 400 | count is '10001'; give a whole number from 0 to 10000",
        "songs | offset | -1 | 400 | offset is '-1'",
        "songs | cluster | x | 400 | cluster is 'x'",
        "songs | cluster | 77 | 404 | there is no cluster 77",
        "songs/no | a | b | 404 | no song has the id 'no'",
        "songs/no/audio | a | b | 404 | no song has the id 'no'",
        "songs/no/cover | a | b | 404 | no song has the id 'no'",
        "songs/no/similar | a | b | 404 | no song has the id 'no'",
        "similar | x | y | 400 | id is missing",
        "similar | id | no | 404 | no song has the id 'no'",
        "why | a | no | 404 | no song has the id 'no'",
        "path | from | no | 404 | no song has the id 'no'",
        "path | a | b | 400 | from is missing",
        "search | a | b | 400 | q is missing",
        "nothing | a | b | 404 | no such call"
      })
  void givenAWrongQuestion_whenAsked_thenTheAnswerSaysWhy(
      String call, String name, String value, int status, String message) {
    refused(Requests.get("/api/v1/" + call, name, value), status, message);
  }

  @Test
  void givenAnotherMethod_whenAsked_thenTheMethodsAreTold() throws Exception {
    WebResponse response = api.answer(Requests.json("PUT", "/api/v1/playlists", "{}"));

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("Allow", "GET, HEAD, POST");
  }

  @Test
  void givenSongs_whenSavedAsAPlaylist_thenItsPathsLeadToThemFromItsFolder() throws Exception {
    String body =
        WebResponse.text(
            Map.of(
                "name",
                "Late: 1/2",
                "ids",
                List.of(SyntheticResults.id(2), SyntheticResults.id(0))));
    JsonNode saved = json(Requests.json("POST", "/api/v1/playlists", body));
    JsonNode second = json(Requests.json("POST", "/api/v1/playlists", body));

    assertThat(saved.get("file").asText()).isEqualTo("Late_ 1_2.m3u8");
    assertThat(second.get("file").asText()).isEqualTo("Late_ 1_2 2.m3u8");
    assertThat(folder.resolve("playlists/Late_ 1_2.m3u8"))
        .content(StandardCharsets.UTF_8)
        .startsWith("#EXTM3U\n#PLAYLIST:Late: 1/2\n")
        .contains("\n../music/2.mp3\n", "\n../music/0.mp3\n");
    JsonNode playlists = get("playlists").get("playlist");
    assertThat(playlists.findValuesAsText("name")).containsExactly("Late_ 1_2 2", "Late_ 1_2");
    assertThat(playlists.findValuesAsText("songs")).containsExactly("2", "2");
  }

  @Test
  void givenASeed_whenAPlaylistIsMade_thenItBeginsWithItAndFitsInTheTime() throws Exception {
    JsonNode songs =
        json(Requests.json(
                "POST",
                "/api/v1/playlists/make",
                "{\"ids\":[\"" + SyntheticResults.id(4) + "\"],\"count\":6,\"maxMinutes\":8}"))
            .get("song");

    assertThat(songs.get(0).get("id").asText()).isEqualTo(SyntheticResults.id(4));
    double seconds = 0;
    Set<String> artists = new HashSet<>();
    for (JsonNode song : songs) {
      seconds += song.get("duration").asDouble();
      assertThat(artists.add(song.get("artist").asText())).isTrue();
    }
    assertThat(seconds).isLessThanOrEqualTo(480);
  }

  @Test
  void givenAFileWithoutTags_whenItsCoverIsAsked_thenTheAnswerIsEmptyAndNoError() throws Exception {
    WebResponse response =
        api.answer(Requests.get("/api/v1/songs/" + SyntheticResults.id(0) + "/cover"));

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void givenNoResultsYet_whenAsked_thenTheAnswerNamesTheRemedy() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Results none = new Results(empty, folder.resolve("data"), events);
    none.refresh();
    api = api(none);

    refused(Requests.get("/api/v1/version"), 503, "surmala run --songs PATH --results " + empty);
  }
}
