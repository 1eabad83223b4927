package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.config.Settings;

final class MainTest {
  private static final int WIDTH = 80;
  private static final int SCREEN = 24;
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static Set<String> commands() {
    return Main.line().getSubcommands().keySet();
  }

  @Test
  void givenHelp_whenAsked_thenItFitsOneScreenAndNamesEveryCommand() {
    assertThat(execute("--help")).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines())
        .hasSizeBetween(10, SCREEN)
        .allMatch(line -> line.length() <= WIDTH);
    assertThat(out.toString().split("\\W+")).containsAll(commands());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void givenACommand_whenItsHelpIsAsked_thenItFitsEightyColumnsAndHasAnExample(String command) {
    assertThat(execute(command, "--help")).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines())
        .isNotEmpty()
        .allMatch(line -> line.length() <= WIDTH)
        // A range is not broken between its ends.
        .noneMatch(line -> line.matches(".*\\d\\.\\."));
    assertThat(out.toString())
        .startsWith("Usage: surmala " + command)
        .containsPattern("Examples?:\\R+  (source <\\()?surmala " + command)
        .contains("-v, --verbose", "-h, --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--results", "--data"})
  void givenAFolderOnAFileSystemThatTheBuildLacks_whenRun_thenTheErrorNamesTheProfile(
      String option) {
    assertThat(execute("run", "--songs", ".", option, "gs://bucket/folder")).isEqualTo(2);

    assertThat(err.toString().replaceAll("\\s+", " "))
        .contains(option + " 'gs://bucket/folder': this build cannot read gs://; build with:")
        .contains("-Pgs package");
  }

  @Test
  void givenTheVersion_whenAsked_thenItIsOneLine() {
    assertThat(execute("--version")).isZero();

    assertThat(out.toString()).matches("surmala \\S+\\R");
  }

  @Test
  void givenTheFeatures_whenDescribedInJson_thenEveryKeyIsThere() throws IOException {
    assertThat(execute("features", "--describe", "--json")).isZero();

    JsonNode dimensions = new ObjectMapper().readTree(out.toString());
    assertThat(dimensions).hasSize(new Settings().dimensions().size());
    for (int index = 0; index < dimensions.size(); index++) {
      JsonNode dimension = dimensions.get(index);
      assertThat(dimension.fieldNames())
          .toIterable()
          .containsExactly("index", "name", "group", "unit", "doc");
      assertThat(dimension.get("index").asInt()).isEqualTo(index);
      assertThat(dimension.get("name").asText())
          .isEqualTo(new Settings().dimensions().get(index).name());
    }
  }

  @Test
  void givenNoCluster_whenItsStatusIsAskedInJson_thenNoProcessIsNamedAndTheCodeIsOne()
      throws IOException {
    assertThat(execute("flink", "status", "--json", "--folder", folder.toString())).isEqualTo(1);

    assertThat(new ObjectMapper().readTree(out.toString()))
        .isEqualTo(new ObjectMapper().readTree("{\"processes\": []}"));
  }

  /** Bash itself completes: a command by its beginning, then an option of it. */
  @ParameterizedTest
  @CsvSource({"surmala sim,similar", "surmala similar --div,--diverse", "surmala tag --fi,--field"})
  void givenTheCompletionScript_whenBashCompletes_thenTheWordIsWhole(String typed, String word)
      throws IOException, InterruptedException {
    execute("completion", "bash");
    Path script = Files.writeString(folder.resolve("completion.bash"), out.toString());
    String ask =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                .formatted(script, typed)
            + " _complete_surmala; printf '%s\\n' \"${COMPREPLY[@]}\"";

    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask).redirectErrorStream(true).start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(answer).isZero();
    assertThat(answer.lines().map(String::strip)).contains(word);
  }

  /** Zsh itself completes at a terminal: the key is pressed, and the line is what is then there. */
  @ParameterizedTest
  @CsvSource({
    "surmala sim,surmala similar",
    "surmala run --so,surmala run --songs",
    "surmala tag --fi,surmala tag --field",
    "surmala completion z,surmala completion zsh"
  })
  void givenTheCompletionScript_whenZshCompletes_thenTheWordIsWhole(String typed, String line)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/zsh")) || "true".equals(System.getenv("CI")),
        "no zsh: completion is not tested in it here (Debian: apt-get install zsh)");
    execute("completion", "zsh");
    Path script = Files.writeString(folder.resolve("completion.zsh"), out.toString());
    String terminal =
        """
        zmodload zsh/zpty
        zpty z 'zsh -f -i'
        zpty -w z "PROMPT= RPROMPT=; source $1; surmala() { :; }"
        zpty -w z 'show() { print -r -- "[$BUFFER]"; BUFFER= }; zle -N show; bindkey "^X" show'
        zpty -w z "print re''ady"
        zpty -r -m z answer '*ready*'
        zpty -w -n z "$2"$'\\t\\x18'
        zpty -r -m z answer '*\\[surmala*\\]*'
        print -r -- "$answer"
        zpty -d z
        """;
    ProcessBuilder builder =
        new ProcessBuilder("zsh", "-f", "-c", terminal, "zsh", script.toString(), typed);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("ZDOTDIR", folder.toString());
    Process zsh = builder.redirectErrorStream(true).start();
    String answer = new String(zsh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(zsh.waitFor()).as(answer).isZero();
    assertThat(answer).contains("[" + line + " ]");
  }

  @Test
  void givenTheHelpOfRun_whenAsked_thenItFitsTwoScreensAndSaysWhereTheKeysAre() {
    assertThat(execute("run", "--help")).isZero();

    assertThat(out.toString().lines()).hasSizeLessThanOrEqualTo(2 * SCREEN);
    assertThat(out.toString())
        .contains("surmala help keys", "surmala help KEY", "surmala help models");
  }

  @ParameterizedTest
  @CsvSource({
    "--threads=0, '--threads 0 is not allowed; give a whole number from 1 to 9999'",
    "--threads=many, '''--threads'': ''many'' is not a whole number'",
    "--nice, --nice needs the launcher ./surmala"
  })
  void givenABoundThatCannotBeKept_whenRun_thenTheErrorSaysWhatToGive(String option, String said) {
    assertThat(execute("run", "--songs", "music", option)).isEqualTo(2);
    assertThat(err.toString()).contains(said);
  }

  @Test
  void givenMoreProcessorsThanThreads_whenRunWithoutTheLauncher_thenItIsAUsageError() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    assertThat(execute("run", "--songs", "music", "--threads", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("-XX:ActiveProcessorCount=1");
  }

  @Test
  void givenATopic_whenHelpIsAsked_thenItExplainsThatAlone() {
    assertThat(execute("help", "cluster.k")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            "  cluster.k=2..10\n      number of clusters, or a range to choose from; a whole"
                + " number or a range\n      from 2 to 1000\n");
  }

  @Test
  void givenModels_whenHelpIsAsked_thenItHasTheKeysOfEveryKindAndNoOther() {
    assertThat(execute("help", "models")).isZero();
    assertThat(out.toString())
        .contains("  models.list=", "  vae.latent=", "  neighbour_vae.")
        .doesNotContain("  cluster.k=");
  }

  @Test
  void givenACommand_whenHelpIsAsked_thenItIsTheHelpOfTheCommand() {
    execute("playlist", "--help");
    String help = out.toString();
    out.getBuffer().setLength(0);

    assertThat(execute("help", "playlist")).isZero();
    assertThat(out.toString()).isEqualTo(help);
  }

  @Test
  void givenNoTopic_whenHelpIsAsked_thenItNamesCommandsGroupsAndModels() {
    assertThat(execute("help")).isZero();
    assertThat(out.toString().split("\\W+"))
        .contains("playlist", "watch", "cluster", "window", "neighbour_vae");
  }

  @Test
  void givenAnUnknownTopic_whenHelpIsAsked_thenTheErrorNamesTheNearest() {
    assertThat(execute("help", "cluster.kk")).isEqualTo(2);
    assertThat(err.toString()).contains("'cluster.kk' is not an option; did you mean 'cluster.k'?");
  }

  @Test
  void givenACommandsList_whenItsHelpIsAsked_thenEachLineIsASentence() {
    assertThat(execute("help", "flink")).isZero();
    assertThat(out.toString()).containsPattern("with any\\s+parallelism\\.\\R");
  }

  @Test
  void givenAllKeys_whenHelpIsAsked_thenEveryOptionOfAPipelineIsInIt() {
    execute("help", "keys");

    for (Settings.Help help : Settings.help()) {
      assertThat(out.toString().replaceAll("\\s+", ""))
          .contains((help.key() + "=" + help.standard() + help.doc()).replaceAll("\\s+", ""));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|no command given",
        "rum|'rum' is not a command; did you mean run?",
        "run --song .|'--song' is not an option of run; did you mean --songs?",
        "report here|'here' is not an argument of report",
        "report --results no/such|no/such/ has no results of a run; first run: surmala run",
        "run --features x.csv --id-column i|--features 'x.csv' is not there; give a CSV, .npy or"
            + " .avro file",
        "run|Missing required argument",
        "run --songs no/such/place|--songs 'no/such/place' is not there",
        "run --songs . --set vae.epochz=3|'vae.epochz' is not an option; did you mean"
            + " 'vae.epochs'?",
        "run --songs . --set vae.epochs=0|vae.epochs: '0' is not allowed; give a whole number",
        "run --songs . --seed x|'--seed': 'x' is not a whole number",
        "run --songs . --pipeline none.yaml|--pipeline none.yaml: cannot be read",
        "run --songs . -- --runner=NoSuchRunner|options after --:",
        "run --songs . -- --flinkMaster=h:1|add --runner=FlinkRunner",
        "compare --data no/such|no/such/ has no features of version",
        "compare --data src|first run: surmala run --songs PATH --data",
        "compare --representations raw,vea|--representations has 'vea'; give some of raw,pca,",
        "compare --clusterers kmeens|--clusterers has 'kmeens'; give some of kmeans,ward,",
        "compare --baselines ae --representations raw|--baselines has 'ae'; give some of raw",
        "compare --k 5,5|--k is [5, 5]; give each once",
        "compare --k 1|--k is 1; give a whole number of 2 or more",
        "compare --k many|Invalid value for option '--k'",
        "compare --seeds 0|--seeds is 0; give a whole number 1 to 1000",
        "compare --min-label 0|--min-label is 0; give a whole number of 1 or more",
        "compare --set evaluate.permutations=5|evaluate.permutations of 19 or more; they are 1000",
        "compare --features x.csv|Missing required argument",
        "compare --features x.csv --id-column i|name their column with --label-column",
        "compare --features x.csv --id-column i --label-column l|'x.csv' is not there",
        "compare --features x.csv --id-column i --label l|with --features use --label-column",
        "features --json|--json needs --describe",
        "run --songs . --set read.title_pattern=(x|read.title_pattern is '(x', which is not a"
            + " regular",
        "run --songs . --set read.title_pattern=x|has no group (?<title>…); for example",
        "similar|which songs? give a SONG, --artists NAME or --albums NAME",
        "similar x --artists y|--artists accepts only -n, --json, --results and --data",
        "similar --artists x --albums y|--artists and --albums exclude each other; give one",
        "similar --albums y --why|--albums accepts only -n, --json, --results and --data",
        "similar x --bpm fast|--bpm: 'fast' is not a range of tempi; write it as 90..120",
        "similar x --bpm 120..90|--bpm: '120..90' is empty: its first tempo is above its last",
        "similar x --per-artist -1|--per-artist is -1; give a whole number of 1 or more, or 0",
        "similar x --per-album -1|--per-album is -1; give a whole number of 1 or more, or 0",
        "similar x --results no/such|no/such/ has no results of a run; first run: surmala run",
        "similar x -n 0|-n is 0; give a whole number of 1 or more",
        "similar x --json --m3u -|--json and --m3u exclude each other; give one",
        "playlist --cluster A --json --out a.m3u8|--json and --out exclude each other",
        "playlist|Missing required argument",
        "playlist --from x|Missing required argument(s): --to=SONG",
        "playlist --cluster A --like x|are mutually exclusive",
        "playlist --cluster A --results no/such|no/such/ has no results of a run",
        "playlist --from x --to y -n 1|-n is 1; give a whole number of 2 or more",
        "playlist --cluster A --max-minutes 0|--max-minutes is 0.0; give minutes above 0",
        "playlist --cluster A --min-minutes 9 --max-minutes 5|--min-minutes is 9.0, above",
        "playlist --cluster A --seed x|'--seed': 'x' is not a whole number",
        "tag --mood --field MOOD|--mood and --field MOOD write the same field; give --field",
        "tag --field GENRE|expected one of [GROUPING, MOOD, COMMENT]",
        "tag -n 21|-n is 21; give a whole number from 0 to 20",
        "tag --results no/such|no/such/ has no results of a run",
        "completion fish|expected one of [bash, zsh]",
        "bench --features 100 --against librosa|--against librosa compares the extraction of"
            + " --songs",
        "bench --songs music --against essentia|--against essentia: give librosa",
      })
  void givenWrongUsage_whenRun_thenTheErrorIsOneLineAndTheCodeIsTwo(
      String arguments, String message) {
    assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
        .isEqualTo(2);

    assertThat(err.toString()).startsWith("surmala: ").contains(message);
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void givenAFolderWithoutSongs_whenRun_thenTheErrorSaysWhatASongIs() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "words");

    int code =
        execute(
            "run",
            "--songs",
            folder.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--results",
            folder.resolve("results").toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("has no songs").contains("mp3");
  }

  @Test
  void givenATableOfFeatures_whenCompared_thenWhatIsPrintedFitsEightyColumns() throws IOException {
    StringBuilder table = new StringBuilder("file,loudness,tempo,genre\n");
    for (int i = 0; i < 40; i++) {
      int genre = i % 2;
      table.append(String.join(",", i + ".mp3", genre * 9 + "." + i, i * 7 % 5 + "", "g" + genre));
      table.append('\n');
    }
    Path file = Files.writeString(folder.resolve("table.csv"), table);
    String[] arguments = {
      "compare",
      "--representations",
      "raw,pca",
      "--baselines",
      "raw",
      "--clusterers",
      "kmeans",
      "--seeds",
      "2",
      "--features",
      file.toString(),
      "--id-column",
      "file",
      "--label-column",
      "genre",
      "--data",
      folder.resolve("data").toString(),
      "--results",
      folder.resolve("out").toString(),
      "--set",
      "evaluate.bootstrap=20",
      "--set",
      "evaluate.permutations=99",
    };

    assertThat(execute(arguments)).isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0))
        .startsWith("40 rows with 2 labels: 4 clusterings, 0 of them from the journal");
    assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.length() <= WIDTH);
    assertThat(lines)
        .anyMatch(line -> line.matches("\\| raw  +\\| kmeans  +\\|   2 \\| .*± *.*baseline +\\|"))
        .anyMatch(line -> line.startsWith("pca separates g0 from g1 no better than raw:"));
    assertThat(lines.get(lines.size() - 1)).endsWith("/out/comparison.{csv,md,html}");
    for (String name : List.of("comparison.csv", "comparison.md", "comparison.html")) {
      assertThat(folder.resolve("out").resolve(name)).isNotEmptyFile();
    }
  }

  private int execute(String... arguments) {
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
