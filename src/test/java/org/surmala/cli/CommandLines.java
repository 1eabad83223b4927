package org.surmala.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that runs command after command in its working folder, so that each does not cost a
 * start of the JVM. Words come on standard input, one a line, an empty line after the last of a
 * command; for each command a line with its exit code is printed, what JSON it gave (the names of
 * the outermost fields), and its errors.
 */
final class CommandLines {
  private CommandLines() {}

  public static void main(String[] none) throws IOException {
    PrintWriter replies = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    LogVerbosity.before(none);
    List<String> words = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          words.add(line);
          continue;
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
            Main.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                words.toArray(new String[0]));
        replies.println(
            code
                + (words.contains("--json") ? " " + fields(out.toString()) : "")
                + " "
                + err.toString().replace('\n', ' '));
        words.clear();
      }
    }
    System.exit(0);
  }

  private static List<String> fields(String json) throws IOException {
    List<String> names = new ArrayList<>();
    new ObjectMapper().readTree(json).fieldNames().forEachRemaining(names::add);
    return names;
  }
}
