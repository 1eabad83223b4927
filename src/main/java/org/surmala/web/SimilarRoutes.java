package org.surmala.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.surmala.search.KnownSong;
import org.surmala.search.PlaylistRules;
import org.surmala.search.SimilarQuery;
import org.surmala.search.SongLookup.Asked;
import org.surmala.search.SongLookup.Similar;
import org.surmala.search.SongRules;

/** Routes for similar songs. A match is a song and its similarity. */
record SimilarRoutes(Results results) {
  private static final int MOST_SEEDS = 100;
  private static final int MOST_ON_PATH = 500;

  List<Route> routes() {
    return List.of(
        new Route(
            "GET", Api.ROOT + "songs/{id}/similar", (request, id) -> similar(request, List.of(id))),
        new Route(
            "GET", Api.ROOT + "similar", (request, id) -> similar(request, request.all("id"))),
        new Route("GET", Api.ROOT + "why", (request, id) -> why(request)),
        new Route("GET", Api.ROOT + "path", (request, id) -> path(request)));
  }

  /**
   * The query of seed songs and anti-seeds; an ApiException for none, too many, or an unknown one.
   */
  static SimilarQuery query(ServedResults state, List<String> ids, List<String> not)
      throws ApiException {
    if (ids.isEmpty()) {
      throw ApiException.badRequest("id is missing; give one song or more");
    }
    if (ids.size() + not.size() > MOST_SEEDS) {
      throw ApiException.badRequest("give at most " + MOST_SEEDS + " songs");
    }
    return new SimilarQuery(asked(state, ids), asked(state, not));
  }

  private static List<Asked> asked(ServedResults state, List<String> ids) throws ApiException {
    List<Asked> asked = new ArrayList<>();
    for (String id : ids) {
      asked.add(state.lookup().asked(state.number(id)));
    }
    return asked;
  }

  private WebResponse similar(WebRequest request, List<String> ids)
      throws ApiException, IOException {
    ServedResults state = results.require();
    int count = request.number("count", 20, 1, SongRoutes.MOST);
    SimilarQuery query = query(state, ids, request.all("not"));
    List<Similar> similar = state.lookup().similar(query, count, false, SongRules.ALL);
    return WebResponse.json(
        200, Map.of("sonicMatch", matches(state, state.distances(query), similar)));
  }

  private WebResponse why(WebRequest request) throws ApiException, IOException {
    ServedResults state = results.require();
    int one = state.number(request.required("a"));
    int other = state.number(request.required("b"));
    state.file(one);
    List<String> words =
        state
            .lookup()
            .sharedTraits(
                SimilarQuery.of(state.lookup().asked(one)),
                List.of(new Similar(state.known(other), 0)))
            .get(0);
    return WebResponse.json(200, Map.of("words", words));
  }

  private WebResponse path(WebRequest request) throws ApiException, IOException {
    ServedResults state = results.require();
    int from = state.number(request.required("from"));
    int to = state.number(request.required("to"));
    if (from == to) {
      throw ApiException.badRequest("from and to are the same song; give two");
    }
    int count = request.number("count", 10, 2, MOST_ON_PATH);
    Asked start = state.lookup().asked(from);
    List<KnownSong> path =
        state
            .lookup()
            .between(start, state.lookup().asked(to), PlaylistRules.of(SongRules.ALL, count));
    double[] distances = state.distances(SimilarQuery.of(start));
    List<Similar> steps = new ArrayList<>();
    for (KnownSong song : path) {
      steps.add(new Similar(song, distances[state.number(song.id())]));
    }
    return WebResponse.json(200, Map.of("sonicMatch", matches(state, distances, steps)));
  }

  /** The matches with their similarity 1 / (1 + d / m): 1 at distance 0, ½ at the median m. */
  private static List<Map<String, Object>> matches(
      ServedResults state, double[] all, List<Similar> songs) throws ApiException {
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double scale = median > 0 ? median : 1;
    List<Map<String, Object>> matches = new ArrayList<>();
    for (Similar similar : songs) {
      matches.add(
          Map.of(
              "entry",
              state.json(state.number(similar.song().id())),
              "similarity",
              1 / (1 + similar.distance() / scale)));
    }
    return matches;
  }
}
