package org.surmala.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests as a browser sends them. */
final class Requests {
  private Requests() {}

  /** A GET; the query is names and values by turns. */
  static WebRequest get(String path, String... query) {
    return of("GET", path, Map.of("host", "localhost:8337"), "", query);
  }

  /** A request that changes something. */
  static WebRequest json(String method, String path, String body) {
    return of(
        method,
        path,
        Map.of("host", "localhost:8337", "content-type", "application/json", "x-surmala", "1"),
        body);
  }

  static WebRequest of(
      String method, String path, Map<String, String> headers, String body, String... query) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.computeIfAbsent(query[i], name -> new ArrayList<>()).add(query[i + 1]);
    }
    Map<String, List<String>> fields = new HashMap<>();
    headers.forEach((name, value) -> fields.put(name, List.of(value)));
    return new WebRequest(method, path, parameters, fields, body.getBytes(StandardCharsets.UTF_8));
  }
}
