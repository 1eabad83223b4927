package org.surmala.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applies the pages that show how to add something to the sources, compiles what comes of it, and
 * runs the tests that the pages show.
 */
final class AddingExamplesTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n// (\\S+)\n(.*?)```");
  private static final Pattern DIFF =
      Pattern.compile("(?s)```diff\n--- (\\S+)\n\\+\\+\\+ \\1\n(.*?)```");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"adding-a-feature.md", "adding-a-clusterer.md"})
  void givenAPage_whenItsChangesAreMade_thenTheyCompileAndItsTestsPass(String page)
      throws Exception {
    String text = Files.readString(PROJECT.resolve("src/docs").resolve(page));
    Map<String, String> sources = new LinkedHashMap<>();
    for (MatchResult diff : DIFF.matcher(text).results().toList()) {
      String file = diff.group(1);
      String before = sources.get(file);
      if (before == null) {
        before = Files.readString(PROJECT.resolve(file));
      }
      sources.put(file, patched(file, before, diff.group(2)));
    }
    assertThat(sources).isNotEmpty();
    List<String> tests = new ArrayList<>();
    for (MatchResult java : JAVA.matcher(text).results().toList()) {
      sources.put(java.group(1), java.group(2));
      if (java.group(1).startsWith("src/test/java/")) {
        tests.add(java.group(1).replaceAll("src/test/java/|\\.java$", "").replace('/', '.'));
      }
    }
    assertThat(tests).hasSize(1);

    Path classes = compile(sources);

    assertThat(run(tests.get(0), classes)).isGreaterThan(1);
  }

  /** The text with the lines that a hunk adds, at the one place where its other lines stand. */
  private static String patched(String file, String text, String hunk) {
    StringBuilder before = new StringBuilder("\n");
    StringBuilder after = new StringBuilder("\n");
    for (String line : hunk.lines().toList()) {
      String content = line.substring(1) + "\n";
      switch (line.charAt(0)) {
        case ' ' -> {
          before.append(content);
          after.append(content);
        }
        case '-' -> before.append(content);
        case '+' -> after.append(content);
        default -> throw new IllegalArgumentException("not a line of a diff: " + line);
      }
    }
    assertThat(text.split(Pattern.quote(before.toString()), -1))
        .as("%s has these lines once:%s", file, before)
        .hasSize(2);
    return text.replace(before, after);
  }

  private Path compile(Map<String, String> sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code = compiler.run(null, messages, messages, arguments.toArray(new String[0]));
    assertThat(code).as(messages.toString(StandardCharsets.UTF_8)).isZero();
    return classes;
  }

  /** Runs a test class with the compiled classes before those of this build; how many it has. */
  private static int run(String test, Path classes) throws Exception {
    List<URL> path = new ArrayList<>(List.of(classes.toUri().toURL()));
    for (String entry :
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    int count = 0;
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = Class.forName(test, true, loader);
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      for (Method method : type.getDeclaredMethods()) {
        boolean isTest =
            Arrays.stream(method.getAnnotations())
                .anyMatch(a -> a.annotationType().getName().equals(Test.class.getName()));
        if (isTest) {
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          count++;
        }
      }
    }
    return count;
  }
}
