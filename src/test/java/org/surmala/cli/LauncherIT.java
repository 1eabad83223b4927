package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout of its own, where Maven is a script that puts a jar into its place.
 */
final class LauncherIT {
  private static final String BUILDING = "surmala: building (once)";

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(Path.of("surmala"), checkout().resolve("surmala"));
    Files.createFile(checkout().resolve("pom.xml"));
    Files.createDirectories(checkout().resolve("schemas"));
    Files.createDirectories(checkout().resolve("src/main"));
    Files.createDirectories(checkout().resolve("src/demo"));
  }

  private Path checkout() throws IOException {
    return Files.createDirectories(folder.resolve("checkout"));
  }

  private Path target() throws IOException {
    return checkout().resolve("target");
  }

  /** Puts a program called mvn before all others, which does this in the folder of the checkout. */
  private void whenItBuilds(String does) throws IOException {
    Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    Files.writeString(maven, "#!/usr/bin/env bash\ncd '%s'\n%s\n".formatted(checkout(), does));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private Ended launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout().resolve("surmala").toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, ours) -> ours + old);
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void givenNoJar_whenLaunchedTwice_thenItBuildsOnceAndJavaFindsItsClassesInTheArchive()
      throws IOException, InterruptedException {
    whenItBuilds("cp '" + System.getProperty("surmala.jar") + "' target/surmala.jar");

    Ended first = launch(Map.of(), "--version");
    Path log = folder.resolve("classes");
    Ended second =
        launch(Map.of("SURMALA_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), "--version");

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("surmala ");
    assertThat(first.err().lines()).containsExactly(BUILDING);
    assertThat(target().resolve("short.jsa")).exists();
    assertThat(target().resolve("practice")).doesNotExist();
    assertThat(second).isEqualTo(new Ended(0, first.out(), ""));
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.matches(".*org\\.surmala\\.cli\\.Main source: shared .*\\(top\\)"));
  }

  @Test
  void givenALocaleWithoutUtf8_whenLaunched_thenJavaReadsNamesInUtf8AndAUsersUtf8Stays()
      throws IOException, InterruptedException {
    whenItBuilds("echo nothing > target/surmala.jar");
    launch(Map.of(), "--version");
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$LC_ALL $LC_CTYPE\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    String home = folder.resolve("jdk").toString();
    Map<String, String> none = Map.of("JAVA_HOME", home, "LC_CTYPE", "", "LANG", "");

    for (String locale : List.of("", "C", "POSIX")) {
      Map<String, String> posix = new HashMap<>(none);
      posix.put("LC_ALL", locale);
      assertThat(launch(posix, "--version").out()).isEqualTo(" C.UTF-8\n");
    }
    Map<String, String> own = new HashMap<>(none);
    own.put("LC_ALL", "C.utf8");
    assertThat(launch(own, "--version").out()).isEqualTo("C.utf8 \n");
  }

  @Test
  void givenAJarThatNobodyCanPractiseWith_whenLaunched_thenTheLogIsNamed()
      throws IOException, InterruptedException {
    whenItBuilds("echo nothing > target/surmala.jar");

    Ended ended = launch(Map.of(), "--version");

    assertThat(ended.code()).isNotZero();
    assertThat(ended.err())
        .contains(BUILDING, "surmala: starts will take longer", "target/practice/log");
    assertThat(target().resolve("practice/log")).content().contains("jarfile");
  }

  @Test
  void givenASourceThatIsEditedWhileItBuilds_whenLaunchedAgain_thenThatIsBuilt()
      throws IOException, InterruptedException {
    whenItBuilds("echo nothing > target/surmala.jar; sleep 0.1; touch src/main/edited");

    launch(Map.of(), "--version");
    Ended second = launch(Map.of(), "--version");
    whenItBuilds("echo nothing > target/surmala.jar");
    launch(Map.of(), "--version");
    Ended fourth = launch(Map.of(), "--version");

    assertThat(second.err()).contains(BUILDING);
    assertThat(fourth.err()).doesNotContain(BUILDING);
  }

  @Test
  void givenABuildThatFails_whenLaunched_thenItEndsWithOneMessage()
      throws IOException, InterruptedException {
    whenItBuilds("exit 1");

    Ended ended = launch(Map.of(), "--version");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines())
        .containsExactly(BUILDING, "surmala: the build failed; the messages above say why");
  }

  @Test
  void givenBounds_whenLaunched_thenJavaHasSoManyProcessorsAndGivesWay()
      throws IOException, InterruptedException {
    whenItBuilds("cp '" + System.getProperty("surmala.jar") + "' target/surmala.jar");
    Path log = folder.resolve("settings");

    Ended ended =
        launch(
            Map.of("SURMALA_JAVA_OPTIONS", "-Xlog:gc+init:file=" + log),
            "run",
            "--songs",
            folder.resolve("nothing").toString(),
            "--threads",
            "1",
            "--nice");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("nothing").doesNotContain("--threads", "--nice");
    assertThat(Files.readString(log)).containsPattern("CPUs: \\d+ total, 1 available");
  }
}
