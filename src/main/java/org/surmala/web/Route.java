package org.surmala.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API.
 *
 * @param method in capitals
 * @param template of the path, with {@code {id}} for the segment that varies
 */
record Route(String method, String template, Action action) {
  /** Answers a request; the id is empty where the template has none. */
  @FunctionalInterface
  interface Action {
    WebResponse answer(WebRequest request, String id) throws ApiException, IOException;
  }

  /** The id in a path, empty where the template has none; null when the path is of another. */
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
