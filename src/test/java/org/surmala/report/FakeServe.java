package org.surmala.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVRecord;

/**
 * The API of {@code surmala serve} with answers that a test sets, and a record of what was asked.
 */
final class FakeServe implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the page asked for with another method than GET: method, path and body. */
  final List<String> changes = new CopyOnWriteArrayList<>();

  private final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
  private final List<HttpExchange> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch heard = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final Path results;
  private final byte[] audio;

  FakeServe(Path results, byte[] audio) throws IOException {
    this.results = results;
    this.audio = audio;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Sets the answer to a path below api/v1/, without its query. */
  void answer(String path, JsonNode answer) {
    answers.put("/api/v1/" + path, answer);
  }

  /** A song as the API gives it. */
  static ObjectNode song(CSVRecord row) {
    return JSON.createObjectNode()
        .put("id", row.get("id"))
        .put("path", row.get("filepath"))
        .put("title", row.get("title"))
        .put("artist", row.get("artist"))
        .put("cluster", Integer.parseInt(row.get("cluster")))
        .put("x", Double.parseDouble(row.get("x")))
        .put("y", Double.parseDouble(row.get("y")))
        .put("coverArt", false);
  }

  /** An object with one list. */
  static ObjectNode list(String name, List<? extends JsonNode> entries) {
    ObjectNode object = JSON.createObjectNode();
    object.putArray(name).addAll(entries);
    return object;
  }

  /** Matches in the given order. */
  static ObjectNode matches(CSVRecord... rows) {
    ObjectNode object = JSON.createObjectNode();
    ArrayNode matches = object.putArray("sonicMatch");
    for (CSVRecord row : rows) {
      matches.addObject().put("similarity", 0.5).set("entry", song(row));
    }
    return object;
  }

  /** Sends an event to every page that listens, once there is one. */
  void send(String event, JsonNode body) throws IOException {
    try {
      if (!heard.await(60, TimeUnit.SECONDS)) {
        throw new IOException("no page listens to events");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    byte[] text = ("event: " + event + "\ndata: " + body + "\n\n").getBytes(StandardCharsets.UTF_8);
    List<HttpExchange> gone = new ArrayList<>();
    for (HttpExchange listener : listeners) {
      try {
        listener.getResponseBody().write(text);
        listener.getResponseBody().flush();
      } catch (IOException closed) {
        gone.add(listener);
      }
    }
    listeners.removeAll(gone);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!method.equals("GET")) {
      boolean marked = "1".equals(exchange.getRequestHeaders().getFirst("X-Surmala"));
      String asked = method + " " + path + " " + new String(body, StandardCharsets.UTF_8);
      changes.add(marked ? asked.strip() : "without X-Surmala: " + asked);
    }
    JsonNode answer = answers.get(path);
    if (path.equals("/")) {
      send(exchange, 200, "text/html; charset=utf-8", Files.readAllBytes(file("index.html")));
    } else if (path.startsWith("/page/")) {
      send(exchange, 200, "text/javascript", Files.readAllBytes(file(path.substring(1))));
    } else if (path.equals("/api/v1/events")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      listeners.add(exchange);
      heard.countDown();
    } else if (path.endsWith("/audio")) {
      send(exchange, 200, "audio/wav", audio);
    } else if (answer != null) {
      send(exchange, 200, "application/json", JSON.writeValueAsBytes(answer));
    } else {
      ObjectNode error = JSON.createObjectNode();
      error.putObject("error").put("code", "not_found").put("message", "Nothing at " + path);
      send(exchange, 404, "application/json", JSON.writeValueAsBytes(error));
    }
  }

  private Path file(String name) {
    return results.resolve(name);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
