package org.surmala.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete request.
 *
 * @param method method in capitals
 * @param path decoded path, starting with a slash
 * @param query decoded values by name
 * @param headers values by lower-case name; all values of a repeated header
 * @param body body of at most {@link WebServer#MOST_BODY} bytes
 */
record WebRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body) {
  WebRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** The same request with a body. */
  WebRequest with(byte[] read) {
    return new WebRequest(method, path, query, headers, read);
  }

  /** The value of a header that may occur once; null if it is missing. */
  @Nullable String header(String name) throws ApiException {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) {
      throw ApiException.badRequest("header " + name + " is given " + values.size() + " times");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** All values of a parameter. */
  List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** The value of a parameter; null if it is missing. */
  @Nullable String parameter(String name) throws ApiException {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw ApiException.badRequest(name + " is given " + values.size() + " times; give it once");
    }
    return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
  }

  /** The value of a required parameter. */
  String required(String name) throws ApiException {
    String value = parameter(name);
    if (value == null) {
      throw ApiException.badRequest("parameter " + name + " is missing");
    }
    return value;
  }

  /** A whole number in a range. */
  int number(String name, int otherwise, int least, int most) throws ApiException {
    String value = parameter(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // Reported below.
    }
    throw ApiException.badRequest(
        name + " is '" + value + "'; give a whole number from " + least + " to " + most);
  }

  /** The body as a JSON object. */
  JsonNode json() throws ApiException {
    String type = header("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new ApiException(
          415, "unsupported_media_type", "send JSON with Content-Type: application/json");
    }
    try {
      JsonNode json = WebResponse.JSON.readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw ApiException.badRequest("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw ApiException.badRequest("the body is not a JSON object");
  }
}
