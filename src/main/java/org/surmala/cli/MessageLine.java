package org.surmala.cli;

import java.io.PrintWriter;

/**
 * A message of the program: one line for scripts and logs; on a terminal it is wrapped to 79
 * columns.
 */
final class MessageLine {
  private static final String HEAD = "surmala: ";

  private MessageLine() {}

  /** Prints a message to standard error. */
  static void print(PrintWriter err, String message) {
    print(err, message, Boolean.getBoolean("surmala.terminal"));
  }

  static void print(PrintWriter err, String message, boolean isTerminal) {
    if (isTerminal) {
      LineWrap.wrap(HEAD, message, "  ").forEach(err::println);
    } else {
      err.println(HEAD + message);
    }
    err.flush();
  }
}
