package org.surmala.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.surmala.search.Playlist;
import org.surmala.search.RankedSong;

/** Calls about songs that sound alike. A match is a song and its similarity. */
final class SimilarRoutes {
  private static final int MOST_SEEDS = 100;
  private static final int MOST_ON_PATH = 500;

  private final Results results;

  SimilarRoutes(Results results) {
    this.results = results;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            Api.ROOT + "songs/{id}/similar",
            (request, id) -> similar(request, List.of(id))),
        new Route(
            "GET",
            Api.ROOT + "similar",
            (request, id) -> {
              if (request.all("id").isEmpty()) {
                throw ApiException.badRequest("parameter id is missing");
              }
              return similar(request, request.all("id"));
            }),
        new Route("GET", Api.ROOT + "path", (request, id) -> path(request)));
  }

  private WebResponse similar(WebRequest request, List<String> ids) throws ApiException {
    ServedResults state = results.require();
    int count = request.number("count", 20, 1, SongRoutes.MOST);
    Seeds seeds = Seeds.of(state, ids, request.all("not"));
    return WebResponse.json(
        200, Map.of("sonicMatch", matches(state, seeds.place(), seeds.nearest(count))));
  }

  private WebResponse path(WebRequest request) throws ApiException {
    ServedResults state = results.require();
    int from = state.number(request.required("from"));
    int to = state.number(request.required("to"));
    if (from == to) {
      throw ApiException.badRequest("from and to are the same song; give two");
    }
    int count = request.number("count", 10, 2, MOST_ON_PATH);
    List<Integer> path = new Playlist(state.known(), state.places()).between(from, to, count);
    return WebResponse.json(
        200,
        Map.of(
            "sonicMatch",
            matches(state, state.places().of(from), ranked(state, path, from))));
  }

  private static List<RankedSong> ranked(ServedResults state, List<Integer> songs, int from) {
    double[] distances = state.places().distances(state.places().of(from));
    return songs.stream().map(song -> new RankedSong(song, distances[song])).toList();
  }

  /** Similarity is 1 / (1 + d / m): 1 at no distance, ½ at the median m of all songs. */
  private static List<Map<String, Object>> matches(
      ServedResults state, double[] place, List<RankedSong> songs) {
    double[] sorted = state.places().distances(place);
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double scale = median > 0 ? median : 1;
    List<Map<String, Object>> matches = new ArrayList<>();
    for (RankedSong song : songs) {
      matches.add(
          Map.of(
              "entry", state.json(song.song()), "similarity", 1 / (1 + song.distance() / scale)));
    }
    return matches;
  }

  /**
   * Songs to be like and unlike.
   *
   * @param place mean embedding of the songs to be like, moved away from that of the others by a
   *     quarter of the way between them (Rocchio 1971)
   * @param excluded songs that are no answers: those that are given
   */
  // Carries an array; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Seeds(ServedResults state, double[] place, List<Integer> liked, Set<Integer> excluded) {
    private static final double AWAY = 0.25;

    static Seeds of(ServedResults state, List<String> ids, List<String> not) throws ApiException {
      if (ids.size() + not.size() > MOST_SEEDS) {
        throw ApiException.badRequest("give at most " + MOST_SEEDS + " songs");
      }
      List<Integer> liked = numbers(state, ids);
      List<Integer> disliked = numbers(state, not);
      double[] place = mean(state, liked);
      if (!disliked.isEmpty()) {
        double[] away = mean(state, disliked);
        for (int d = 0; d < place.length; d++) {
          place[d] += AWAY * (place[d] - away[d]);
        }
      }
      Set<Integer> excluded = new LinkedHashSet<>(liked);
      excluded.addAll(disliked);
      return new Seeds(state, place, liked, excluded);
    }

    private static List<Integer> numbers(ServedResults state, List<String> ids)
        throws ApiException {
      List<Integer> numbers = new ArrayList<>();
      for (String id : ids) {
        numbers.add(state.number(id));
      }
      return numbers;
    }

    private static double[] mean(ServedResults state, List<Integer> songs) {
      double[] mean = state.places().of(songs.get(0));
      for (int song : songs.subList(1, songs.size())) {
        double[] place = state.places().of(song);
        for (int d = 0; d < mean.length; d++) {
          mean[d] += place[d];
        }
      }
      for (int d = 0; d < mean.length; d++) {
        mean[d] /= songs.size();
      }
      return mean;
    }

    boolean mayAnswer(int song) {
      return !excluded.contains(song);
    }

    List<RankedSong> nearest(int count) {
      return state.places().nearest(place, this::mayAnswer, count);
    }
  }
}
