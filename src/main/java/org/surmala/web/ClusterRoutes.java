package org.surmala.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Routes to read and to edit clusters. */
record ClusterRoutes(Results results, ClusterEditing editing) {
  private static final Set<String> FIELDS = Set.of("name", "pinned", "hidden");
  private static final int MOST_MERGED = 100;

  List<Route> routes() {
    String one = Api.ROOT + "clusters/{id}";
    return List.of(
        new Route("GET", Api.ROOT + "clusters", (request, id) -> list()),
        new Route(
            "POST",
            Api.ROOT + "clusters/merge",
            (request, id) -> {
              editing.merge(merged(request.json()));
              return list();
            }),
        new Route(
            "PATCH",
            one,
            (request, id) -> {
              int cluster = number(id);
              patch(cluster, request.json());
              return WebResponse.json(200, results.require().cluster(cluster));
            }),
        new Route(
            "POST",
            one + "/split",
            (request, id) -> {
              editing.split(number(id));
              return list();
            }),
        new Route(
            "DELETE",
            one + "/edits",
            (request, id) -> {
              editing.undo(number(id));
              return list();
            }));
  }

  private WebResponse list() throws ApiException {
    return WebResponse.json(200, Map.of("cluster", results.require().clusterList()));
  }

  private int number(String text) throws ApiException {
    if (!text.matches("\\d{1,9}")) {
      throw ApiException.notFound("a cluster is given by its number, from 0");
    }
    int cluster = Integer.parseInt(text);
    results.require().numbers(cluster);
    return cluster;
  }

  private void patch(int cluster, JsonNode fields) throws ApiException, IOException {
    for (Iterator<String> names = fields.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      boolean isRight =
          FIELDS.contains(name)
              && (name.equals("name")
                  ? fields.get(name).isTextual()
                  : fields.get(name).isBoolean());
      if (!isRight) {
        throw ApiException.badRequest(
            "give name (a text), pinned or hidden (true or false), and nothing else");
      }
    }
    if (fields.isEmpty()) {
      throw ApiException.badRequest("give name, pinned or hidden");
    }
    editing.patch(cluster, fields);
  }

  private static List<Integer> merged(JsonNode body) throws ApiException {
    JsonNode given = body.path("clusters");
    List<Integer> clusters = new ArrayList<>();
    for (JsonNode cluster : given) {
      if (!cluster.isInt() || cluster.intValue() < 0) {
        throw ApiException.badRequest("clusters: give numbers of clusters");
      }
      clusters.add(cluster.intValue());
    }
    if (clusters.size() < 2
        || clusters.size() > MOST_MERGED
        || Set.copyOf(clusters).size() < clusters.size()) {
      throw ApiException.badRequest("clusters: give two or more, each once");
    }
    return clusters;
  }
}
