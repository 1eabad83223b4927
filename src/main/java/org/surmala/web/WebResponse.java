package org.surmala.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response with a body, or with a part of a file. */
record WebResponse(int status, Map<String, String> headers, byte[] body, @Nullable FilePart file) {
  /** Reads and writes JSON; trailing tokens are an error. */
  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Headers that prevent scripts, framing, type sniffing and use by other sites. */
  private static final Map<String, String> SAFE =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  WebResponse {
    Map<String, String> all = new LinkedHashMap<>(SAFE);
    all.putAll(headers);
    headers = all;
  }

  static WebResponse of(int status, String type, byte[] body) {
    return new WebResponse(status, Map.of("Content-Type", type), body, null);
  }

  /** A value as JSON; not cacheable, since edits change it. */
  static WebResponse json(int status, Object value) {
    return of(status, "application/json", bytes(value)).with("Cache-Control", "no-store");
  }

  /** The body of an error. */
  private record Fault(Reason error) {
    private record Reason(String code, String message) {}
  }

  static WebResponse error(int status, String code, String message) {
    return json(status, new Fault(new Fault.Reason(code, message)));
  }

  static WebResponse empty(int status) {
    return new WebResponse(status, Map.of(), new byte[0], null);
  }

  static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  WebResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new WebResponse(status, more, body, file);
  }

  long length() {
    return file == null ? body.length : file.length();
  }
}
