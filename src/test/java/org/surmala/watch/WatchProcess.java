package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code surmala watch} as a process of its own, over songs/, data/ and out/ of one folder. */
public final class WatchProcess {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Quick fits, of which there is a first after 8 songs and another after each 7. */
  static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("window.seconds", "6"),
              Map.entry("window.min_seconds", "3"),
              Map.entry("models.list", "raw,neighbour_vae"),
              Map.entry("neighbour_vae.epochs", "4"),
              Map.entry("neighbour_vae.hidden", "16"),
              Map.entry("neighbour_vae.latent", "4"),
              Map.entry("cluster.algorithms", "kmeans"),
              Map.entry("cluster.k", "2..3"),
              Map.entry("cluster.restarts", "2"),
              Map.entry("cluster.stability_refits", "1"),
              Map.entry("evaluate.bootstrap", "10"),
              Map.entry("evaluate.permutations", "9"),
              Map.entry("watch.poll_seconds", "0.2"),
              Map.entry("watch.first_songs", "8"),
              Map.entry("watch.refit_songs", "7")));

  private final Path home;
  private final Path log;
  private final Process process;

  /**
   * Starts it.
   *
   * @param name of its log in the folder
   * @param beam options after {@code --}
   */
  public WatchProcess(Path home, String name, List<String> beam) throws IOException {
    this(home, name, Map.of(), beam);
  }

  /**
   * Starts it.
   *
   * @param settings that go before the quick ones
   */
  public WatchProcess(Path home, String name, Map<String, String> settings, List<String> beam)
      throws IOException {
    this.home = home;
    log = home.resolve(name + ".log");
    Files.createDirectories(home.resolve("songs"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    for (String opened : List.of("lang", "util", "nio", "net")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    String jar = System.getProperty("surmala.jar");
    command.addAll(
        jar != null
            ? List.of("-jar", Path.of(jar).toAbsolutePath().toString())
            : List.of("-cp", absoluteClassPath(), "org.surmala.cli.Main"));
    // As they are typed by who stands in the folder; a cluster's processes stand elsewhere.
    command.addAll(List.of("watch", "--songs", "songs", "--data", "data", "--results", "out"));
    Map<String, String> all = new TreeMap<>(SETTINGS);
    all.putAll(settings);
    all.forEach((key, value) -> command.add("--set=" + key + "=" + value));
    command.add("--");
    command.addAll(beam);
    process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** By a clock that nobody sets. */
  static boolean isPatient(long start) {
    return System.nanoTime() - start < PATIENCE.toNanos();
  }

  /** Waits until it has said so. */
  public void awaitWords(String words) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!log().contains(words) && isPatient(start)) {
      assertGoesOn(50);
    }
    assertThat(log()).contains(words);
  }

  /** Waits until the files are what they should be. */
  public void await(String coverage) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path file = home.resolve("out").resolve("coverage.csv");
    String found = "";
    while (isPatient(start)) {
      found = Files.exists(file) ? Files.readString(file).replace("\r\n", " ") : "";
      if (found.contains(coverage)) {
        return;
      }
      assertGoesOn(50);
    }
    assertThat(found).as(log()).contains(coverage);
  }

  /** Fails when it ends within some milliseconds. */
  public void assertGoesOn(long millis) throws IOException, InterruptedException {
    assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).as(log()).isFalse();
  }

  /** Asks it to end, by SIGTERM, which it does in good order. */
  public void end() throws IOException, InterruptedException {
    process.destroy();
    assertEnds();
  }

  /** Waits for an end in good order. */
  void assertEnds() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
    assertThat(process.exitValue()).as(log()).isZero();
  }

  /** Waits until it ends by itself, with an error that says so. */
  public void assertFails(String words) throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
    assertThat(process.exitValue()).as(log()).isEqualTo(1);
    assertThat(log()).contains(words);
  }

  /** What it has said. */
  public String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Ends it at once, by SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
