package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.model.onnx.TinyOnnx;

/**
 * Runs every command that the README and the pages of src/docs show in a block marked sh, in their
 * order, in one folder that begins empty but for what a user would have.
 */
@Tag("full")
final class DocumentedCommandsIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("(?sm)^```sh\n(.*?)^```");
  private static final Pattern PYTHON = Pattern.compile("(?sm)^```python\n(.*?)^```");
  private static final Pattern R = Pattern.compile("(?sm)^```r\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  /** What stands for the user's own, and fewer made-up songs for as many as take minutes. */
  private static final Map<String, String> SUBSTITUTES =
      Map.of(
          "~/Music",
          "data/raw/demo",
          "~/Music/metadata.csv",
          "data/music.csv",
          "~/Downloads/new.mp3",
          "new.mp3",
          "100000",
          "300");

  /** Commands that end only when they are told to, or need a cluster: only understood, not run. */
  private static final Set<String> ENDLESS = Set.of("watch", "serve", "flink");

  /** What other programs do is not ours to test. */
  private static final List<String> OTHER_PROGRAMS =
      List.of("mvn ", "source <(./surmala completion ", "docker ", "kubectl ", "curl ", "flink ");

  /** Few songs need few repetitions. */
  private static final Map<String, List<String>> CHEAPER =
      Map.of(
          "run",
          List.of(
              "--set",
              "evaluate.bootstrap=20",
              "--set",
              "evaluate.permutations=19",
              "--set",
              "cluster.stability_refits=2",
              "--set",
              "vae.epochs=10",
              "--set",
              "neighbour_vae.epochs=10",
              "--set",
              "conv_vae.epochs=1"),
          "compare",
          List.of(
              "--set",
              "evaluate.bootstrap=20",
              "--set",
              "evaluate.permutations=19",
              "--set",
              "vae.epochs=10",
              "--set",
              "neighbour_vae.epochs=10",
              "--seeds",
              "1"));

  /** What src/docs/formats.md says that these answer to {@code --json}, after all of the above. */
  private static final Map<String, List<String>> ANSWERS =
      Map.of(
          "report", List.of("songs", "results"),
          "playlist --cluster A -n 3", List.of("title", "songs"),
          "tag", List.of("written", "field", "changes", "unchanged", "refusals"),
          "bench --songs data/raw/demo", List.of("songs", "failed", "seconds", "stage_seconds"),
          "bench --features 300 --set evaluate.bootstrap=20",
              List.of("songs", "dimensions", "seconds", "stage_seconds", "seen"));

  @TempDir private Path folder;

  /** No tag can be written into Opus, which is one of the demo's formats. */
  private static int exitCode(String verb) {
    return verb.equals("tag") ? 3 : 0;
  }

  /** The commands of all pages, in their order. */
  private static List<String> commands() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(PROJECT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(PROJECT.resolve("src/docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    Set<String> commands = new LinkedHashSet<>();
    for (Path page : pages) {
      for (var block : BLOCK.matcher(Files.readString(page)).results().toList()) {
        String joined = block.group(1).replace("\\\n", " ");
        for (String line : joined.lines().toList()) {
          Arrays.stream(COMMENT.matcher(line).replaceAll("").split("&&", -1))
              .map(String::strip)
              .filter(command -> !command.isEmpty())
              .forEach(commands::add);
        }
      }
    }
    return List.copyOf(commands);
  }

  /** The metadata of an owner who knows where each song came from. */
  private void writeMusic() throws IOException {
    try (CSVParser known =
            CSVParser.parse(
                Files.readString(folder.resolve("data/metadata.csv")),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get());
        CSVPrinter music =
            new CSVPrinter(
                Files.newBufferedWriter(folder.resolve("data/music.csv")), CSVFormat.RFC4180)) {
      music.printRecord("filepath", "language", "source");
      for (CSVRecord song : known) {
        music.printRecord(
            song.get("filepath"),
            song.get("language"),
            known.getRecordNumber() % 3 == 0 ? "tape" : "disc");
      }
    }
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      String word =
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      words.add(SUBSTITUTES.getOrDefault(word, word));
    }
    return words;
  }

  private void writeWhatAUserHas() throws IOException {
    Files.createDirectories(folder.resolve("pipelines"));
    try (Stream<Path> pipelines = Files.list(PROJECT.resolve("pipelines"))) {
      for (Path pipeline : pipelines.filter(Files::isRegularFile).toList()) {
        Files.copy(pipeline, folder.resolve("pipelines").resolve(pipeline.getFileName()));
      }
    }
    StringBuilder table = new StringBuilder("filename,brightness,tempo,label\n");
    for (int i = 0; i < 40; i++) {
      table.append("%d.mp3,%f,%d,%s%n".formatted(i, i % 2 * 9 + i / 50.0, i * 7 % 5, "g" + i % 2));
    }
    Files.writeString(folder.resolve("table.csv"), table);
    // Of YAMNet's shape: the mean of each band.
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/yamnet.onnx"), TinyOnnx.mean("log_mel", 1, 1, -1, 96, 64));
    float[] samples = new float[22_050 * 12];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.4 * Math.sin(i * 0.03) * Math.sin(i * 0.0004));
    }
    AudioEncoder.write(
        folder.resolve("new.mp3"), Encoding.mp3(96_000), new float[][] {samples}, 22_050, Map.of());
  }

  /** That of this process, which need not be absolute. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Process start() throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("java.lang", "java.util", "java.nio", "java.net", "sun.nio.ch")) {
      java.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    java.addAll(
        List.of(
            "-Xmx2g",
            "-Djava.awt.headless=true",
            "-cp",
            classPath(),
            CommandLines.class.getName()));
    return new ProcessBuilder(java)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void givenTheCommandsOfThePages_whenRunInTheirOrder_thenEachEndsWell(TestReporter reporter)
      throws Exception {
    writeWhatAUserHas();
    Process process = start();
    try (Writer words = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        BufferedReader replies =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int run = 0;
      for (String command : commands()) {
        List<String> typed = words(command);
        if (OTHER_PROGRAMS.stream().anyMatch(command::startsWith)) {
          continue;
        }
        assertThat(typed.get(0)).as(command).isEqualTo("./surmala");
        List<String> arguments = new ArrayList<>(typed.subList(1, typed.size()));
        String verb = arguments.get(0);
        if (ENDLESS.contains(verb) || command.contains("FlinkRunner")) {
          Main.line().parseArgs(arguments.toArray(new String[0]));
          continue;
        }
        int end = arguments.contains("--") ? arguments.indexOf("--") : arguments.size();
        arguments.addAll(end, CHEAPER.getOrDefault(verb, List.of()));
        if (arguments.contains("data/music.csv")) {
          writeMusic();
        }
        words.write(String.join("\n", arguments) + "\n\n");
        words.flush();
        assertThat(replies.readLine()).as(command).startsWith(exitCode(verb) + " ");
        run++;
      }
      assertThat(run).isGreaterThan(10);
      for (Map.Entry<String, List<String>> answer : ANSWERS.entrySet()) {
        words.write(answer.getKey().replace(' ', '\n') + "\n--json\n\n");
        words.flush();
        assertThat(replies.readLine())
            .as(answer.getKey())
            .startsWith(exitCode(answer.getKey().split(" ", 2)[0]) + " " + answer.getValue() + " ");
      }
      readByPython(reporter);
      readByR(reporter);
    } finally {
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .as("no file is left but in data/ and results/, and what the commands name")
          .containsExactlyInAnyOrderElementsOf(expected());
    }
  }

  /** What a user had, the two folders, and the files that the commands name. */
  private static Set<String> expected() throws IOException {
    Set<String> expected =
        new LinkedHashSet<>(
            List.of(
                "pipelines",
                "table.csv",
                "new.mp3",
                "data",
                "results",
                "models",
                "embeddings.npy.songs.csv"));
    for (String command : commands()) {
      List<String> typed = words(command);
      for (int i = 1; i < typed.size(); i++) {
        if (List.of("--out", "--m3u").contains(typed.get(i - 1))) {
          expected.add(Path.of(typed.get(i)).getName(0).toString());
        }
      }
    }
    return expected;
  }

  /** Runs the example where its libraries are; elsewhere checks the names that it reads. */
  private void readByPython(TestReporter reporter) throws IOException, InterruptedException {
    Matcher block = PYTHON.matcher(Files.readString(PROJECT.resolve("src/docs/formats.md")));
    assertThat(block.find()).isTrue();
    String example = block.group(1);
    if (answer("python3", "-c", "import fastavro, numpy, pandas").startsWith("0 ")) {
      assertThat(answer("python3", "-c", example)).startsWith("0 ");
      return;
    }
    reporter.publishEntry("no fastavro or pandas: only the names in Python's example were checked");
    List<String> known = new ArrayList<>(List.of("modelVersion", "vector", "rb", "\\t"));
    for (String file : List.of("assignments.csv", "comparison.csv", "embeddings_metadata.tsv")) {
      String header = Files.readAllLines(folder.resolve("results").resolve(file)).get(0);
      known.addAll(List.of(header.split("[,\t]", -1)));
    }
    for (var quoted : Pattern.compile("\"([^\"]+)\"").matcher(example).results().toList()) {
      String text = quoted.group(1);
      if (text.startsWith("results/")) {
        assertThat(folder.resolve(text)).exists();
      } else {
        assertThat(known).contains(text);
      }
    }
  }

  /** Runs the example where R is. */
  private void readByR(TestReporter reporter) throws IOException, InterruptedException {
    Matcher block = R.matcher(Files.readString(PROJECT.resolve("src/docs/formats.md")));
    assertThat(block.find()).isTrue();
    if (answer("Rscript", "--version").startsWith("0 ")) {
      assertThat(answer("Rscript", "-e", block.group(1))).startsWith("0 ").doesNotContain("Error");
    } else {
      reporter.publishEntry(
          "no Rscript: R's example was not run here (Debian: apt-get install r-base-core)");
    }
  }

  /** Exit code and errors of a program that need not be there. */
  private String answer(String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("data").resolve("program.log");
    try {
      Process program =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(log.toFile())
              .start();
      return program.waitFor() + " " + Files.readString(log);
    } catch (IOException notThere) {
      return "not there: " + notThere.getMessage();
    }
  }
}
