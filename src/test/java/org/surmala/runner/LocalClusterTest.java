package org.surmala.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.runner.LocalCluster.Member;

/** The JobManager is an HTTP server that answers as Flink's documentation of its REST API says. */
final class LocalClusterTest {
  private static final long NOW = ProcessHandle.current().pid();

  @TempDir private Path folder;
  private HttpServer jobManager;
  private String registered = "";

  @BeforeEach
  void answer() throws IOException {
    jobManager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    jobManager.createContext(
        "/taskmanagers",
        exchange -> {
          byte[] body =
              ("{\"taskmanagers\": [" + registered + "]}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    jobManager.start();
    Files.writeString(
        folder.resolve("address"), "127.0.0.1:" + jobManager.getAddress().getPort() + "\n");
  }

  @AfterEach
  void stop() {
    jobManager.stop(0);
  }

  /** A member that this test's own process stands for. */
  private static Member alive(String role) {
    return new Member(
        NOW, ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(), role);
  }

  @Test
  void givenAnAddedTaskManager_whenAwaited_thenItsOwnRegistrationCounts() throws IOException {
    LocalCluster cluster = new LocalCluster(folder);
    List<Member> added = List.of(alive("taskmanager-3"));
    // Those that died stay registered until their heartbeat times out.
    registered = "{\"id\": \"taskmanager-1\"}, {\"id\": \"taskmanager-2\"}";

    assertThatThrownBy(() -> cluster.await(added, Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "taskmanager-3 had not registered after 0 s; increase --wait, or see");

    registered += ", {\"id\": \"taskmanager-3\"}";
    assertThatCode(() -> cluster.await(added, Duration.ofSeconds(30))).doesNotThrowAnyException();
  }

  @Test
  void givenAProcessThatEnded_whenAwaited_thenItsLogIsNamed() {
    Member ended = new Member(NOW, 1, "taskmanager-1");

    assertThatThrownBy(() -> new LocalCluster(folder).await(List.of(ended), Duration.ofSeconds(30)))
        .hasMessageContaining("the taskmanager-1 stopped at once; see ")
        .hasMessageEndingWith("taskmanager-1.log");
  }

  @Test
  void givenARunningCluster_whenStarted_thenTheErrorSaysHowToAddAWorker() throws IOException {
    Member running = alive("jobmanager");
    Files.writeString(
        folder.resolve("processes"), running.id() + " " + running.started() + " jobmanager\n");

    assertThatThrownBy(
            () ->
                LocalCluster.start(
                    new LocalClusterOptions(
                        folder, 0, 1, 1, 768, 512, LocalClusterOptions.StateBackend.HASHMAP, 0),
                    folder,
                    folder,
                    Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("surmala flink add");
  }

  /**
   * The fields of /proc/PID/stat are the process, its name, its state, its parent, group, session.
   */
  @Test
  void givenATerminalThatIsClosed_whenItHangsUp_thenWhatTheClusterStartsIsInASessionOfItsOwn()
      throws Exception {
    List<String> command = new ArrayList<>(LocalCluster.survivingItsTerminal());
    assumeTrue(command.equals(List.of("/usr/bin/setsid")), "this machine has no setsid");
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this machine has no /proc");
    command.addAll(List.of("cat", "/proc/self/stat"));

    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();

    String[] stat =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .split(" ", -1);
    assertThat(process.waitFor()).isZero();
    assertThat(stat[0]).isEqualTo(String.valueOf(process.pid()));
    assertThat(stat[5]).isEqualTo(stat[0]);
  }
}
