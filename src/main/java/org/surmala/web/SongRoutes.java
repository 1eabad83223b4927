package org.surmala.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.search.SongFinder;

/** Routes for songs and lists of songs. */
final class SongRoutes {
  /** Maximum number of songs in one answer. */
  static final int MOST = 10_000;

  private static final int MOST_TYPED = 500;

  private final Results results;

  /** The finder of the last searched snapshot; it prepares every title once. */
  private volatile @Nullable Searched searched;

  private record Searched(ServedResults state, SongFinder finder) {}

  SongRoutes(Results results) {
    this.results = results;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", Api.ROOT + "songs", (request, id) -> list(request)),
        new Route("GET", Api.ROOT + "songs/{id}", (request, id) -> song(id)),
        new Route(
            "GET",
            Api.ROOT + "songs/{id}/audio",
            (request, id) -> {
              ServedResults state = results.require();
              return SongFiles.respond(state.file(state.number(id)), request);
            }),
        new Route("GET", Api.ROOT + "songs/{id}/cover", (request, id) -> cover(id)),
        new Route("GET", Api.ROOT + "search", (request, id) -> search(request)));
  }

  private WebResponse list(WebRequest request) throws ApiException {
    ServedResults state = results.require();
    int offset = request.number("offset", 0, 0, Integer.MAX_VALUE);
    int count = request.number("count", 100, 0, MOST);
    String group = request.parameter("group");
    List<Integer> songs =
        request.parameter("cluster") == null
            ? IntStream.range(0, state.size()).boxed().toList()
            : state.numbers(request.number("cluster", 0, -1, Integer.MAX_VALUE));
    if (group != null) {
      songs = songs.stream().filter(song -> group.equals(state.group(song))).toList();
    }
    List<Integer> page = songs.stream().skip(offset).limit(count).toList();
    return WebResponse.json(200, Map.of("total", songs.size(), "song", state.json(page)));
  }

  private WebResponse song(String id) throws ApiException {
    ServedResults state = results.require();
    return WebResponse.json(200, state.json(state.number(id)));
  }

  /** Synchronized: a picture is read into memory as a whole. */
  private synchronized WebResponse cover(String id) throws ApiException, IOException {
    ServedResults state = results.require();
    WebResponse picture = CoverArt.of(SongFiles.real(state.file(state.number(id))).toFile());
    // Not 404, which browsers log as an error.
    return picture == null ? WebResponse.empty(204) : picture;
  }

  private WebResponse search(WebRequest request) throws ApiException {
    ServedResults state = results.require();
    String text = request.required("q");
    if (text.length() > MOST_TYPED) {
      throw ApiException.badRequest("q is longer than " + MOST_TYPED + " characters");
    }
    int count = request.number("count", 50, 1, MOST);
    Searched known = searched;
    if (known == null || known.state() != state) {
      known = new Searched(state, new SongFinder(state.known()));
      searched = known;
    }
    return WebResponse.json(200, Map.of("song", state.json(known.finder().search(text, count))));
  }
}
