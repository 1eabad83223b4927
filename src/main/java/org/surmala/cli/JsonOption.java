package org.surmala.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The option {@code --json}: output as JSON. */
final class JsonOption {
  @Option(names = "--json", description = "Prints only JSON on standard output.")
  private boolean wanted;

  boolean wanted() {
    return wanted;
  }

  /** Prints one value: maps, lists, texts, numbers. */
  static void print(PrintWriter out, Object value) {
    try {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer cannot be written as JSON: " + e.getMessage(), e);
    }
    out.flush();
  }
}
