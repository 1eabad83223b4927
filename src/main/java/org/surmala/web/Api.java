package org.surmala.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.surmala.config.UsageException;

/** The HTTP API, described in src/docs/openapi.yaml. */
final class Api {
  /** Prefix of the API's paths. */
  static final String ROOT = "/api/v1/";

  private final List<Route> routes = new ArrayList<>();

  Api(Results results, ClusterEditing editing, PlaylistFolder playlists) {
    routes.add(
        new Route(
            "GET",
            ROOT + "version",
            (request, id) -> WebResponse.json(200, results.require().version(playlists.path()))));
    routes.addAll(new SongRoutes(results).routes());
    routes.addAll(new SimilarRoutes(results).routes());
    routes.addAll(new ClusterRoutes(results, editing).routes());
    routes.addAll(new PlaylistRoutes(results, playlists).routes());
  }

  /** Every route except the event stream. */
  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Answers a request. HEAD is answered as GET; the server omits the body. */
  WebResponse answer(WebRequest request) throws ApiException, IOException {
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      String id = route.match(request.path());
      if (id != null && route.method().equals(method)) {
        try {
          return route.action().answer(request, id);
        } catch (UsageException e) {
          throw new ApiException(409, "unavailable", String.valueOf(e.getMessage()));
        }
      }
      if (id != null) {
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw ApiException.notFound("the API has no such call; see src/docs/openapi.yaml");
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    String methods = String.join(", ", allowed);
    return WebResponse.error(405, "method_not_allowed", "the methods here are " + methods)
        .with("Allow", methods);
  }
}
