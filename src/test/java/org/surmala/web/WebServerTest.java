package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.config.UsageException;
import org.surmala.report.SyntheticResults;

/** The server as clients meet it, friendly ones and others. */
@Timeout(120)
final class WebServerTest {
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static WebServer server;

  @BeforeAll
  static void start() throws IOException {
    SyntheticResults.write(folder, 40, 3);
    Files.writeString(folder.resolve("secret.txt"), "a secret");
    Files.createSymbolicLink(folder.resolve("results/link.csv"), folder.resolve("secret.txt"));
    server = WebServer.start(options(0), line -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static WebServer.Options options(int port) {
    return new WebServer.Options(
        folder.resolve("results"),
        folder.resolve("data"),
        folder.resolve("playlists"),
        null,
        port,
        null,
        IDLE,
        NEVER);
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String audio(int song) {
    return "api/v1/songs/" + SyntheticResults.id(song) + "/audio";
  }

  /** What the server says to these very bytes, until it closes the connection. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(60_000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException refusedMeanwhile) {
        // What it has answered is read below.
      }
      return answer(socket);
    }
  }

  private static String answer(Socket socket) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.write(next);
      }
    } catch (IOException reset) {
      // It has closed the connection with bytes unread.
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void givenASong_whenPlayed_thenEveryByteIsThatOfTheFile() throws Exception {
    byte[] file = SyntheticResults.bytes(7);
    HttpResponse<byte[]> whole = get(audio(7));
    HttpResponse<byte[]> part = get(audio(7), "Range", "bytes=100-199");

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(file);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 100, 200));
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-199/" + file.length);
  }

  @Test
  void givenHead_whenAsked_thenTheHeadersAreThoseOfGetAndThereIsNoBody() throws Exception {
    HttpResponse<byte[]> head =
        CLIENT.send(
            HttpRequest.newBuilder(server.address().resolve(audio(7)))
                .method("HEAD", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(SyntheticResults.bytes(7).length));
  }

  @Test
  void givenThePage_whenOpened_thenItIsThatOfTheResults() throws Exception {
    HttpResponse<byte[]> page = get("/");

    assertThat(page.body()).isEqualTo(Files.readAllBytes(folder.resolve("results/index.html")));
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValue("frame-ancestors 'none'");
    assertThat(page.headers().firstValue("Server")).isEmpty();
    assertThat(get("assignments.csv").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/..;/secret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "/latent_visualization/../../secret.txt",
        "/.current/index.html",
        "/.versions/lock",
        "/link.csv",
        "/records",
        "/index.html%00.txt",
        "/%00",
        "/%c0%ae%c0%ae/secret.txt",
        "/%",
        "/file:///etc/passwd",
        "/api/v1/songs/..%2f..%2fsecret.txt/audio",
        "/api/v1/songs/../../../secret.txt",
        "/api/v1/songs/%2fetc%2fpasswd/audio",
        "/api/v1/songs/%00/audio"
      })
  void givenAPathOutOfTheResults_whenAsked_thenNothingIsRead(String path) throws IOException {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("a secret", "root:");
  }

  // HTTP ends its lines by \r\n, which a text block hides.
  @SuppressWarnings("StringConcatToTextBlock")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "POST /api/v1/clusters/0/split HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Length: 0\r\n\r\n",
        "POST /api/v1/clusters/0/split HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "X-Surmala: 1\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n",
        "CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Surmala: 1\r\nConnection: close\r\n\r\n",
        "DELETE / HTTP/1.1\r\nHost: localhost\r\nX-Surmala: 1\r\nConnection: close\r\n\r\n",
        "POST /api/v1/playlists HTTP/1.1\r\nHost: localhost\r\nX-Surmala: 1\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Length: 5\r\nConnection: close\r\n\r\n0\r\n\r\n",
        "not HTTP at all\r\n\r\n"
      })
  void givenARequestThatMayNotBeMade_whenSent_thenItIsRefused(String request) throws Exception {
    assertThat(raw(request)).startsWith("HTTP/1.1 4");
    assertThat(folder.resolve("data/edits.csv")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/search?q=%ff%fe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /..%2fdata HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      })
  void givenARequestThatIsMalformed_whenSent_thenTheErrorIsJson(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Type: application/json\r\n")
        .contains("X-Content-Type-Options: nosniff\r\n")
        .endsWith(
            "{\"error\":{\"code\":\"bad_request\",\"message\":\"the request can't be read\"}}");
  }

  @Test
  void givenAnAddressOfAMegabyte_whenAsked_thenItIsRefused() throws IOException {
    assertThat(raw("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void givenHeadersOfAMegabyte_whenAsked_thenTheyAreRefused() throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(1 << 20) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void givenABodyThatIsTooLarge_whenSent_thenItIsRefused() throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(server.address().resolve("api/v1/playlists"))
                .headers("X-Surmala", "1", "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[WebServer.MOST_BODY + 1]))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  /** Ten thousand at a time from one client; the server has 512 connections and 16 threads. */
  @Test
  void givenTenThousandRequestsAtOnce_whenAsked_thenEachIsAnsweredRight() throws Exception {
    byte[] file = SyntheticResults.bytes(3);
    Semaphore open = new Semaphore(400);
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    URI uri = server.address().resolve(audio(3));
    for (int i = 0; i < 10_000; i++) {
      open.acquire();
      answers.add(
          CLIENT
              .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
              .whenComplete((answer, failed) -> open.release())
              .thenApply(answer -> Arrays.equals(answer.body(), file)));
    }

    assertThat(answers.stream().map(CompletableFuture::join)).hasSize(10_000).containsOnly(true);
  }

  /** Each sends a byte now and then, so that it is never idle. */
  @Test
  void givenClientsThatNeverEndTheirRequest_whenTheyWait_thenTheyAreDisconnectedAndOthersServed()
      throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.ISO_8859_1));
        slow.add(socket);
      }
      assertThat(get("api/v1/version").statusCode()).isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(answer(socket)).doesNotStartWith("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** More of them than the server has threads. */
  @Test
  void givenBodiesThatNeverCome_whenOthersAsk_thenTheyAreServed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket
            .getOutputStream()
            .write(
                ("POST /api/v1/playlists HTTP/1.1\r\nHost: localhost\r\nX-Surmala: 1\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.ISO_8859_1));
        slow.add(socket);
      }
      assertThat(get("api/v1/version").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void givenPagesThatListen_whenAClusterIsRenamed_thenEachIsToldAndOthersAreServed()
      throws Exception {
    WebServer own = WebServer.start(options(0), line -> {});
    try {
      HttpResponse<Stream<String>> events =
          CLIENT.send(
              HttpRequest.newBuilder(own.address().resolve("api/v1/events")).build(),
              BodyHandlers.ofLines());
      assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      CLIENT.send(
          HttpRequest.newBuilder(own.address().resolve("api/v1/clusters/0"))
              .headers("X-Surmala", "1", "Content-Type", "application/json")
              .method("PATCH", BodyPublishers.ofString("{\"name\":\"Calm\"}"))
              .build(),
          BodyHandlers.discarding());

      assertThat(events.body().filter(line -> line.startsWith("event:")).limit(2))
          .containsExactly("event: songs", "event: clusters");
    } finally {
      own.close();
      Files.delete(folder.resolve("data/edits.csv"));
    }
  }

  @Test
  void givenMoreListenersThanAllowed_whenAdded_thenTheNextIsRefused() throws ApiException {
    Events events = new Events();
    for (int i = 0; i < Events.MOST_LISTENERS; i++) {
      events.add(message -> {});
    }

    assertThatThrownBy(() -> events.add(message -> {})).isInstanceOf(ApiException.class);
  }

  @Test
  void givenAPortInUse_whenStarted_thenTheErrorNamesTheRemedy() {
    int port = server.address().getPort();
    assertThatThrownBy(() -> WebServer.start(options(port), line -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--port " + port + " cannot be used: ")
        .hasMessageEndingWith("; give another, or 0 for any free port");
  }

  @Test
  void givenNoResultsYet_whenTheyCome_thenTheWaitingPageIsToldAndTheMapIsServed(@TempDir Path later)
      throws Exception {
    Files.createDirectories(later.resolve("results"));
    WebServer.Options options =
        new WebServer.Options(
            later.resolve("results"),
            later.resolve("data"),
            later.resolve("playlists"),
            null,
            0,
            null,
            IDLE,
            Duration.ofMillis(50));
    try (WebServer own = WebServer.start(options, line -> {})) {
      HttpResponse<String> page =
          CLIENT.send(HttpRequest.newBuilder(own.address()).build(), BodyHandlers.ofString());
      assertThat(page.body()).contains("There is no map yet");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("script-src 'sha256-", "connect-src 'self'");
      HttpResponse<Stream<String>> events =
          CLIENT.send(
              HttpRequest.newBuilder(own.address().resolve("api/v1/events")).build(),
              BodyHandlers.ofLines());

      SyntheticResults.write(later, 20, 2);

      assertThat(events.body().filter(line -> line.startsWith("event:")).limit(1))
          .containsExactly("event: version");
      assertThat(
              CLIENT
                  .send(HttpRequest.newBuilder(own.address()).build(), BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
  }
}
