package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.web.WebServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala serve}: serves the results of a run as an app in the browser. */
@Command(
    name = "serve",
    description =
        "Serves the results of a run as an app in the browser: whole songs, similar songs,"
            + " playlists, and clusters to rename, merge and split. Run it alone or beside a"
            + " watch.",
    sortOptions = false,
    customSynopsis = {
      "surmala serve [--results DIR] [--data DIR] [--port N] [--host H]",
      "              [--playlists DIR] [-v]"
    },
    footer = {
      "",
      "With --host, requests need a token: that of the environment variable",
      "SURMALA_TOKEN, or a new one, which is printed. Ctrl-C stops the server.",
      "",
      "Examples:",
      "  surmala serve",
      "  surmala serve --host 0.0.0.0 --playlists ~/Music/playlists"
    })
final class ServeCommand extends SurmalaCommand {
  private static final String TOKEN = "SURMALA_TOKEN";
  private static final int TOKEN_BYTES = 16;
  private static final int LEAST_TOKEN = 16;
  private static final int MOST_PORT = 65_535;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8337",
      description = "Port; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      description =
          "Address or name of this machine to listen on; 0.0.0.0 for all (default: only this "
              + "machine can connect).")
  private @Nullable String host;

  @Option(
      names = "--playlists",
      paramLabel = "DIR",
      description = "Folder that playlists are saved to (default: playlists in --data).")
  private @Nullable String playlists;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    WebServer.Options options = options(System.getenv(TOKEN));
    try (WebServer server = WebServer.start(options, line -> MessageLine.print(err, line))) {
      CountDownLatch closed = new CountDownLatch(1);
      Thread end = new Thread(() -> end(server, closed), "end");
      Runtime.getRuntime().addShutdownHook(end);
      String token = options.token();
      out.println(server.address() + (token == null ? "" : "?token=" + token));
      if (!server.hasResults()) {
        out.println("No results yet: the page shows them as soon as a run has finished.");
      }
      out.println("Ctrl-C stops the server.");
      out.flush();
      server.join();
      closed.countDown();
    }
    return 0;
  }

  private static void end(WebServer server, CountDownLatch closed) {
    server.close();
    try {
      closed.await();
      // After a signal, the exit code would be that of the signal.
      Runtime.getRuntime().halt(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Validates the options, with the token of the environment. */
  WebServer.Options options(@Nullable String given) {
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException(
          "--port is " + port + "; give a whole number from 0 to " + MOST_PORT);
    }
    Path folder = results.local("serve");
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "--results %s is not there; first run: surmala run --songs PATH --results %s"
              .formatted(folder, results.folder()));
    }
    Path dataFolder = data.local("serve");
    boolean isOpen = host != null && !isLoopback(host);
    return new WebServer.Options(
        folder,
        dataFolder,
        playlists == null ? dataFolder.resolve("playlists") : PathText.toPath(playlists),
        host,
        port,
        isOpen ? token(given) : null,
        IDLE,
        POLL);
  }

  private static boolean isLoopback(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      throw new UsageException(
          "--host " + host + " is not an address of this machine; give 0.0.0.0 for all", e);
    }
  }

  private static String token(@Nullable String given) {
    if (given == null || given.isEmpty()) {
      byte[] bytes = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    }
    if (given.length() < LEAST_TOKEN || !given.matches("[A-Za-z0-9._~-]+")) {
      throw new UsageException(
          TOKEN
              + " must have "
              + LEAST_TOKEN
              + " or more of the characters A-Z a-z 0-9 . _ ~ -; make one with: openssl rand"
              + " -hex 16");
    }
    return given;
  }
}
