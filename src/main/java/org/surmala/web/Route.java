package org.surmala.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A route of the API; the path template has {@code {id}} for the variable segment. */
record Route(String method, String template, Action action) {
  /** Answers a request; the id is empty if the template has none. */
  @FunctionalInterface
  interface Action {
    WebResponse answer(WebRequest request, String id) throws ApiException, IOException;
  }

  /** The id in a path, empty if the template has none; null if the path does not match. */
  @Nullable String match(String path) {
    String[] names = template.split("/", -1);
    String[] segments = path.split("/", -1);
    if (names.length != segments.length) {
      return null;
    }
    String id = "";
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals("{id}")) {
        id = segments[i];
      } else if (!names[i].equals(segments[i])) {
        return null;
      }
    }
    return id;
  }
}
