package org.surmala.cli;

import java.util.ArrayList;
import java.util.List;

/** Wraps text for a terminal of 80 columns. */
final class LineWrap {
  static final int WIDTH = 79;

  private LineWrap() {}

  /**
   * Breaks a text at spaces, or after commas without a space; {@code head} starts the first line.
   */
  static List<String> wrap(String head, String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    boolean fresh = true;
    for (String word : text.split("(?<=[ ,])", -1)) {
      if (!fresh
          && DisplayWidth.of(line.toString()) + DisplayWidth.of(word.stripTrailing()) > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word);
      fresh = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
