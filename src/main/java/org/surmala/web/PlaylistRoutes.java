package org.surmala.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.surmala.report.ReportedSong;
import org.surmala.search.SimilarQuery;
import org.surmala.search.SongLookup.Similar;
import org.surmala.search.SongRules;

/** Routes to create, save and list playlists. */
record PlaylistRoutes(Results results, PlaylistFolder playlists) {
  private static final double SECONDS = 60;
  private static final SongRules ONE_PER_ARTIST = new SongRules(null, List.of(), null, 1, 0, false);

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            Api.ROOT + "playlists",
            (request, id) -> WebResponse.json(200, Map.of("playlist", playlists.list()))),
        new Route("POST", Api.ROOT + "playlists", (request, id) -> save(request)),
        new Route("POST", Api.ROOT + "playlists/make", (request, id) -> make(request)));
  }

  private WebResponse save(WebRequest request) throws ApiException, IOException {
    ServedResults state = results.require();
    JsonNode body = request.json();
    if (!body.path("name").isTextual()) {
      throw ApiException.badRequest("name is missing");
    }
    List<ReportedSong> songs = new ArrayList<>();
    for (String id : ids(body, "ids")) {
      int number = state.number(id);
      state.file(number);
      songs.add(state.song(number).song());
    }
    if (songs.isEmpty()) {
      throw ApiException.badRequest("ids: give at least one song");
    }
    String name = body.path("name").asText();
    String file = playlists.save(name, songs);
    return WebResponse.json(201, Map.of("name", name.strip(), "file", file, "songs", songs.size()));
  }

  private WebResponse make(WebRequest request) throws ApiException, IOException {
    ServedResults state = results.require();
    JsonNode body = request.json();
    List<String> ids = ids(body, "ids");
    SimilarQuery query = SimilarRoutes.query(state, ids, ids(body, "not"));
    int count = whole(body, "count", 25, SongRoutes.MOST);
    Set<Integer> songs = new LinkedHashSet<>();
    for (String id : ids) {
      songs.add(state.number(id));
    }
    for (Similar similar : state.lookup().similar(query, count, false, ONE_PER_ARTIST)) {
      songs.add(state.number(similar.song().id()));
    }
    int minutes = whole(body, "maxMinutes", Integer.MAX_VALUE, Integer.MAX_VALUE);
    return WebResponse.json(
        200,
        Map.of("song", state.json(fitting(state, songs.stream().limit(count).toList(), minutes))));
  }

  /** Drops songs that would make the playlist too long. */
  private static List<Integer> fitting(ServedResults state, List<Integer> songs, int minutes) {
    List<Integer> fitting = new ArrayList<>();
    double left = minutes * SECONDS;
    for (int song : songs) {
      double seconds = state.song(song).song().info().getDurationSeconds();
      if (seconds <= left) {
        fitting.add(song);
        left -= seconds;
      }
    }
    return fitting;
  }

  private static int whole(JsonNode body, String name, int otherwise, int most)
      throws ApiException {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
      throw ApiException.badRequest(name + ": give a whole number from 1 to " + most);
    }
    return value.intValue();
  }

  private static List<String> ids(JsonNode body, String name) throws ApiException {
    JsonNode given = body.path(name);
    List<String> ids = new ArrayList<>();
    for (JsonNode id : given) {
      if (!id.isTextual()) {
        throw ApiException.badRequest(name + ": give ids of songs");
      }
      ids.add(id.asText());
    }
    if (!given.isMissingNode() && !given.isArray()) {
      throw ApiException.badRequest(name + ": give an array of ids of songs");
    }
    if (ids.size() > SongRoutes.MOST) {
      throw ApiException.badRequest(name + ": give at most " + SongRoutes.MOST);
    }
    return ids;
  }
}
