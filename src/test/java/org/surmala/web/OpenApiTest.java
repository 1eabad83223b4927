package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.report.SyntheticResults;

/** src/docs/openapi.yaml has each call, and each field of each answer with its type. */
final class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");

  @TempDir static Path folder;
  private static JsonNode described;
  private static Api api;

  @BeforeAll
  static void read() throws IOException {
    described = new YAMLMapper().readTree(Path.of("src/docs/openapi.yaml").toFile());
    SyntheticResults.write(folder, 40, 3);
    Results results = new Results(folder.resolve("results"), folder.resolve("data"), new Events());
    results.refresh();
    api =
        new Api(
            results,
            new ClusterEditing(results, folder.resolve("data"), Clock.systemUTC()),
            new PlaylistFolder(folder.resolve("playlists")));
  }

  /** A request for each call that answers with JSON, in an order that each of them succeeds in. */
  private static Map<String, WebRequest> requests() {
    String song = SyntheticResults.id(0);
    String ids = "\"ids\":[\"" + song + "\"]";
    Map<String, WebRequest> requests = new TreeMap<>();
    List.of("version", "songs", "clusters")
        .forEach(call -> requests.put("get /" + call, Requests.get(Api.ROOT + call)));
    requests.put("get /songs/{id}", Requests.get(Api.ROOT + "songs/" + song));
    requests.put("get /songs/{id}/similar", Requests.get(Api.ROOT + "songs/" + song + "/similar"));
    requests.put("get /similar", Requests.get(Api.ROOT + "similar", "id", song));
    requests.put(
        "get /path", Requests.get(Api.ROOT + "path", "from", song, "to", SyntheticResults.id(1)));
    requests.put("get /search", Requests.get(Api.ROOT + "search", "q", "blue"));
    requests.put(
        "patch /clusters/{id}",
        Requests.json("PATCH", Api.ROOT + "clusters/0", "{\"pinned\":true}"));
    requests.put(
        "post /clusters/{id}/split", Requests.json("POST", Api.ROOT + "clusters/0/split", ""));
    requests.put(
        "post /clusters/merge",
        Requests.json("POST", Api.ROOT + "clusters/merge", "{\"clusters\":[0,1]}"));
    requests.put(
        "delete /clusters/{id}/edits", Requests.json("DELETE", Api.ROOT + "clusters/0/edits", ""));
    requests.put(
        "post /playlists",
        Requests.json("POST", Api.ROOT + "playlists", "{\"name\":\"x\"," + ids + "}"));
    requests.put("get /playlists", Requests.get(Api.ROOT + "playlists"));
    requests.put(
        "post /playlists/make",
        Requests.json("POST", Api.ROOT + "playlists/make", "{" + ids + "}"));
    return requests;
  }

  private static Set<String> describedCalls() {
    Set<String> calls = new TreeSet<>();
    described
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            calls.add(method + " " + path.getKey());
                          }
                        }));
    return calls;
  }

  @Test
  void givenTheRoutes_whenCompared_thenEachIsDescribedAndNoOther() {
    Set<String> calls = new TreeSet<>(Set.of("get /events"));
    for (Route route : api.routes()) {
      calls.add(
          route.method().toLowerCase(Locale.ROOT)
              + " /"
              + route.template().substring(Api.ROOT.length()));
    }

    assertThat(describedCalls()).isEqualTo(calls);
  }

  @Test
  void givenEachCall_whenAnswered_thenItsFieldsAndTypesAreThoseDescribed() throws Exception {
    Map<String, WebRequest> requests = requests();
    Set<String> all = describedCalls();
    all.removeAll(
        Set.of("get /events", "get /why", "get /songs/{id}/audio", "get /songs/{id}/cover"));
    assertThat(requests.keySet()).isEqualTo(all);
    for (Map.Entry<String, WebRequest> each : requests.entrySet()) {
      String[] call = each.getKey().split(" ", -1);
      WebResponse answer = api.answer(each.getValue());
      JsonNode response =
          resolve(
              described
                  .get("paths")
                  .get(call[1])
                  .get(call[0])
                  .get("responses")
                  .get(Integer.toString(answer.status())));
      check(
          each.getKey(),
          response.get("content").get("application/json").get("schema"),
          WebResponse.JSON.readTree(answer.body()));
    }
  }

  @Test
  void givenAnError_whenAnswered_thenItsFieldsAreThoseDescribed() throws IOException {
    check(
        "error",
        described.get("components").get("schemas").get("Error"),
        WebResponse.JSON.readTree(ApiException.notFound("x").response().body()));
  }

  private static JsonNode resolve(JsonNode node) {
    JsonNode reference = node.get("$ref");
    if (reference == null) {
      return node;
    }
    JsonNode found = described.at(reference.asText().substring(1));
    assertThat(found.isMissingNode()).as(reference.asText()).isFalse();
    return resolve(found);
  }

  private static void check(String where, JsonNode given, JsonNode value) {
    JsonNode schema = resolve(given);
    List<String> types = new ArrayList<>();
    JsonNode type = schema.get("type");
    if (type.isArray()) {
      type.forEach(each -> types.add(each.asText()));
    } else {
      types.add(type.asText());
    }
    assertThat(types).as("%s: %s", where, value).contains(typeOf(value, types));
    if (value.isObject()) {
      Set<String> fields = new TreeSet<>();
      schema.get("properties").fieldNames().forEachRemaining(fields::add);
      Set<String> required = new TreeSet<>();
      schema.get("required").forEach(name -> required.add(name.asText()));
      Set<String> found = new TreeSet<>();
      value.fieldNames().forEachRemaining(found::add);
      assertThat(found).as(where).isEqualTo(fields).isEqualTo(required);
      value
          .fields()
          .forEachRemaining(
              field ->
                  check(
                      where + "." + field.getKey(),
                      schema.get("properties").get(field.getKey()),
                      field.getValue()));
    }
    if (value.isArray()) {
      value.forEach(item -> check(where + "[]", schema.get("items"), item));
    }
  }

  private static String typeOf(JsonNode value, List<String> types) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> value.isIntegralNumber() && !types.contains("number") ? "integer" : "number";
      default -> throw new AssertionError(value);
    };
  }
}
