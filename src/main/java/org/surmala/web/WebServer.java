package org.surmala.web;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;

/**
 * Serves the results of a run over HTTP, until it is closed.
 *
 * <p>Clients can use only limited resources: connections, threads, bytes of a request, and time to
 * send one.
 */
public final class WebServer implements AutoCloseable {
  /** Maximum size of a request's body, in bytes. */
  static final int MOST_BODY = 1 << 20;

  /** Maximum size of a request's first line and headers, in bytes. */
  static final int MOST_HEADERS = 8 << 10;

  /** Maximum number of connections; others wait until one is closed. */
  static final int MOST_CONNECTIONS = 512;

  /** Minimum mean rate of a request's body, in bytes per second. */
  private static final long LEAST_BODY_RATE = 1 << 10;

  private static final int MOST_THREADS = 16;
  private static final int BACKLOG = 128;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Results results;
  private final Events events;
  private final Server server;
  private final ServerConnector connector;
  private final Consumer<String> warn;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "results");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable String failure;
  private boolean isTold;

  /**
   * Options of the server.
   *
   * @param results folder of the results of a run, present or future
   * @param host host to listen on; null for the loopback address
   * @param port port to listen on; 0 for any free port
   * @param token token that requests need; null on the loopback address
   * @param idle maximum silence of a client within a request
   * @param poll interval at which the results are checked for changes
   */
  public record Options(
      Path results,
      Path data,
      Path playlists,
      @Nullable String host,
      int port,
      @Nullable String token,
      Duration idle,
      Duration poll) {}

  private WebServer(Options options, Consumer<String> warn) {
    this.warn = warn;
    events = new Events();
    results = new Results(options.results(), options.data(), events);
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
    threads.setName("web");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MOST_HEADERS);
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.DEFAULT);
    HttpConnectionFactory factory = new HttpConnectionFactory(http);
    connector = new ServerConnector(server, 1, 1, factory);
    connector.setHost(options.host() == null ? "127.0.0.1" : options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.idle().toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.addBean(new FirstRequest(clock, options.idle()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    server.setStopTimeout(0);
    server.setErrorHandler(new MalformedRequests());
    PlaylistFolder playlists = new PlaylistFolder(options.playlists());
    ClusterEditing editing = new ClusterEditing(results, options.data(), Clock.systemUTC());
    server.setHandler(
        new MinimumDataRateHandler(
            new WebHandler(
                new Access(options.host(), options.token()),
                new Api(results, editing, playlists),
                new Pages(results),
                events,
                warn),
            LEAST_BODY_RATE,
            0));
  }

  /**
   * Starts a server.
   *
   * @param warn receives warnings while the server runs
   * @throws UsageException if the server cannot listen; the message names the remedy
   * @throws IOException if existing results cannot be read
   */
  public static WebServer start(Options options, Consumer<String> warn) throws IOException {
    WebServer web = new WebServer(options, warn);
    boolean isStarted = false;
    try {
      web.results.refresh();
      web.listen(options);
      isStarted = true;
    } finally {
      if (!isStarted) {
        web.close();
      }
    }
    long every = options.poll().toMillis();
    Future<?> unused =
        web.clock.scheduleWithFixedDelay(web::refresh, every, every, TimeUnit.MILLISECONDS);
    unused =
        web.clock.scheduleAtFixedRate(
            web.events::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    return web;
  }

  private void listen(Options options) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnknownHostException
            || cause instanceof UnresolvedAddressException
            || String.valueOf(cause.getMessage()).contains("annot assign")) {
          throw new UsageException(
              "--host "
                  + options.host()
                  + " is not an address of this machine; give 0.0.0.0 for "
                  + "all",
              e);
        }
        if (cause instanceof BindException) {
          throw new UsageException(
              "--port %s cannot be used: %s; give another, or 0 for any free port"
                  .formatted(options.port(), cause.getMessage()),
              e);
        }
      }
      throw new IOException("the server can't be started: " + e.getMessage(), e);
    }
  }

  /** A partly written snapshot is read again later; a persistent fault is reported. */
  private void refresh() {
    String now = null;
    try {
      results.refresh();
    } catch (IOException | RuntimeException e) {
      now = String.valueOf(e.getMessage());
    }
    if (now != null && now.equals(failure) && !isTold) {
      isTold = true;
      warn.accept("the results can't be read: " + now + "; serving those that were read before");
    }
    isTold = now != null && isTold;
    failure = now;
  }

  /** Whether results exist. */
  public boolean hasResults() {
    return results.current() != null;
  }

  /** The address of the page. */
  public URI address() {
    String host = connector.getHost();
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + connector.getLocalPort() + "/");
  }

  /** Waits until it is closed. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      warn.accept("the server did not stop cleanly: " + e.getMessage());
    }
  }

  /**
   * Closes a connection that has not sent a complete first request in time, even if it sends bytes
   * slowly.
   */
  private record FirstRequest(ScheduledExecutorService clock, Duration limit)
      implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      Future<?> unused =
          clock.schedule(
              () -> {
                if (connection.getMessagesIn() == 0) {
                  connection.getEndPoint().close();
                }
              },
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }
}
