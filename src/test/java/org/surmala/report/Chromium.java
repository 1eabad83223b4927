package org.surmala.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A headless Chromium with one page, driven by the DevTools protocol over a local WebSocket. */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private int calls;
  private @Nullable String session;

  private Chromium(Process process, URI browser) throws IOException {
    this.process = process;
    try {
      this.socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(browser, new Messages())
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("no DevTools at " + browser, e);
    }
    JsonNode target = call("Target.createTarget", Map.of("url", "about:blank"));
    session =
        call(
                "Target.attachToTarget",
                Map.of("targetId", target.get("targetId").asText(), "flatten", true))
            .get("sessionId")
            .asText();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  /** The browser's executable, if this machine has one. */
  private static Optional<Path> installed() {
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the browser of this machine; a test is skipped where there is none, but never where
   * CI=true.
   */
  static Chromium start(Path folder) throws IOException, InterruptedException {
    Optional<Path> executable = installed();
    boolean required = "true".equals(System.getenv("CI"));
    assumeTrue(
        required || executable.isPresent(),
        "no Chromium on the PATH: the page is not tested here (Debian: apt-get install chromium)");
    assertThat(executable).as("CI=true, so the page must be tested: install chromium").isPresent();
    return start(executable.get(), Files.createDirectory(folder.resolve("profile")));
  }

  private static Chromium start(Path executable, Path profile)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-unsafe-swiftshader",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<String> lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
      if (lines.size() >= 2) {
        return new Chromium(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException(
            "Chromium did not start: " + Files.readString(profile.resolve("chromium.log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** One second that any browser plays: silence, 8 kHz, 16 bit. */
  static byte[] silence() {
    int bytes = 16_000;
    return ByteBuffer.allocate(44 + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(UTF_8))
        .putInt(36 + bytes)
        .put("WAVEfmt ".getBytes(UTF_8))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(8_000)
        .putInt(16_000)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(UTF_8))
        .putInt(bytes)
        .array();
  }

  void size(int width, int height, boolean phone) throws IOException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  void theme(String theme) throws IOException {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", theme),
                // An animated scroll would move what is about to be clicked.
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void open(URI page) throws IOException {
    call("Page.navigate", Map.of("url", page.toString()));
    until("document.readyState === 'complete' && Boolean(window.surmala)");
  }

  /** The value of an expression, awaited when it is a promise. */
  JsonNode evaluate(String expression) throws IOException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression", expression,
                "awaitPromise", true,
                "returnByValue", true,
                "userGesture", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    JsonNode value = result.get("result").get("value");
    return value == null ? JSON.nullNode() : value;
  }

  /** The text of the one element that a selector finds. */
  String text(String selector) throws IOException {
    return evaluate("document.querySelector(" + JSON.writeValueAsString(selector) + ").textContent")
        .asText();
  }

  /** Clicks on the first button within what a selector finds that has a text. */
  void press(String selector, String text) throws IOException {
    evaluate(
        "[...document.querySelectorAll("
            + JSON.writeValueAsString(selector + " button")
            + ")].find(b => b.textContent === "
            + JSON.writeValueAsString(text)
            + ").click()");
  }

  /** Waits in the page until the expression is true. */
  void until(String expression) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate(expression).asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("never true: " + expression + "; errors: " + errors);
      }
      evaluate("new Promise(done => setTimeout(done, 20))");
    }
  }

  /** A pointer event of the given type: mouseMoved, mousePressed, mouseReleased. */
  void mouse(String type, double x, double y, int modifiers) throws IOException {
    boolean button = !type.equals("mouseMoved") || modifiers < 0;
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            button ? "left" : "none",
            "buttons",
            type.equals("mouseReleased") || !button ? 0 : 1,
            "clickCount",
            type.equals("mouseMoved") ? 0 : 1,
            "modifiers",
            Math.max(0, modifiers)));
  }

  void click(double x, double y) throws IOException {
    mouse("mouseMoved", x, y, 0);
    mouse("mousePressed", x, y, 0);
    mouse("mouseReleased", x, y, 0);
  }

  void wheel(double x, double y, double delta) throws IOException {
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseWheel", "x", x, "y", y, "deltaX", 0, "deltaY", delta));
  }

  void key(String key) throws IOException {
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  void type(String text) throws IOException {
    call("Input.insertText", Map.of("text", text));
  }

  byte[] screenshot(boolean whole) throws IOException {
    JsonNode image =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
    return Base64.getDecoder().decode(image.get("data").asText());
  }

  /** Forgets errors that were meant to be. */
  void forgetErrors() {
    errors.clear();
  }

  /** Exceptions and errors that the page gave so far. */
  List<String> errors() {
    return new ArrayList<>(errors);
  }

  JsonNode call(String method, Map<String, Object> parameters) throws IOException {
    int id = ++calls;
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      socket.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      JsonNode reply = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (reply.has("error")) {
        throw new IOException(method + ": " + reply.get("error"));
      }
      return reply.get("result");
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(method + " had no answer", e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        try {
          accept(JSON.readTree(partial.toString()));
        } catch (IOException e) {
          errors.add(e.toString());
        }
        partial.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    private void accept(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
        if (answer != null) {
          answer.complete(message);
        }
        return;
      }
      String method = message.path("method").asText();
      boolean logged =
          method.equals("Log.entryAdded")
              && message.at("/params/entry/level").asText().equals("error");
      if (logged || method.equals("Runtime.exceptionThrown")) {
        errors.add(message.get("params").toString());
      }
    }
  }
}
