package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;

/** The archive that the profile release has packed, unpacked where nothing else is. */
@Timeout(600)
final class ReleaseArchiveIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("surmala.archive", ""));
  private static final int RATE = 22_050;

  /** What the archive needs of a system: a C library, Bash and these. */
  private static final List<String> PROGRAMS = List.of("env", "bash", "readlink", "dirname", "sed");

  private static final List<String> C_LIBRARY =
      List.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1");

  /** Becomes the root folder of a system that has nothing else. */
  @TempDir private static Path root;

  private enum Place {
    /** This system, without variables: no PATH, no HOME, no locale. */
    EMPTY_ENVIRONMENT {
      @Override
      String path(String inRoot) {
        return root + inRoot;
      }

      @Override
      List<String> command() {
        return List.of(path("/opt/surmala/surmala"));
      }
    },
    /** A system of the archive, Bash and a C library, without /proc. */
    EMPTY_ROOT {
      @Override
      String path(String inRoot) {
        return inRoot;
      }

      @Override
      List<String> command() {
        return List.of("/usr/sbin/chroot", root.toString(), path("/opt/surmala/surmala"));
      }
    };

    abstract String path(String inRoot);

    abstract List<String> command();
  }

  private record Ended(int code, String out) {}

  @BeforeAll
  static void unpack() throws Exception {
    Path program = Files.createDirectories(root.resolve("opt/surmala"));
    tool(
        "tar",
        "-xzf",
        ARCHIVE.toString(),
        "-C",
        program.toString(),
        "--strip-components=1",
        "--no-same-owner");
    Path songs = Files.createDirectories(root.resolve("songs"));
    for (int song = 1; song <= 3; song++) {
      float[] samples = new float[31 * RATE];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 220 * song * i / RATE));
      }
      AudioEncoder.write(
          songs.resolve(song + ".wav"), Encoding.wav(), new float[][] {samples}, RATE, Map.of());
    }
  }

  /** Copies programs with their libraries, and makes the two devices that Java and Bash open. */
  private static void layOutSystem() throws Exception {
    for (String folder : List.of("bin", "dev", "tmp", "usr/bin")) {
      Files.createDirectories(root.resolve(folder));
    }
    tool("mknod", "-m", "666", root.resolve("dev/null").toString(), "c", "1", "3");
    tool("mknod", "-m", "666", root.resolve("dev/urandom").toString(), "c", "1", "9");
    tool("mknod", "-m", "666", root.resolve("dev/random").toString(), "c", "1", "8");
    for (String name : PROGRAMS) {
      Path program = Path.of("/usr/bin", name);
      Files.copy(program, root.resolve("usr/bin").resolve(name));
      for (String line : tool("ldd", program.toString()).lines().toList()) {
        String library = line.strip().replaceFirst(".*=> ", "").replaceFirst(" \\(.*", "");
        if (library.startsWith("/")) {
          copy(Path.of(library));
          C_LIBRARY.stream()
              .map(other -> Path.of(library).resolveSibling(other))
              .filter(Files::exists)
              .forEach(ReleaseArchiveIT::copy);
        }
      }
    }
  }

  private static void copy(Path library) {
    Path to = root.resolve(library.toString().substring(1));
    try {
      if (!Files.exists(to)) {
        Files.createDirectories(to.resolveSibling("."));
        Files.copy(library, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tool(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), out).isZero();
    return out;
  }

  private static Process start(Place place, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(place.command());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    return builder.start();
  }

  private static Ended run(Place place, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(place, arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void stop(Process process) throws InterruptedException {
    // The process itself would close its output too.
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void givenNothingInstalled_whenEachKindOfCommandRuns_thenItEndsWell(
      Place place, TestReporter reporter) throws Exception {
    if (place == Place.EMPTY_ROOT) {
      assumeTrue("root".equals(System.getProperty("user.name")), "only root may change the root");
      layOutSystem();
    }
    String data = place.path("/" + place + "/data");
    String results = place.path("/" + place + "/results");
    String songs = place.path("/songs");

    Ended version = run(place, "--version");
    assertThat(version.code()).as(version.out()).isZero();
    assertThat(version.out()).startsWith("surmala ");

    Ended run =
        run(
            place,
            "run",
            "--songs",
            songs,
            "--data",
            data,
            "--results",
            results,
            "--set",
            "models.list=raw");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(root.resolve(place + "/results/index.html")).exists();

    long begun = System.nanoTime();
    Ended similar = run(place, "similar", "1.wav", "-n", "1", "--data", data, "--results", results);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(similar.code()).as(similar.out()).isZero();
    reporter.publishEntry(
        Map.of(
            "place", place.name(),
            "similar, seconds", String.format(Locale.ROOT, "%.2f", seconds),
            "archive, MB", String.valueOf(Files.size(ARCHIVE) / 1_000_000)));

    Process serve = start(place, "serve", "--data", data, "--results", results, "--port", "0");
    try (BufferedReader out = output(serve)) {
      URI address = URI.create(out.readLine());
      String answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address.resolve("api/v1/version")).build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(new ObjectMapper().readTree(answer).path("songs").asInt()).isEqualTo(3);
      stop(serve);
    } finally {
      serve.destroyForcibly();
    }

    Process watch =
        start(
            place,
            "watch",
            "--songs",
            songs,
            "--data",
            place.path("/" + place + "/watched"),
            "--results",
            place.path("/" + place + "/assigned"));
    try (BufferedReader out = output(watch)) {
      assertThat(out.lines().anyMatch(line -> line.startsWith("found 3 "))).isTrue();
      stop(watch);
    } finally {
      watch.destroyForcibly();
    }
  }

  @Test
  void givenARelease_whenAFlinkClusterIsStarted_thenTheErrorSaysWhatIsMissing() throws Exception {
    Ended ended =
        run(
            Place.EMPTY_ENVIRONMENT,
            "flink",
            "start",
            "--folder",
            root.resolve("flink").toString());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out())
        .contains("Flink's jars are missing", "from a checkout", "--flinkMaster=HOST:PORT");
  }

  @Test
  void givenTheBillOfMaterials_whenRead_thenItNamesTheMainLibrariesWithTheirVersions()
      throws IOException {
    JsonNode bill = new ObjectMapper().readTree(root.resolve("opt/surmala/sbom.json").toFile());
    List<String> components =
        Stream.iterate(0, i -> i < bill.path("components").size(), i -> i + 1)
            .map(i -> bill.path("components").path(i))
            .filter(component -> !component.path("version").asText().isEmpty())
            .map(component -> component.path("name").asText())
            .toList();

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.path("metadata").path("component").path("name").asText()).isEqualTo("surmala");
    assertThat(components)
        .contains(
            "beam-sdks-java-core",
            "beam-runners-flink-1.19",
            "avro",
            "ffmpeg",
            "nd4j-native",
            "onnxruntime",
            "smile-core",
            "TarsosDSP",
            "jetty-server")
        .doesNotContain("junit-jupiter", "assertj-core", "flink-runtime-web");
  }

  @Test
  void givenFilesOfOneNameInSeveralLibraries_whenPacked_thenEachIsKept() throws IOException {
    Path licenses = root.resolve("opt/surmala/licenses");
    try (Stream<Path> files = Files.walk(licenses)) {
      assertThat(files.filter(file -> file.endsWith("META-INF/LICENSE")).count()).isGreaterThan(9);
    }
    assertThat(root.resolve("opt/surmala/THIRD-PARTY.txt")).content().contains("smile-core");
    // Each library of the system has the licence of the package that it is from.
    if (Files.exists(root.resolve("opt/surmala/runtime/lib/libz.so.1"))) {
      assertThat(licenses.resolve("zlib1g/copyright")).isNotEmptyFile();
    }
  }
}
